/// One hook of ours: its text, and what of it differs from place to place.
struct HookScript: Hashable, Sendable {
  let kind: HookKind
  /// File name of the hook that was there before, which runs first; empty when there was none.
  var previous = ""
  /// Where spaceform is when it is not on the PATH; empty in a copy that others will use too.
  var program = ""

  /// What the second line of every hook of ours begins with, in all versions.
  private static let marker = "# spaceform hook: "
  private static let previousKey = "previous="
  private static let programKey = "program="

  init(_ kind: HookKind, previous: String = "", program: String = "") {
    self.kind = kind
    self.previous = previous
    self.program = program
  }

  /// Reads a hook of ours, of any version; nil when the text is somebody else's.
  init?(reading bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 2, lines[1].hasPrefix(Self.marker),
      let kind = HookKind(rawValue: String(lines[1].dropFirst(Self.marker.count)))
    else { return nil }
    func value(_ key: String) -> String {
      lines.first { $0.hasPrefix(key) }.map { Self.unquoted($0.dropFirst(key.count)) } ?? ""
    }
    self.init(kind, previous: value(Self.previousKey), program: value(Self.programKey))
  }

  var text: String {
    """
    #!/bin/sh
    \(Self.marker)\(kind.rawValue)
    #
    \(HookText.about(kind))

    # The hook that was here before, in this folder; it runs first.
    \(Self.previousKey)\(Self.quoted(previous))
    # Where spaceform was when this was installed, for callers with a short PATH.
    \(Self.programKey)\(Self.quoted(program))

    \(HookText.common)

    \(HookText.body(kind))

    """
  }

  // A shell takes everything between single quotes as it is; a single quote itself stands between two such texts.

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }

  private static func unquoted(_ text: Substring) -> String {
    guard text.count > 1, text.first == "'", text.last == "'" else { return "" }
    return String(text.dropFirst().dropLast()).replacing(#"'\''"#, with: "'")
  }
}
