import CLibXML2
import Diagnostics

extension XMLReader {
  /// How many elements of each name a file holds, read from front to back without keeping any: proof that a file of any size is
  /// well-formed, and complete.
  /// - Throws: when it cannot be read, or is not well-formed, with the line where that shows.
  public static func elementCounts(ofFile path: String) throws(Failure) -> [String: Int] {
    LibXML2.start()
    let result = LibXML2.silently { () -> Result<[String: Int], Failure> in
      guard let context = xmlCreateFileParserCtxt(path) else {
        return .failure(failure(path, "it cannot be opened", line: 0))
      }
      defer { xmlFreeParserCtxt(context) }
      // The parser hands each element over and keeps nothing. Names are the parser's own, one address for each.
      var names: [UnsafePointer<xmlChar>: Int] = [:]
      var handler = xmlSAXHandler()
      handler.initialized = UInt32(XML_SAX2_MAGIC)
      handler.startElementNs = { receiver, name, _, _, _, _, _, _, _ in
        guard let receiver, let name else { return }
        receiver.assumingMemoryBound(to: [UnsafePointer<xmlChar>: Int].self).pointee[name, default: 0] += 1
      }
      let own = context.pointee.sax
      let status = withUnsafeMutablePointer(to: &names) { names in
        withUnsafeMutablePointer(to: &handler) { handler in
          context.pointee.sax = handler
          context.pointee.userData = UnsafeMutableRawPointer(names)
          defer {
            context.pointee.sax = own
            context.pointee.userData = UnsafeMutableRawPointer(context)
          }
          _ = xmlCtxtUseOptions(context, CInt(XML_PARSE_NONET.rawValue) | CInt(XML_PARSE_HUGE.rawValue))
          return xmlParseDocument(context)
        }
      }
      guard status == 0, context.pointee.wellFormed == 1 else {
        let error = xmlCtxtGetLastError(context)
        let words = error?.pointee.message.map { String(cString: $0) } ?? "it is not well-formed"
        return .failure(failure(path, words, line: Int(error?.pointee.line ?? 0)))
      }
      return .success(Dictionary(names.map { (String(cString: $0), $1) }, uniquingKeysWith: +))
    }
    return try result.get()
  }
}
