import Diagnostics

/// Paths below a project folder: relative, `/` between segments, without `.` and `..`; `.` is the folder itself.
public enum ProjectPath {
  /// The path in that form. Fails when it is absolute or leads out of the folder.
  public static func normalised(_ path: String) throws(Failure) -> String {
    guard let normal = normal(path) else { throw leaves(path) }
    return normal
  }

  /// The path in that form; nil when it is absolute, leads out of the folder, or holds a NUL, where the system would end it.
  public static func normal(_ path: String) -> String? {
    if isNormal(path) { return path }
    return path.utf8.contains(0) ? nil : joined(".", path)
  }

  /// `path` as seen from `folder`, or nil when it leads out of the project: where a symbolic link in `folder` points.
  public static func joined(_ folder: String, _ path: String) -> String? {
    guard !path.utf8.starts(with: "/".utf8) else { return nil }
    let base = folder == "." ? [] : segments(folder[...])
    guard let segments = walked(path, from: base) else { return nil }
    return segments.isEmpty ? "." : segments.joined(separator: "/")
  }

  /// The folder a path is in; `.` for one at the top.
  public static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
  }

  /// The last segment.
  public static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
  }

  /// Whether a path is the folder or inside it.
  public static func contains(_ folder: String, _ path: String) -> Bool {
    folder == "." || path == folder || path.utf8.starts(with: (folder + "/").utf8)
  }

  /// A path in `folder` as seen from there; nil when it is elsewhere or the folder itself.
  public static func relative(_ path: String, to folder: String) -> String? {
    if folder == "." { return path == "." ? nil : path }
    guard path != folder, contains(folder, path) else { return nil }
    return String(decoding: path.utf8.dropFirst(folder.utf8.count + 1), as: UTF8.self)
  }

  /// Whether any segment is `.git` in any case: what is inside is git's, and may hold credentials.
  public static func isInsideGit(_ path: String) -> Bool {
    // Bytes of the name that the segment began with so far; nil once it began with something else.
    var matched: Int? = 0
    for byte in path.utf8 {
      if byte == UInt8(ascii: "/") {
        if matched == 4 { return true }
        matched = 0
      } else if let count = matched {
        let lower = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
        matched = count < 4 && gitName[count] == lower ? count + 1 : nil
      }
    }
    return matched == 4
  }

  private static let gitName = Array(".git".utf8)

  /// What stands between the slashes, nothing left out but what is empty. By bytes, as the system has it: in a `String` a slash and a
  /// combining mark behind it are one character, and no slash.
  public static func segments(_ path: Substring) -> [Substring] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  static func leaves(_ path: String) -> Failure {
    Failure(
      doing: "reading \(path)", problem: "the path leads out of the project folder",
      help: "Use a path relative to the folder of spaceform.yaml, and keep the files inside it.")
  }

  private static func walked(_ path: String, from base: [Substring]) -> [Substring]? {
    var walked = base
    for segment in segments(path[...]) {
      switch segment {
      case ".": continue
      case "..":
        guard walked.popLast() != nil else { return nil }
      default: walked.append(segment)
      }
    }
    return walked
  }

  // Nearly every path asked for comes from a listing and is normal already.
  private static func isNormal(_ path: String) -> Bool {
    if path == "." { return true }
    var length = 0
    var dots = 0
    for byte in path.utf8 {
      if byte == UInt8(ascii: "/") {
        if length == 0 || (dots == length && dots <= 2) { return false }
        length = 0
        dots = 0
      } else {
        length += 1
        if byte == 0 { return false }
        if byte == UInt8(ascii: ".") { dots += 1 }
      }
    }
    return length > 0 && !(dots == length && dots <= 2)
  }
}
