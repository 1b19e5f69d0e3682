/// The way from one folder to another.
enum RelativePath {
  /// - Parameters: absolute paths, links followed.
  /// - Returns: `..`, `../../apps`, or `.` for the same folder.
  static func from(_ start: String, to end: String) -> String {
    let (from, to) = (start.split(separator: "/"), end.split(separator: "/"))
    let common = zip(from, to).prefix { $0 == $1 }.count
    let up = [Substring](repeating: "..", count: from.count - common)
    let way = up + to.dropFirst(common)
    return way.isEmpty ? "." : way.joined(separator: "/")
  }
}
