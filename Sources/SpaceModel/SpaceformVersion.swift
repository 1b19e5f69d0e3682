/// Spaceform's own version: what `--version` prints and the user agent carries.
public enum SpaceformVersion {
  public static let current = "0.1.0"
}
