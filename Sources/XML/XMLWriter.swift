import CLibXML2
import Diagnostics

/// An XML 1.0 document in UTF-8, written from front to back into memory: elements, attributes and text, indented by two spaces
/// where that adds nothing to a text.
///
/// Any text may be given. What XML reserves is escaped, line ends survive in attributes too, and a scalar that XML 1.0 cannot
/// carry at all is replaced by U+FFFD. Whatever is written, the document is well-formed: a call that would make it otherwise throws.
///
///     let xml = try XMLWriter()
///     try xml.element("testsuite", [("name", "fleet")]) { () throws(Failure) in
///       try xml.element("system-out") { () throws(Failure) in try xml.text("2 warnings") }
///     }
///     let document = try xml.finish()
///
/// A class for the one reason that C memory must be given back exactly once.
public final class XMLWriter {
  private let writer: xmlTextWriterPtr
  private let buffer: xmlBufferPtr
  private var depth = 0
  private var hasRoot = false
  /// How deep the outermost open element with text of its own lies. Line ends between its children would be text too.
  private var mixedDepth: Int?
  private var isFinished = false

  /// - Throws: when there is no memory.
  public init() throws(Failure) {
    LibXML2.start()
    guard let buffer = LibXML2.silently({ xmlBufferCreate() }) else { throw XMLWriter.refused }
    guard let writer = LibXML2.silently({ xmlNewTextWriterMemory(buffer, 0) }) else {
      xmlBufferFree(buffer)
      throw XMLWriter.refused
    }
    (self.writer, self.buffer) = (writer, buffer)
    try check(xmlTextWriterSetIndent(writer, 1))
    try check(xmlTextWriterSetIndentString(writer, "  "))
    try call { xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil) }
  }

  deinit {
    // The writer flushes into the buffer, and so goes first.
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  /// Writes an element: the document's root, or one inside the element whose content is being written.
  /// - Parameters:
  ///   - name: a name as XML has them; so are those of the attributes, each of which stands once.
  ///   - attributes: in the order they are to stand.
  ///   - content: writes what the element holds; without anything it is an empty element.
  /// - Throws: for a name that is none, a second root, or when there is no memory; and what `content` throws.
  public func element(
    _ name: String, _ attributes: [(name: String, value: String)] = [], content: () throws(Failure) -> Void = {}
  ) throws(Failure) {
    guard !isFinished, depth > 0 || !hasRoot else {
      throw XMLWriter.misuse("a document has one root, `\(name)` would be another")
    }
    try start(name)
    var seen: Set<String> = []
    for attribute in attributes {
      guard seen.insert(attribute.name).inserted else {
        throw XMLWriter.misuse("the attribute `\(attribute.name)` of `\(name)` stands twice")
      }
      try XMLWriter.checkName(attribute.name)
      let value = XMLText.writable(attribute.value)
      try call { xmlTextWriterWriteAttribute(writer, attribute.name, value) }
    }
    try content()
    try end()
  }

  /// Writes a document type declaration, before the root.
  /// - Throws: behind the root, or when there is no memory.
  public func documentType(_ name: String, publicID: String, systemID: String) throws(Failure) {
    guard !hasRoot else { throw XMLWriter.misuse("the document type stands before the root") }
    try XMLWriter.checkName(name)
    try call { xmlTextWriterWriteDTD(writer, name, publicID, systemID, nil) }
  }

  /// Writes text inside the element whose content is being written. It reads back as it is, but for what XML cannot carry.
  /// - Throws: outside of the root element, or when there is no memory.
  public func text(_ text: String) throws(Failure) {
    guard depth > 0 else { throw XMLWriter.misuse("text stands inside the root element only") }
    let writable = XMLText.writable(text)
    try call { xmlTextWriterWriteString(writer, writable) }
    guard mixedDepth == nil else { return }
    mixedDepth = depth
    try check(xmlTextWriterSetIndent(writer, 0))
  }

  /// The document, with a line end at its end. Nothing can be written afterwards.
  /// - Throws: when no root was written, or when there is no memory.
  public func finish() throws(Failure) -> String {
    guard hasRoot, depth == 0 else { throw XMLWriter.misuse("a document has one root, and it is complete") }
    if !isFinished {
      isFinished = true
      try call { xmlTextWriterEndDocument(writer) }
      try call { xmlTextWriterFlush(writer) }
    }
    guard let content = xmlBufferContent(buffer) else { throw XMLWriter.refused }
    return String(decoding: UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))), as: UTF8.self)
  }

  private func start(_ name: String) throws(Failure) {
    try XMLWriter.checkName(name)
    try call { xmlTextWriterStartElement(writer, name) }
    hasRoot = true
    depth += 1
  }

  private func end() throws(Failure) {
    if mixedDepth == depth {
      mixedDepth = nil
      try check(xmlTextWriterSetIndent(writer, 1))
      // Children may have been the last; libxml2 leaves out the line end before the tag only right behind text.
      try call { xmlTextWriterWriteString(writer, "") }
    }
    depth -= 1
    try call { xmlTextWriterEndElement(writer) }
  }

  private static func checkName(_ name: String) throws(Failure) {
    guard XMLText.isName(name) else { throw misuse("`\(name)` is not a name that XML knows") }
  }

  private func call(_ body: () -> Int32) throws(Failure) { try check(LibXML2.silently(body)) }

  private func check(_ answer: Int32) throws(Failure) {
    if answer < 0 { throw XMLWriter.refused }
  }

  private static func misuse(_ problem: String) -> Failure { Failure(doing: "writing XML", problem: problem) }

  /// Names and order are checked before libxml2 is asked, so that memory is what is left to run out of.
  private static let refused = Failure(
    doing: "writing XML", problem: "libxml2 has no memory for it", help: "Free memory, then run the command again.")
}
