/// Paths inside the project folder.
enum ProjectPath {
  /// The path without `.` segments and doubled or trailing slashes, `.` for the folder itself; nil when it is absolute or
  /// climbs out of the folder.
  static func normal(_ path: String) -> String? {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
    var segments: [Substring] = []
    for segment in path.split(separator: "/") {
      if segment == "." { continue }
      if segment == ".." {
        guard segments.popLast() != nil else { return nil }
        continue
      }
      segments.append(segment)
    }
    return segments.isEmpty ? "." : segments.joined(separator: "/")
  }

  /// A path below a folder, `.` being the project folder.
  static func joined(_ folder: String, _ name: String) -> String { folder == "." ? name : "\(folder)/\(name)" }
}
