import Diagnostics
import Files
import Platform

/// The folder beside the project file that is Spaceform's own.
public enum PrivateFolder {
  public static let name = ".spaceform"

  /// What its `.gitignore` says: everything in it is this work tree's alone, but for the JSON Schemas, which editors of all who clone the
  /// project read.
  public static let ignoreRules = "*\n!/.gitignore\n!/schema/\n!/schema/*\n"

  /// What it said in versions that kept no schemas there.
  public static let formerIgnoreRules = "*\n"

  /// Makes it, with its `.gitignore`, where it is not there yet.
  package static func make(_ path: String, ignoreFile: String, in folder: String) throws(Failure) {
    if mkdir(path, 0o755) == 0 {
      try AtomicFile.synchronize(folder: folder.isEmpty ? "." : folder)
    } else if errno != EEXIST {
      throw Failure.system("making the folder \(path)", code: errno)
    }
    if access(ignoreFile, F_OK) != 0 { try AtomicFile.replace(ignoreFile, with: Array(ignoreRules.utf8)) }
  }
}
