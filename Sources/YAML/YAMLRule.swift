/// The ids of what this reader can find wrong with a file (family SF0xx, DESIGN section 4). Their explanations stand with all
/// the others in the registry of rules.
public enum YAMLRule {
  /// Bytes that are not UTF-8, or characters YAML forbids.
  public static let encoding = "SF001"
  /// Text that is not YAML, and what YAML has beyond mappings, sequences and plain scalars.
  public static let syntax = "SF002"
  /// A key that appears twice in one mapping.
  public static let duplicateKey = "SF003"
  /// Deeper or larger than any definition needs to be.
  public static let limit = "SF004"
  /// More than one document in a file.
  public static let documents = "SF005"
}
