/// Where on the branch the state of one project and environment is.
struct BranchFolder: Hashable, Sendable {
  let path: String
  /// The project's own folder.
  let project: String

  /// - Parameters:
  ///   - project: any text; what cannot be in a path everywhere is written as `%` and two hex digits.
  ///   - environment: a name that is plain, as the name of a file with it has to be.
  init(project: String, environment: String?) {
    var name = ""
    for byte in project.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), UInt8(ascii: "-"):
        name.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: ".") where !name.isEmpty: name.append(".")
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        name += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    self.project = name
    path = environment.map { "\(name)/\($0)" } ?? name
  }

  var lock: String { path + "/spaceform.lock" }
  var journal: String { path + "/journal.ndjson" }
  var lease: String { path + "/lease.json" }
}
