import Diagnostics
import SpaceModel
import YAML

/// Holds a file's tree against its shape and notes every difference, all of them at once.
///
/// A definition is held to the letter. In a README's front matter, which others write too, passes what the Hub lets pass, and all that
/// does not is one rule's.
struct ShapeCheck {
  let file: String
  private let isFrontMatter: Bool
  private(set) var findings: [Finding] = []
  /// Values that may be secrets, so that no snippet shows them.
  private(set) var confidential: [SourceSpan] = []

  init(file: String) { self.init(file: file, isFrontMatter: false) }

  private init(file: String, isFrontMatter: Bool) {
    self.file = file
    self.isFrontMatter = isFrontMatter
  }

  /// What is wrong with one value of a README's front matter. A key without a value is as good as absent.
  static func findings(inFrontMatter entry: YAMLEntry, file: String) -> [Finding] {
    guard let key = CardKeys.frontMatter[entry.name] else { return [] }
    if let scalar = entry.value.scalar, case .null = scalar.value { return [] }
    var check = ShapeCheck(file: file, isFrontMatter: true)
    check.check(entry.value, key.shape, name: entry.name, key: entry.key)
    return check.findings
  }

  /// - Parameter what: the file's kind, for the message: `spaceform.yaml`, `a Space file`.
  mutating func check(root: YAMLNode, _ table: KeyTable, what: String) {
    guard let entries = root.entries else {
      note(
        .wrongType, "\(what) must be a mapping of keys, not \(ShapeCheck.kind(of: root))",
        help: "Write `KEY: VALUE` lines, beginning with `\(table.required.first?.name ?? table.keys[0].name)`.", root)
      return
    }
    check(entries, table, in: root, place: nil)
  }

  private mutating func check(_ entries: [YAMLEntry], _ table: KeyTable, in node: YAMLNode, place: String?) {
    for entry in entries {
      guard let key = table[entry.name] else {
        noteUnknown(entry, table, place: place)
        continue
      }
      check(entry.value, key.shape, name: entry.name, key: entry.key)
    }
    for key in table.required where !entries.contains(where: { $0.name == key.name }) {
      let message = place.map { "`\($0)` needs `\(key.name)`" } ?? "`\(key.name)` is missing"
      // Of a whole file, or of a mapping over many lines, the first key says enough.
      let isShort = place != nil && node.end.line == node.start.line
      let end = isShort ? node.end : entries.first?.key.end ?? node.start
      findings.append(
        Rule.missingKey.finding(
          message, help: "Add `\(key.name)`. \(key.summary)", at: SourceSpan(file: file, start: node.start, end: end)))
    }
  }

  private mutating func check(_ node: YAMLNode, _ shape: Shape, name: String, key: YAMLNode) {
    if case .secretSource(let table) = shape {
      checkSecret(node, table, name: name, key: key)
      return
    }
    if case .anything = shape { return }
    if let scalar = node.scalar, case .null = scalar.value {
      note(.wrongType, "`\(name)` has no value", help: "Give it a value, or remove the key.", key)
      return
    }
    switch shape {
    case .text, .name, .address, .identifier, .choice, .span: checkText(node, shape, name: name)
    case .value:
      if node.scalar == nil { noteType(node, name: name, wanted: "text, a number or a truth value") }
    case .flag:
      if node.scalar?.value.boolValue == nil { noteType(node, name: name, wanted: "true or false") }
    case .count(let minimum, let maximum): checkCount(node, minimum, maximum, name: name)
    case .number(let minimum, let maximum): checkNumber(node, minimum, maximum, name: name)
    case .list(let inner):
      guard let elements = node.elements else {
        if case .table = inner { return noteType(node, name: name, wanted: "a list") }
        return noteType(node, name: name, wanted: "a list", help: "Write `\(name): [...]`, also for one element.")
      }
      for element in elements { check(element, inner, name: name, key: element) }
    case .table(let table):
      guard let entries = node.entries else { return noteType(node, name: name, wanted: "a mapping") }
      check(entries, table, in: node, place: name)
    case .map(let inner):
      guard let entries = node.entries else {
        if case .secretSource = inner { hide(node) }
        return noteType(node, name: name, wanted: "a mapping of names to values")
      }
      for entry in entries { check(entry.value, inner, name: entry.name, key: entry.key) }
    case .either(let shapes):
      let fitting = shapes.first { ShapeCheck.fits(node, $0) } ?? shapes[0]
      check(node, fitting, name: name, key: key)
    case .secretSource, .anything: break
    }
  }

