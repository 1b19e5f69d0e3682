/// How much a file may ask of the reader: far above any real definition, far below what would hurt.
public struct YAMLLimits: Hashable, Sendable {
  /// Levels of nesting, aliases followed.
  public var depth: Int
  /// Nodes of the whole tree, every alias counted as if what it stands for were written out.
  public var nodes: Int
  /// Bytes of the file.
  public var bytes: Int
  /// Lines that begin with `%`, as YAML's directives do: libyaml compares each with all before it.
  public var directives: Int

  public init(depth: Int = 64, nodes: Int = 100_000, bytes: Int = 4 << 20, directives: Int = 1000) {
    self.depth = depth
    self.nodes = nodes
    self.bytes = bytes
    self.directives = directives
  }
}
