/// The value of a secret, held so that it cannot be printed, encoded, compared or reflected by accident.
///
/// The only way to the text is `reveal`, and the only callers are the request that sends it and the keyed fingerprint.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let value: String

  public init(_ value: String) { self.value = value }

  public func reveal<Result, Failure: Error>(_ body: (String) throws(Failure) -> Result) throws(Failure) -> Result {
    try body(value)
  }

  public var isEmpty: Bool { value.isEmpty }
  public var description: String { "<secret>" }
  public var debugDescription: String { "<secret>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where a secret's value comes from at apply. A definition never holds the value itself.
public enum SecretSource: Hashable, Sendable {
  /// An environment variable of the process that applies.
  case environment(String)
  /// A file, relative to the folder of `spaceform.yaml`; one trailing newline is dropped.
  case file(String)
  /// A program and its arguments, run without a shell; its standard output, one trailing newline dropped.
  case command([String])
}

/// One declared secret.
public struct SecretDeclaration: Hashable, Sendable {
  public var source: SecretSource
  /// Raised by people to have the value written again.
  public var version: Int?

  public init(source: SecretSource, version: Int? = nil) {
    self.source = source
    self.version = version
  }
}