  private static func fits(_ node: YAMLNode, _ shape: Shape) -> Bool {
    switch shape {
    case .table, .map: node.entries != nil
    case .list: node.elements != nil
    default: node.scalar != nil
    }
  }

  private mutating func checkText(_ node: YAMLNode, _ shape: Shape, name: String) {
    guard let text = node.string else {
      var help: String?
      var isQuotable = false
      switch shape {
      case .choice(let names): help = "Write one of \(names.listed)."
      case .span: help = "Write a number with a unit, such as 30s, 15m, 1h or 2d."
      default:
        if node.scalar != nil { help = "Put the value in quotes." }
        if case .text = shape { isQuotable = true }
      }
      return noteType(node, name: name, wanted: "text", help: help, isQuotable: isQuotable)
    }
    switch shape {
    case .choice(let names):
      guard !names.contains(text) else { return }
      note(
        .badValue, "`\(name)` cannot be `\(text)`", help: Suggestion.advice(for: text, among: names), node,
        fix: .letterCase(of: text, at: node.span(in: file), among: names))
    case .span(let allowsNever):
      if allowsNever ? SleepTime(text) == nil : (TimeSpan(text)?.seconds ?? 0) <= 0 {
        let never = allowsNever ? ", or never" : ""
        note(
          .badValue, "`\(text)` is not a length of time",
          help: "Write a whole number and a unit, such as 30s, 15m, 1h or 2d\(never).", node)
      }
    case .identifier:
      if text.utf8.count != 24 || !text.utf8.allSatisfy(ShapeCheck.isHexDigit) {
        note(
          .badValue, "`\(name)` must be an id of 24 hexadecimal digits",
          help: "The id stands in the address of the resource group's page on the Hub.", node)
      }
    case .address:
      if SpaceID(text) == nil { note(.badValue, "`\(text)` is not an address", help: "Write owner/name.", node) }
    default:
      if text.isEmpty, !isFrontMatter {
        note(.badValue, "`\(name)` is empty", help: "Give it a value, or remove the key.", node)
      }
    }
  }

  private mutating func checkCount(_ node: YAMLNode, _ minimum: Int, _ maximum: Int?, name: String) {
    guard let value = node.scalar?.value.intValue ?? (isFrontMatter ? node.string.flatMap { Int($0) } : nil) else {
      return noteType(node, name: name, wanted: "a whole number")
    }
    guard value < minimum || maximum.map({ value > $0 }) ?? false else { return }
    let range = maximum.map { "between \(minimum) and \($0)" }
    note(
      .badValue, "`\(name)` must be \(range ?? "at least \(minimum)")",
      help: "Write a whole number \(range ?? "from \(minimum) up").", node)
  }

  private mutating func checkNumber(_ node: YAMLNode, _ minimum: Double, _ maximum: Double?, name: String) {
    guard let value = node.scalar?.value.number else { return noteType(node, name: name, wanted: "a number") }
    guard value < minimum || maximum.map({ value > $0 }) ?? false else { return }
    let range = maximum.map { "between \(minimum.short) and \($0.short)" } ?? "at least \(minimum.short)"
    note(.badValue, "`\(name)` must be \(range)", help: "Write a number \(range).", node)
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte) || (65...70).contains(byte)
  }
}

// MARK: Secrets

