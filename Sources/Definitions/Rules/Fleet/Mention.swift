import Diagnostics

/// A place where one Space names another.
struct Mention: Sendable {
  var target: String
  var span: SourceSpan
}

extension SpaceDraft.Contents {
  var namesOthers: Bool { !dependsOn.isEmpty || variables.contains(where: \.hasReferences) }

  /// Every reference and every entry of `depends_on`.
  var mentions: [Mention] {
    guard namesOthers else { return [] }
    return variables.flatMap { variable in
      variable.value.references.map { Mention(target: $0.target, span: variable.span(of: $0.range)) }
    } + dependsOn.map { Mention(target: $0.value, span: $0.place.value) }
  }
}

extension DraftVariable {
  var hasReferences: Bool { value.parts.contains { if case .reference = $0 { true } else { false } } }

  /// Where part of the value stands; the whole value when that cannot be told.
  func span(of range: Range<Int>) -> SourceSpan {
    guard let lead else { return place.value }
    let begin = place.start.column + lead
    return SourceSpan(
      file: place.file, start: Position(line: place.start.line, column: begin + range.lowerBound),
      end: Position(line: place.start.line, column: begin + range.upperBound))
  }
}
