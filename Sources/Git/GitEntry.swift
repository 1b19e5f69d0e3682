import Files

/// A path that git knows: in the index, or in a commit's tree.
struct GitEntry: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case file, executable, symbolicLink, submodule }

  /// Relative to the top of the work tree, or to the project folder: as the list it is in says.
  var path: String
  var kind: Kind
  /// The blob's id, in hex.
  var id: String
  /// In the middle of a merge there are up to three versions and none that counts.
  var isConflicted = false
  /// `git add --intent-to-add`: announced, nothing staged.
  var isIntentToAdd = false
  /// Its name is not UTF-8, and the path only near to it.
  var isMisnamed = false

  var sourceFile: SourceFile {
    SourceFile(
      path: path, isExecutable: kind == .executable, isSymbolicLink: kind == .symbolicLink,
      obstacle: isMisnamed ? .name : isConflicted ? .conflict : nil)
  }
}

extension GitEntry.Kind {
  /// From a mode as git writes it; nil for folders and what git has never made.
  init?(mode: UInt32) {
    switch mode {
    case 0o100_644, 0o100_664: self = .file
    case 0o100_755: self = .executable
    case 0o120_000: self = .symbolicLink
    case 0o160_000: self = .submodule
    default: return nil
    }
  }
}
