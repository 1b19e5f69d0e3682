import Diagnostics
import XML

/// A page in HTML, written as the XML that HTML parsers read alike: every text is escaped by construction.
///
/// Nothing is fetched and nothing runs: the page forbids it to itself, so that what a definition or the Hub says can do no harm.
struct HTMLPage {
  private let xml: XMLWriter

  private init(_ xml: XMLWriter) { self.xml = xml }

  /// - Parameters:
  ///   - style: CSS without `<`, `>` and `&`, which HTML does not unescape there.
  ///   - body: writes what `<body>` holds.
  static func text(
    title: String, style: String, body: (HTMLPage) throws(Failure) -> Void
  ) throws(Failure) -> String {
    let page = HTMLPage(try XMLWriter())
    try page.element("html", ["lang": "en"]) { () throws(Failure) in
      try page.element("head") { () throws(Failure) in
        try page.xml.element("meta", [("charset", "utf-8")])
        try page.xml.element("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
        try page.xml.element(
          "meta",
          [("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'")])
        try page.element("title", text: title)
        try page.element("style", text: style)
      }
      try page.element("body") { () throws(Failure) in try body(page) }
    }
    let document = try page.xml.finish()
    // HTML has no XML declaration; the document type keeps browsers out of their mode for old pages.
    let root = document.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    return "<!DOCTYPE html>\n" + (root.count > 1 ? String(root[1]) : document)
  }

  /// An element with both its tags, whatever it holds: HTML reads `<b/>` as a start.
  func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], content: () throws(Failure) -> Void
  ) throws(Failure) {
    try xml.element(name, attributes.map { (name: $0.key, value: $0.value) }) { () throws(Failure) in try content() }
  }

  /// An element that holds text alone.
  func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String) throws(Failure) {
    try element(name, attributes) { () throws(Failure) in try self.text(text) }
  }

  func text(_ text: String) throws(Failure) { try xml.text(TerminalText.escapedText(text)) }
}
