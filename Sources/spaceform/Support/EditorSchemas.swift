import Definitions
import Diagnostics
import Files
import SpaceModel
import State

/// The JSON Schemas in a project, and the comments by which editors find them.
enum EditorSchemas {
  enum Subject: String { case space, project }

  private static let folder = PrivateFolder.name + "/schema"

  private static func path(_ subject: Subject) -> String { "\(folder)/\(subject.rawValue).schema.json" }

  /// Puts both schemas, and the rules that let git see them, into the project; those that are there already are brought up to date.
  /// - Returns: the files that were written, relative to the project folder.
  static func write(_ files: NewFile) throws(Failure) -> [String] {
    var written: [String] = []
    let ignoreFile = PrivateFolder.name + "/.gitignore"
    let wanted = [
      (path(.space), DefinitionSchema.space.prettyText), (path(.project), DefinitionSchema.project.prettyText),
      (ignoreFile, PrivateFolder.ignoreRules),
    ]
    for (path, text) in wanted {
      let bytes = Array(text.utf8)
      let present = try AtomicFile.read(files.folder + "/" + (try files.checked(path)))
      if present == bytes { continue }
      // Somebody's own rules are theirs.
      if path == ignoreFile, let present, present != Array(PrivateFolder.formerIgnoreRules.utf8) { continue }
      try files.write(bytes, at: path)
      written.append(path)
    }
    return written
  }

  /// The lines that name the schema at the head of a definition: one that the YAML language server reads (VS Code, Neovim, Helix, Zed),
  /// one that JetBrains' editors do.
  /// - Parameter file: relative to the project folder.
  static func modelines(_ subject: Subject, for file: String) -> [String] {
    let up = String(repeating: "../", count: file.utf8.count { $0 == UInt8(ascii: "/") })
    let schema = up + path(subject)
    return ["yaml-language-server: $schema=\(schema)", "$schema: \(schema)"]
  }
}
