import Diagnostics
import SpaceModel

/// Files and stretches of them, as SARIF names them.
struct SARIFPlaces {
  private let report: FindingsReport
  private let lines: [String: SourceLines]

  init(_ report: FindingsReport) {
    self.report = report
    // Only an end at the start of a line has to be looked up in a text.
    let wanted = Set(report.findings.flatMap { [$0.span] + $0.related.map(\.span) }.filter(\.endsWithLine).map(\.file))
    lines = report.texts.filter { wanted.contains($0.key) }.mapValues(SourceLines.init)
  }

  func location(_ span: SourceSpan) -> JSONValue { ["artifactLocation": artifact(span.file), "region": region(span)] }

  func artifact(_ file: String) -> JSONValue {
    ["uri": .string(SARIFPlaces.uri(report.repositoryPath(file))), "uriBaseId": "%SRCROOT%"]
  }

  /// A region whose last line is the last that is marked: GitHub shows a result in a pull request when all its lines are part
  /// of it, and a line of which nothing is marked need not be.
  private func region(_ span: SourceSpan) -> JSONValue {
    guard span.endsWithLine, let lines = lines[span.file] else { return SARIFPlaces.exactRegion(span) }
    let end = Position(line: span.lastLine, column: (lines[span.lastLine]?.count ?? 0) + 1)
    return SARIFPlaces.exactRegion(SourceSpan(file: span.file, start: span.start, end: max(span.start, end)))
  }

  /// Both count lines and columns from 1, and both ends are just after the last character.
  static func exactRegion(_ span: SourceSpan) -> JSONValue {
    [
      "startLine": .int(span.start.line), "startColumn": .int(span.start.column), "endLine": .int(span.end.line),
      "endColumn": .int(span.end.column),
    ]
  }

  /// A path as a relative reference: everything but unreserved characters and `/` is percent-encoded (RFC 3986, section 2.3),
  /// so that a colon makes no scheme and `#` no fragment.
  static func uri(_ path: String) -> String {
    var uri: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.append(byte)
      default: uri += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
      }
    }
    return String(decoding: uri, as: UTF8.self)
  }
}

extension SourceSpan {
  /// Whether it takes in the end of its last line, and so ends where the next begins.
  var endsWithLine: Bool { lastLine < end.line }
}
