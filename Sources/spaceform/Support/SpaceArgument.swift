import Diagnostics
import SpaceModel

/// The ADDRESS of the command line: `owner/name`, or a bare name where the project has an owner.
enum SpaceArgument {
  static func address(_ text: String, _ options: GlobalOptions) throws(Failure) -> SpaceID {
    if text.contains("/") { return try address(text, owner: nil) }
    let outline = try ProjectOutline(try ProjectFolder(options))
    return try address(text, owner: outline.owner)
  }

  static func address(_ text: String, owner: String?) throws(Failure) -> SpaceID {
    if let id = SpaceID(text) { return id }
    if !text.contains("/"), let owner, let id = SpaceID(owner: owner, name: text) { return id }
    let isBareName = !text.contains("/") && SpaceID.isValidSegment(text)
    throw Failure(
      doing: "reading the address `\(text)`",
      problem: isBareName
        ? "it has no owner, and the project names none" : "it is not the address of a Space",
      help: "Write owner/name", status: .usage)
  }
}
