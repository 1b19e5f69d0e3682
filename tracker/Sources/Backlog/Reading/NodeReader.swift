import Diagnostics
import SpaceModel
import YAML

/// Reads the members of one mapping, and notes what is wrong with them.
struct NodeReader {
  let file: String
  let node: YAMLNode
  /// What the mapping is, for messages: `an item`.
  let what: String
  private var members: [String: YAMLEntry] = [:]

  init(_ node: YAMLNode, file: String, what: String, known: [String], findings: inout [Finding]) {
    self.node = node
    self.file = file
    self.what = what
    guard let entries = node.entries else {
      findings.append(
        .backlog(
          .badValue, "\(what) is a mapping of keys to values", help: "Write `key: value` lines here.", node.span(in: file)))
      return
    }
    for entry in entries where members[entry.name] == nil {
      members[entry.name] = entry
      guard !known.contains(entry.name) else { continue }
      let help = Suggestion.nearest(to: entry.name, among: known).map { "Did you mean `\($0)`?" }
      findings.append(
        .backlog(
          .unknownKey, "`\(entry.name)` is no key of \(what)",
          help: help ?? "Known keys: \(known.joined(separator: ", ")).", entry.key.span(in: file)))
    }
  }

  func has(_ key: String) -> Bool { members[key] != nil }
  func entry(_ key: String) -> YAMLEntry? { members[key] }

  func missing(_ key: String, _ findings: inout [Finding]) {
    guard node.entries != nil else { return }
    let first = node.entries?.first?.key ?? node
    findings.append(
      .backlog(.missingKey, "\(what) needs `\(key)`", help: "Add a line `\(key): …`.", first.span(in: file)))
  }

  /// A text; a number or truth value is taken as it is written. A missing one is a finding where `isRequired`.
  func text(_ key: String, isRequired: Bool = false, _ findings: inout [Finding]) -> Placed<String>? {
    guard let value = members[key]?.value else {
      if isRequired { missing(key, &findings) }
      return nil
    }
    guard let scalar = value.scalar, scalar.value != .null else {
      bad(key, "a text", value, &findings)
      return nil
    }
    let isBlank = scalar.text.utf8.allSatisfy { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }
    if isBlank, isRequired {
      bad(key, "a text that is not empty", value, &findings)
      return nil
    }
    return isBlank ? nil : Placed(scalar.text, start: value.start, end: value.end)
  }

  func number(_ key: String, in range: ClosedRange<Int>, standard: Int, _ findings: inout [Finding]) -> Int {
    guard let value = members[key]?.value else { return standard }
    guard case .int(let number)? = value.scalar?.value, range.contains(number) else {
      bad(key, "a whole number from \(range.lowerBound) to \(range.upperBound)", value, &findings)
      return standard
    }
    return number
  }

  func flag(_ key: String, _ findings: inout [Finding]) -> Bool {
    guard let value = members[key]?.value else { return false }
    guard case .bool(let flag)? = value.scalar?.value else {
      bad(key, "true or false", value, &findings)
      return false
    }
    return flag
  }

  /// One text or a list of texts.
  func texts(_ key: String, _ findings: inout [Finding]) -> [Placed<String>] {
    guard let value = members[key]?.value else { return [] }
    let nodes = value.elements ?? [value]
    return nodes.compactMap { node in
      guard let scalar = node.scalar, scalar.value != .null, !scalar.text.isEmpty else {
        bad(key, "a list of texts", node, &findings)
        return nil
      }
      return Placed(scalar.text, start: node.start, end: node.end)
    }
  }

  /// A text that means something else.
  func parsed<Value>(
    _ key: String, as form: String, _ findings: inout [Finding], _ parse: (String) -> Value?
  ) -> Placed<Value>? {
    guard let text = text(key, &findings) else { return nil }
    guard let value = parse(text.value) else {
      findings.append(
        .backlog(
          .badValue, "`\(text.value)` is not what `\(key)` can be", help: "Write \(form).", text.span(in: file)))
      return nil
    }
    return text.with(value)
  }

  func elements(_ key: String, _ findings: inout [Finding]) -> [YAMLNode] {
    guard let value = members[key]?.value else { return [] }
    if let elements = value.elements { return elements }
    bad(key, "a list", value, &findings)
    return []
  }

  func bad(_ key: String, _ form: String, _ node: YAMLNode, _ findings: inout [Finding]) {
    findings.append(.backlog(.badValue, "`\(key)` is \(form)", help: "Write \(form) here.", node.span(in: file)))
  }
}

extension Finding {
  static func backlog(
    _ rule: BacklogRule, _ message: String, help: String? = nil, _ span: SourceSpan
  ) -> Finding {
    Finding(rule: rule.id, message: message, help: help, span: span)
  }
}
