/// A safe change to files: what it does to them is all that the finding asks for, whatever else they hold.
public struct Fix: Hashable, Sendable {
  /// What is done, an instruction without a full stop: remove `hardware`.
  public var summary: String
  /// In one file or several; none overlaps another.
  public var edits: [Edit]
  /// Keys of YAML mappings whose entries are to go, not yet turned into edits. Empty in every finding that a report sees.
  public var removedEntries: [SourceSpan] = []

  public init(_ summary: String, edits: [Edit]) {
    self.summary = summary
    self.edits = edits
  }

  /// Puts a text in the place of what stands at a span; a span without length inserts.
  public struct Edit: Hashable, Sendable {
    public var span: SourceSpan
    public var replacement: String

    public init(_ span: SourceSpan, replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }
}
