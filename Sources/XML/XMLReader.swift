import CLibXML2
import Diagnostics

/// Reads an XML 1.0 document into elements of our own with libxml2: strictly, without the network, and without loading what a
/// document type names.
public enum XMLReader {
  /// The document's root.
  /// - Parameters:
  ///   - bytes: the document, in the encoding its declaration names.
  ///   - name: what a failure calls the document.
  /// - Throws: when it is not well-formed, in libxml2's words and with the line.
  public static func root(of bytes: [UInt8], name: String) throws(Failure) -> XMLElement {
    LibXML2.start()
    let result = LibXML2.silently { () -> Result<XMLElement, Failure> in
      guard let count = CInt(exactly: bytes.count) else { return .failure(failure(name, "it is longer than 2 GiB", line: 0)) }
      let options = CInt(XML_PARSE_NONET.rawValue) | CInt(XML_PARSE_HUGE.rawValue)
      let document = bytes.withUnsafeBytes { buffer in
        xmlReadMemory(buffer.bindMemory(to: CChar.self).baseAddress, count, nil, nil, options)
      }
      guard let document else {
        let error = xmlGetLastError()
        let words = error?.pointee.message.map { String(cString: $0) } ?? "it has no root"
        return .failure(failure(name, words, line: Int(error?.pointee.line ?? 0)))
      }
      defer { xmlFreeDoc(document) }
      guard let root = xmlDocGetRootElement(document) else { return .failure(failure(name, "it has no root", line: 0)) }
      return .success(element(root))
    }
    return try result.get()
  }

  private static func element(_ node: xmlNodePtr) -> XMLElement {
    var element = XMLElement(name: text(node.pointee.name))
    var attribute = node.pointee.properties
    while let current = attribute {
      let value = xmlNodeListGetString(node.pointee.doc, current.pointee.children, 1)
      element.attributes[text(current.pointee.name)] = text(value)
      if let value { clibxml2_free(value) }
      attribute = current.pointee.next
    }
    var child = node.pointee.children
    while let current = child {
      switch current.pointee.type {
      case XML_ELEMENT_NODE: element.content.append(.element(self.element(current)))
      case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
        // Between elements it is the layout of the file; alone it is what the element says, were it white space only.
        let isAlone = current.pointee.next == nil && current.pointee.prev == nil
        if isAlone || xmlIsBlankNode(current) == 0 { element.content.append(.text(text(current.pointee.content))) }
      default: break
      }
      child = current.pointee.next
    }
    return element
  }

  private static func text(_ characters: UnsafePointer<xmlChar>?) -> String { characters.map { String(cString: $0) } ?? "" }

  static func failure(_ name: String, _ problem: String, line: Int) -> Failure {
    let words = problem.filter { $0 != "\n" }
    return Failure(
      doing: "reading \(name) as XML", problem: line > 0 ? "line \(line): \(words)" : words,
      help: "Write the file again, or correct it at this line.")
  }
}
