import Diagnostics
import Jira
import Markdown
import XML

/// What holds of a description in every form it takes, whatever somebody wrote.
enum MarkdownProperties {
  /// Of the elements that a description may become, none runs anything.
  private static let elements: Set<String> = [
    "a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table",
    "td", "th", "tr", "ul",
  ]

  static func broken(by input: [UInt8]) -> [String] {
    let text = String(decoding: input, as: UTF8.self)
    let document = MarkdownDocument(text)
    var broken: [String] = []
    if WikiMarkup.text(MarkdownDocument(text)) != WikiMarkup.text(document) { broken.append("one text becomes two markups") }
    return broken + page(MarkdownHTML.text(document))
  }

  /// The page is well-formed, of known elements, and links lead to the web or to people.
  private static func page(_ html: String) -> [String] {
    let plain = String(String.UnicodeScalarView(html.unicodeScalars.filter(isXML)))
    do throws(Failure) {
      return check(try XMLReader.root(of: Array("<div>\(plain)</div>".utf8), name: "description"))
    } catch {
      return ["the page is not well-formed: \(error)\n\(html)"]
    }
  }

  private static func isXML(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF || scalar == "\n" || scalar == "\t"
      || scalar == "\r"
  }

  private static func check(_ element: XMLElement) -> [String] {
    var broken = elements.contains(element.name) ? [] : ["an element \(element.name)"]
    for (name, value) in element.attributes {
      switch name {
      case "class" where element.name == "code", "start" where element.name == "ol": break
      case "href":
        let scheme = value.prefix { $0 != ":" }.lowercased()
        if value.contains(":"), !["http", "https", "mailto"].contains(scheme) { broken.append("a link to \(value)") }
      default: broken.append("\(element.name) has the attribute \(name)")
      }
    }
    return broken + element.children.flatMap(check)
  }
}
