import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An element as Foundation's parser reads it.
struct ParsedElement {
  var name: String
  var attributes: [String: String]
  /// Its own text, without that of its children.
  var text = ""
  var children: [ParsedElement] = []

  /// Children of a name.
  func all(_ name: String) -> [ParsedElement] { children.filter { $0.name == name } }
}

/// Reads a document with Foundation's parser, which knows nothing of the writer.
final class ParsedXML: NSObject, XMLParserDelegate {
  private var open: [ParsedElement] = []
  private var root: ParsedElement?

  struct NotWellFormed: Error { var reason: String }

  static func root(of document: String) throws -> ParsedElement {
    let reader = ParsedXML()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = reader
    guard parser.parse(), let root = reader.root else {
      throw NotWellFormed(reason: "\(String(describing: parser.parserError)), line \(parser.lineNumber)")
    }
    return root
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    open.append(ParsedElement(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if !open.isEmpty { open[open.count - 1].text += string }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    guard let element = open.popLast() else { return }
    if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
  }
}
