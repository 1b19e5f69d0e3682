import Diagnostics
import Files
import Jira
import Platform

/// The folder an export goes to: written beside it and put in its place in one go, so that nobody finds half of one.
struct ExportFolder {
  let path: String
  private let staging: String
  private let aside: String
  /// Whether there is an earlier export to take the place of.
  private let replaces: Bool

  /// Fails when something else is there than an earlier export.
  init(_ given: String) throws(Failure) {
    var path = given
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    if let real = realpath(path, nil) {
      path = String(cString: real)
      free(real)
    }
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    self.path = path
    staging = "\(parent)/.\(name).spaceform-tmp"
    aside = "\(parent)/.\(name).spaceform-old"
    var status = stat()
    guard lstat(path, &status) == 0 else {
      replaces = false
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure(
        doing: "exporting to \(given)", problem: "it is not a folder", help: "Name another folder, or move the file away.")
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    if let foreign = names.sorted().first(where: { !JiraExport.isOwn($0) }) {
      throw Failure(
        doing: "exporting to \(given)", problem: "the folder holds `\(foreign)`, which no export wrote",
        help: "Name a folder that does not exist yet, or one that holds an earlier export alone.")
    }
    replaces = true
  }

  /// Writes a file of the new folder, and says where it lies for now.
  typealias Write = (_ name: String, _ content: @escaping (ExportSink) throws(Failure) -> Void) throws(Failure) -> String

  /// Makes the folder from what `fill` writes.
  func write(_ fill: (Write) throws(Failure) -> Void) throws(Failure) {
    remove(staging)
    guard mkdir(staging, 0o777) == 0 else { throw Failure.system("making the folder \(staging)", code: errno) }
    do throws(Failure) {
      try fill { (name: String, content: @escaping (ExportSink) throws(Failure) -> Void) throws(Failure) in
        try write(content, to: "\(staging)/\(name)")
        return "\(staging)/\(name)"
      }
      try AtomicFile.synchronize(folder: staging)
      if replaces {
        remove(aside)
        guard renamePath(path, aside) == 0 else { throw Failure.system("replacing \(path)", code: errno) }
      }
      guard renamePath(staging, path) == 0 else {
        let code = errno
        if replaces { _ = renamePath(aside, path) }
        throw Failure.system("writing \(path)", code: code)
      }
    } catch {
      remove(staging)
      throw error
    }
    remove(aside)
  }

  private func write(_ content: @escaping (ExportSink) throws(Failure) -> Void, to path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Failure.system("writing \(path)", code: errno) }
    var buffer: [UInt8] = []
    buffer.reserveCapacity(1 << 18)
    do throws(Failure) {
      try content { (bytes: [UInt8]) throws(Failure) in
        buffer += bytes
        guard buffer.count >= 1 << 17 else { return }
        try flush(buffer, to: file, path)
        buffer.removeAll(keepingCapacity: true)
      }
      try flush(buffer, to: file, path)
    } catch {
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw Failure.system("writing \(path)", code: errno) }
  }

  private func flush(_ bytes: [UInt8], to file: CInt, _ path: String) throws(Failure) {
    var left = bytes[...]
    while !left.isEmpty {
      let count = left.withUnsafeBytes { writeDescriptor(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure.system("writing \(path)", code: count == 0 ? ENOSPC : errno) }
      left = left.dropFirst(count)
    }
  }

  private func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }
}
