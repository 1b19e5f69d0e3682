/// The folder beside the project file that is Spaceform's own.
public enum PrivateFolder {
  public static let name = ".spaceform"

  /// What its `.gitignore` says: everything in it is this work tree's alone, but for the JSON Schemas, which editors of all who clone the
  /// project read.
  public static let ignoreRules = "*\n!/.gitignore\n!/schema/\n!/schema/*\n"

  /// What it said in versions that kept no schemas there.
  public static let formerIgnoreRules = "*\n"
}
