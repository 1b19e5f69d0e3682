import Diagnostics

/// Makes the tree from the events, and the findings on the way.
struct YAMLComposer: ~Copyable {
  private let buffer: UnsafeBufferPointer<UInt8>
  private let file: String
  private let limits: YAMLLimits
  private var events: YAMLEvents
  private var findings: [Finding] = []
  private var anchors: [String: Anchored] = [:]
  /// Anchors of collections that are still open: an alias to one of them would contain itself.
  private var open: Set<String> = []
  private var nodes = 0
  private var opaque: [Range<Position>] = []

  private struct Anchored {
    var node: YAMLNode
    var size: Int
    var height: Int
  }

  /// A node, and how many levels it is high.
  private typealias Composed = (node: YAMLNode, height: Int)

  /// Thrown when reading cannot go on; the finding is already noted.
  private struct Stop: Error {}

  init(reading buffer: UnsafeBufferPointer<UInt8>, file: String, limits: YAMLLimits) {
    self.buffer = buffer
    self.file = file
    self.limits = limits
    events = YAMLEvents(buffer)
  }

  mutating func document() -> YAMLDocument {
    var root: YAMLNode?
    do {
      root = try firstDocument()
    } catch {
      root = nil
    }
    return YAMLDocument(root: root, findings: findings, opaque: opaque)
  }

  private mutating func firstDocument() throws(Stop) -> YAMLNode? {
    var root: YAMLNode?
    var documents = 0
    while true {
      let event = try next()
      switch event.kind {
      case .streamEnd: return root
      case .documentStart:
        documents += 1
        guard documents == 1 else {
          note(
            YAMLRule.documents, "a second document begins here", help: "Keep one document in a file.", event.start, event.end)
          return root
        }
        root = try node(try next(), depth: 1).node
      default: continue
      }
    }
  }

  private mutating func next() throws(Stop) -> YAMLEvent {
    guard events.isReady else {
      note(
        YAMLRule.syntax, "there is not enough memory to read the file", help: "Free some memory and run the command again.",
        .first, .first)
      throw Stop()
    }
    let event = events.next()
    if case .error(let problem) = event.kind {
      note(problem)
      throw Stop()
    }
    return event
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stop) -> Composed {
    guard depth <= limits.depth else {
      note(YAMLRule.limit, "nested deeper than \(limits.depth) levels", help: YAMLComposer.flatter, event.start, event.end)
      throw Stop()
    }
    try count(1, event)
    switch event.kind {
    case .alias(let name): return try alias(name, event, depth: depth)
    case .scalar(let text, let style, let properties):
      let scalar = YAMLScalar(text, style: self.style(style, properties.tag, event))
      if style != .plain, text.utf8.contains(UInt8(ascii: "#")) { opaque.append(event.start..<event.end) }
      let composed: Composed = (YAMLNode(.scalar(scalar), start: event.start, end: event.end), 1)
      remember(composed, size: 1, as: properties.anchor)
      return composed
    case .sequenceStart(let properties, let isFlow):
      return try collection(event, properties, tag: "seq") { composer throws(Stop) in
        try composer.sequence(event, isFlow: isFlow, depth: depth)
      }
    case .mappingStart(let properties, let isFlow):
      return try collection(event, properties, tag: "map") { composer throws(Stop) in
        try composer.mapping(event, isFlow: isFlow, depth: depth)
      }
    default:
      note(YAMLRule.syntax, "a value is missing here", help: "Write one, or remove the key.", event.start, event.end)
      throw Stop()
    }
  }

  private mutating func collection(
    _ event: YAMLEvent, _ properties: YAMLEvent.Properties, tag: String,
    _ compose: (inout YAMLComposer) throws(Stop) -> Composed
  ) throws(Stop) -> Composed {
    if let given = properties.tag, given != YAMLComposer.tagPrefix + tag { noteTag(given, event) }
    guard let anchor = properties.anchor else { return try compose(&self) }
    let before = nodes
    open.insert(anchor)
    let composed = try compose(&self)
    open.remove(anchor)
    remember(composed, size: nodes - before + 1, as: anchor)
    return composed
  }

  private mutating func sequence(_ event: YAMLEvent, isFlow: Bool, depth: Int) throws(Stop) -> Composed {
    var elements: [YAMLNode] = []
    var height = 0
    while true {
      let inner = try next()
      if case .sequenceEnd = inner.kind {
        // libyaml ends a block collection where the next token begins; people see it end with its last element.
        let end = isFlow ? inner.end : elements.last?.end ?? event.end
        return (YAMLNode(.sequence(elements), start: event.start, end: end), height + 1)
      }
      let element = try node(inner, depth: depth + 1)
      elements.append(element.node)
      height = max(height, element.height)
    }
  }

  private mutating func mapping(_ event: YAMLEvent, isFlow: Bool, depth: Int) throws(Stop) -> Composed {
    var entries: [YAMLEntry] = []
    var names = KeyNames()
    var height = 0
    while true {
      let inner = try next()
      if case .mappingEnd = inner.kind {
        let end = isFlow ? inner.end : entries.last?.value.end ?? event.end
        return (YAMLNode(.mapping(entries), start: event.start, end: end), height + 1)
      }
      let key = try node(inner, depth: depth + 1).node
      let value = try node(try next(), depth: depth + 1)
      height = max(height, value.height)
      guard key.scalar != nil else {
        note(
          YAMLRule.syntax, "a key must be a name, not a mapping or a list",
          help: "Write a name before the colon; quote a name that begins with `[` or `{`.", key.start, key.end)
        continue
      }
      let entry = YAMLEntry(key: key, value: value.node)
      if let first = names.insert(entry.name, at: entries.count) {
        let earlier = entries[first].key
        findings.append(
          Finding(
            rule: YAMLRule.duplicateKey, message: "the key `\(entry.name)` appears twice in this mapping",
            help: "Keep one of the two.", span: key.span(in: file),
            related: [RelatedSpan(span: earlier.span(in: file), message: "it appears first here")]))
      }
      entries.append(entry)
    }
  }