extension ShapeCheck {
  private mutating func checkSecret(_ node: YAMLNode, _ table: KeyTable, name: String, key: YAMLNode) {
    guard let entries = node.entries else {
      hide(node)
      if let scalar = node.scalar, case .null = scalar.value {
        note(.secretSource, "the secret `\(name)` does not say where its value comes from", help: Rule.secretAdvice(name), key)
      } else {
        note(
          .literalSecret, "the secret `\(name)` holds a value instead of where the value comes from",
          help: Rule.secretAdvice(name), key)
      }
      return
    }
    for entry in entries where table[entry.name] == nil { hide(entry.value) }
    check(entries, table, in: node, place: name)
    let sources = entries.filter { ["env", "file", "command"].contains($0.name) }
    if sources.isEmpty {
      note(.secretSource, "the secret `\(name)` does not say where its value comes from", help: Rule.secretAdvice(name), key)
    } else if sources.count > 1, Set(sources.map(\.name)).count > 1 {
      note(
        .secretSource, "the secret `\(name)` has \(sources.count) sources", help: "Keep one of `env`, `file` and `command`.",
        sources[1].key)
    }
    if let command = node["command"]?.elements, command.isEmpty {
      note(.badValue, "`command` is empty", help: "Write the program and its arguments as a list.", key)
    }
  }

  /// Notes every scalar of the node as not to be shown.
  private mutating func hide(_ node: YAMLNode) { confidential += ShapeCheck.values(in: node, file: file) }

  /// Where every scalar of a node stands that is no key.
  static func values(in node: YAMLNode, file: String) -> [SourceSpan] {
    switch node.content {
    case .scalar: [node.span(in: file)]
    case .sequence(let elements): elements.flatMap { values(in: $0, file: file) }
    case .mapping(let entries): entries.flatMap { values(in: $0.value, file: file) }
    }
  }
}

// MARK: Findings

extension ShapeCheck {
  private mutating func note(_ rule: Rule, _ message: String, help: String, _ node: YAMLNode, fix: Fix? = nil) {
    let rule = isFrontMatter ? Rule.readmeValue : rule
    findings.append(rule.finding(message, help: help, at: node.span(in: file), fix: fix))
  }

  /// What YAML 1.1 has for true and false.
  private static let truth = ["yes": true, "on": true, "no": false, "off": false]

  /// - Parameter isQuotable: quotes around the value would make it right.
  private mutating func noteType(
    _ node: YAMLNode, name: String, wanted: String, help: String? = nil, isQuotable: Bool = false
  ) {
    var help = help ?? "Write \(wanted)."
    var fix: Fix?
    if wanted == "true or false", let scalar = node.scalar, let value = ShapeCheck.truth[scalar.text.lowercased()] {
      help = "In YAML 1.2 `\(scalar.text)` is text; write \(value)."
      if scalar.style == .plain { fix = .replacing(scalar.text, at: node.span(in: file), by: "\(value)") }
    } else if isQuotable, let scalar = node.scalar {
      fix = .quoting(scalar.text, at: node.span(in: file))
    }
    note(.wrongType, "`\(name)` must be \(wanted), not \(ShapeCheck.kind(of: node))", help: help, node, fix: fix)
  }

  private mutating func noteUnknown(_ entry: YAMLEntry, _ table: KeyTable, place: String?) {
    let message = place.map { "`\($0)` has no key `\(entry.name)`" } ?? "unknown key `\(entry.name)`"
    let help =
      table.misplaced[entry.name]
      ?? Suggestion.advice(for: entry.name, among: table.names, otherwise: ShapeCheck.knownKeys(of: table))
    note(.unknownKey, message, help: help, entry.key)
  }

  /// All keys of a short table; of a long one the first few, and where the others are listed.
  private static func knownKeys(of table: KeyTable) -> String {
    let shown = 8
    guard table.names.count > shown + 2 else { return "Use one of \(table.names.listed)." }
    let first = table.names.prefix(shown).map { "`\($0)`" }.joined(separator: ", ")
    return "Use one of \(first) and \(table.names.count - shown) others; `spaceform schema` prints them all."
  }

  /// What a node is, in words for messages.
  static func kind(of node: YAMLNode) -> String {
    switch node.content {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(let scalar):
      switch scalar.value {
      case .null: "nothing"
      case .bool: "a truth value"
      case .int, .double: "a number"
      default: "text"
      }
    }
  }
}
