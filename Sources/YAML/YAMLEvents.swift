import CLibYAML
import Diagnostics

/// libyaml's parser over a buffer that outlives it, event by event.
///
/// Not to be copied, because C memory must be given back exactly once.
struct YAMLEvents: ~Copyable {
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
  private var holdsEvent = false
  /// The text's end where it is not a line's end too: there libyaml adds a line that nobody sees, and marks things on it.
  private let end: Position?

  /// Whether there was memory for the parser; without it there are no events.
  let isReady: Bool

  /// - Parameter buffer: must stay valid as long as this value lives.
  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    parser.initialize(to: yaml_parser_t())
    event.initialize(to: yaml_event_t())
    end = Position.endsLine(buffer) ? nil : Position(behind: buffer)
    isReady = yaml_parser_initialize(parser) == 1
    if isReady {
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
    }
  }

  deinit {
    if holdsEvent { yaml_event_delete(event) }
    yaml_parser_delete(parser)
    parser.deallocate()
    event.deallocate()
  }

  private mutating func release() {
    if holdsEvent { yaml_event_delete(event) }
    holdsEvent = false
  }

  /// The next event. After an `error` there is no further one.
  mutating func next() -> YAMLEvent {
    release()
    guard yaml_parser_parse(parser, event) == 1 else { return YAMLEvent(kind: .error(problem()), start: .first, end: .first) }
    holdsEvent = true
    return YAMLEvent(kind: kind(), start: position(event.pointee.start_mark), end: position(event.pointee.end_mark))
  }

  private func position(_ mark: yaml_mark_t) -> Position {
    let position = Position(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    guard let end, end < position else { return position }
    return end
  }

  private func kind() -> YAMLEvent.Kind {
    switch event.pointee.type {
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_STREAM_END_EVENT: .streamEnd
    case YAML_ALIAS_EVENT: .alias(YAMLEvents.text(event.pointee.data.alias.anchor))
    case YAML_SEQUENCE_START_EVENT:
      .sequenceStart(
        properties(event.pointee.data.sequence_start.anchor, event.pointee.data.sequence_start.tag),
        isFlow: event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_SEQUENCE_END_EVENT: .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      .mappingStart(
        properties(event.pointee.data.mapping_start.anchor, event.pointee.data.mapping_start.tag),
        isFlow: event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_MAPPING_END_EVENT: .mappingEnd
    case YAML_SCALAR_EVENT:
      .scalar(
        String(
          decoding: UnsafeBufferPointer(start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length),
          as: UTF8.self),
        style(event.pointee.data.scalar.style), properties(event.pointee.data.scalar.anchor, event.pointee.data.scalar.tag))
    default: .streamStart
    }
  }

  private func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
    default: .plain
    }
  }

  private func properties(
    _ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?
  ) -> YAMLEvent.Properties {
    if anchor == nil, tag == nil { return YAMLEvent.Properties() }
    return YAMLEvent.Properties(anchor: anchor.map(YAMLEvents.text), tag: tag.map(YAMLEvents.text))
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  private func problem() -> YAMLEvent.Problem {
    func words(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
    let problem = words(parser.pointee.problem) ?? "not readable"
    switch parser.pointee.error {
    case YAML_READER_ERROR: return .encoding(problem, byte: parser.pointee.problem_offset)
    case YAML_MEMORY_ERROR: return .syntax("out of memory", context: nil, at: .first, contextAt: .first)
    default:
      return .syntax(
        problem, context: words(parser.pointee.context), at: position(parser.pointee.problem_mark),
        contextAt: position(parser.pointee.context_mark))
    }
  }
}

/// One event, copied out of C.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(String)
    case scalar(String, YAMLScalar.Style, Properties)
    case sequenceStart(Properties, isFlow: Bool)
    case sequenceEnd
    case mappingStart(Properties, isFlow: Bool)
    case mappingEnd
    case error(Problem)
  }

  struct Properties {
    var anchor: String?
    var tag: String?
  }

  enum Problem {
    /// `byte` counts from the buffer's start.
    case encoding(String, byte: Int)
    case syntax(String, context: String?, at: Position, contextAt: Position)
  }

  var kind: Kind
  var start: Position
  var end: Position
}
