import CtyCore

/// Something Terraform shows to the user, with the attribute it is about.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: Hashable, Sendable { case error, warning }

  public var severity: Severity
  /// One line, no full stop.
  public var summary: String
  /// What happened and what to do.
  public var detail: String
  public var path: CtyPath?

  public init(_ severity: Severity, _ summary: String, detail: String = "", path: CtyPath? = nil) {
    self.severity = severity
    self.summary = summary
    self.detail = detail
    self.path = path
  }

  public static func error(_ summary: String, detail: String = "", path: CtyPath? = nil) -> Diagnostic {
    Diagnostic(.error, summary, detail: detail, path: path)
  }

  public static func warning(_ summary: String, detail: String = "", path: CtyPath? = nil) -> Diagnostic {
    Diagnostic(.warning, summary, detail: detail, path: path)
  }
}

/// Why a call failed, and the state it left behind all the same.
public struct ProviderError: Error, Hashable, Sendable {
  public var diagnostics: [Diagnostic]
  /// What exists although the call failed: Terraform saves it, so that nothing made is forgotten.
  public var state: StoredState?

  public init(_ diagnostics: [Diagnostic], state: StoredState? = nil) {
    self.diagnostics = diagnostics
    self.state = state
  }

  public init(_ summary: String, detail: String = "", path: CtyPath? = nil, state: StoredState? = nil) {
    self.init([.error(summary, detail: detail, path: path)], state: state)
  }
}
