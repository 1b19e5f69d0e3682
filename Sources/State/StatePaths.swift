import Diagnostics

/// Where the file store keeps what: the lock in the work tree, everything else in `.spaceform`, which git ignores.
package struct StatePaths: Hashable, Sendable {
  /// The project folder.
  package let folder: String
  package let environment: String?

  package var lock: String { inFolder(lockName) }
  package var lockName: String { "spaceform\(infix).lock" }
  package var privateFolder: String { inFolder(PrivateFolder.name) }
  package var ignoreFile: String { privateFolder + "/.gitignore" }
  /// One for all environments: they share the work tree.
  package var lease: String { privateFolder + "/lock" }
  package var journal: String { privateFolder + "/journal\(infix).ndjson" }
  package var recovery: String { privateFolder + "/recovery\(infix).lock.json" }

  /// - Throws: an environment's name that would lead out of the folder or into a file of another name.
  package init(folder: String, environment: String?) throws(Failure) {
    if let environment {
      let isPlain = environment.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
      guard isPlain, !environment.isEmpty else {
        throw Failure(
          doing: "choosing the lock of the environment `\(environment)`", problem: "the name cannot be part of a file name",
          help: "Use letters, digits, - and _ in names of environments.", status: .usage)
      }
    }
    self.folder = folder
    self.environment = environment
  }

  private var infix: String { environment.map { ".\($0)" } ?? "" }

  private func inFolder(_ name: String) -> String {
    folder == "." || folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
