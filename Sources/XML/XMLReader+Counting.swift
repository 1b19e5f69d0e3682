import CLibXML2
import Diagnostics

extension XMLReader {
  /// How many elements of each name a file holds, read from front to back without keeping any: proof that a file of any size is
  /// well-formed, and complete.
  /// - Throws: when it cannot be read, or is not well-formed, with the line where that shows.
  public static func elementCounts(ofFile path: String) throws(Failure) -> [String: Int] {
    LibXML2.start()
    let result = LibXML2.silently { () -> Result<[String: Int], Failure> in
      let options = CInt(XML_PARSE_NONET.rawValue) | CInt(XML_PARSE_HUGE.rawValue)
      guard let reader = xmlReaderForFile(path, nil, options) else {
        return .failure(failure(path, "it cannot be opened", line: 0))
      }
      defer { xmlFreeTextReader(reader) }
      var counts: [String: Int] = [:]
      var status = xmlTextReaderRead(reader)
      while status == 1 {
        if xmlTextReaderNodeType(reader) == CInt(XML_READER_TYPE_ELEMENT.rawValue), let name = xmlTextReaderConstName(reader) {
          counts[String(cString: name), default: 0] += 1
        }
        status = xmlTextReaderRead(reader)
      }
      guard status == 0 else {
        let error = xmlGetLastError()
        let words = error?.pointee.message.map { String(cString: $0) } ?? "it is not well-formed"
        return .failure(failure(path, words, line: Int(error?.pointee.line ?? 0)))
      }
      return .success(counts)
    }
    return try result.get()
  }
}