  private mutating func alias(_ name: String, _ event: YAMLEvent, depth: Int) throws(Stop) -> Composed {
    guard let target = anchors[name] else {
      let message =
        open.contains(name)
        ? "the alias `*\(name)` stands inside what it names" : "the alias `*\(name)` names no anchor above it"
      note(
        YAMLRule.syntax, message, help: "Write the value itself, or quote a text that begins with `*`.", event.start,
        event.end)
      return (YAMLNode(.scalar(YAMLScalar("", style: .plain)), start: event.start, end: event.end), 1)
    }
    try count(target.size - 1, event)
    guard depth + target.height - 1 <= limits.depth else {
      note(
        YAMLRule.limit, "nested deeper than \(limits.depth) levels through the alias `*\(name)`", help: YAMLComposer.flatter,
        event.start, event.end)
      throw Stop()
    }
    return (YAMLNode(target.node.content, start: event.start, end: event.end), target.height)
  }

  private mutating func remember(_ composed: Composed, size: Int, as anchor: String?) {
    guard let anchor else { return }
    anchors[anchor] = Anchored(node: composed.node, size: size, height: composed.height)
  }

  private mutating func count(_ more: Int, _ event: YAMLEvent) throws(Stop) {
    nodes += more
    guard nodes <= limits.nodes else {
      note(
        YAMLRule.limit, "the file stands for more than \(limits.nodes) values, aliases written out",
        help: "Use fewer aliases, or split the file.", event.start, event.end)
      throw Stop()
    }
  }
}

// MARK: Tags and findings

extension YAMLComposer {
  fileprivate static let tagPrefix = "tag:yaml.org,2002:"

  /// `!` and `!!str` make a string; other tags would change meaning behind the reader's back and are refused.
  private mutating func style(_ style: YAMLScalar.Style, _ tag: String?, _ event: YAMLEvent) -> YAMLScalar.Style {
    guard let tag else { return style }
    if tag == "!" || tag == YAMLComposer.tagPrefix + "str" { return style == .plain ? .quoted : style }
    noteTag(tag, event)
    return style
  }

  private mutating func noteTag(_ tag: String, _ event: YAMLEvent) {
    let name = tag.hasPrefix(YAMLComposer.tagPrefix) ? "!!" + tag.dropFirst(YAMLComposer.tagPrefix.count) : tag
    note(
      YAMLRule.syntax, "the tag `\(name)` is not supported", help: "Write the value without a tag; quotes make a string.",
      event.start, event.end)
  }

  private mutating func note(_ rule: String, _ message: String, help: String, _ start: Position, _ end: Position) {
    findings.append(
      Finding(rule: rule, message: message, help: help, span: SourceSpan(file: file, start: start, end: end)))
  }

  private mutating func note(_ problem: YAMLEvent.Problem) {
    switch problem {
    case .encoding(let words, let byte):
      let place = Position(behind: buffer.prefix(byte))
      note(
        YAMLRule.encoding, "the file is not text that YAML allows: \(words.lowercased())",
        help: "Save the file as UTF-8 without control characters.", place, place)
    case .syntax(let words, let context, let place, let contextPlace):
      let related =
        context.map {
          [RelatedSpan(span: SourceSpan(file: file, start: contextPlace, end: contextPlace), message: $0)]
        } ?? []
      findings.append(
        Finding(
          rule: YAMLRule.syntax, message: "not readable as YAML: \(words)", help: YAMLComposer.advice(words),
          span: SourceSpan(file: file, start: place, end: place), related: contextPlace == place ? [] : related))
    }
  }

  private static let flatter = "Write the values with less nesting."

  /// What usually lies behind libyaml's words.
  private static func advice(_ words: String) -> String {
    if words.contains("cannot start any token") {
      return "Indent with spaces, and quote a value that begins with a special character."
    }
    if words.contains("mapping values are not allowed") { return "Quote a value that holds a colon followed by a space." }
    if words.contains("expected <block end>") || words.contains("could not find expected ':'") {
      return "Check the indentation of this line and the one above it."
    }
    return "Correct the text at this place, or quote the value that stands there."
  }
}

/// The names of a mapping seen so far: a short list is searched, a long one gets an index, so that neither is slow.
private struct KeyNames {
  /// Up to here comparing with each name is quicker than hashing; short texts compare as two words.
  private static let few = 24

  private var list: [String] = []
  private var index: [String: Int] = [:]

  /// Where the name was first; nil when it is new.
  mutating func insert(_ name: String, at place: Int) -> Int? {
    if list.count < KeyNames.few {
      if let first = list.firstIndex(of: name) {
        list.append(name)
        return first
      }
      list.append(name)
      return nil
    }
    if index.isEmpty { for (place, name) in list.enumerated() where index[name] == nil { index[name] = place } }
    if let first = index[name] { return first }
    index[name] = place
    return nil
  }
}
