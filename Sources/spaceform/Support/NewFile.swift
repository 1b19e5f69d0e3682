import Diagnostics
import Files
import Platform

/// Writing into a project's folder and nowhere else: no path leads through a symbolic link.
struct NewFile {
  let folder: String

  /// Makes the folders on the way and puts the file in place at once.
  /// - Parameter path: relative to the project folder.
  func write(_ bytes: [UInt8], at path: String) throws(Failure) {
    try AtomicFile.replace(try prepared(path), with: bytes)
  }

  /// Makes the folders on the way and begins a file that is written piece by piece.
  /// - Parameter path: relative to the project folder.
  func begin(_ path: String) throws(Failure) -> PartialFile { try PartialFile(try prepared(path)) }

  /// The checked path on disk, its folder made.
  private func prepared(_ path: String) throws(Failure) -> String {
    let clean = try checked(path)
    do {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + ProjectPath.folder(of: clean), withIntermediateDirectories: true)
    } catch {
      throw Failure(
        doing: "making the folder \(ProjectPath.folder(of: clean))", problem: "the system refuses it",
        help: "Check that you may write there, and that no file has that name")
    }
    return folder + "/" + clean
  }

  /// Whether there is anything at the path, a broken link too.
  func exists(_ path: String) -> Bool { Posix.status(folder + "/" + path) != nil }

  /// The path in its normal form.
  /// - Throws: when it leaves the folder, is git's own, or leads through a symbolic link.
  func checked(_ path: String) throws(Failure) -> String {
    let clean = try ProjectPath.normalised(path)
    guard !ProjectPath.isInsideGit(clean) else {
      throw Failure(doing: "writing \(path)", problem: "what is in .git is git's own")
    }
    var place = folder
    for segment in clean.split(separator: "/") {
      place += "/" + segment
      guard Posix.status(place)?.kind == .symbolicLink else { continue }
      throw Failure(
        doing: "writing \(clean)", problem: "\(place.dropFirst(folder.count + 1)) is a symbolic link",
        help: "Replace the link by a folder or file, then run the command again")
    }
    return clean
  }
}
