/// The `Link` header of a paged answer (RFC 8288; facts hub-api section 2.7).
package enum LinkHeader {
  /// The target of `rel="next"`, exactly as written; nil on the last page.
  package static func next(in headers: HeaderFields) -> String? {
    for field in headers.all("link") {
      var rest = field[...]
      while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
        let target = rest[rest.index(after: open)..<close]
        // A target may hold commas, so parameters are read up to the next "<" rather than the next comma.
        let following = rest[rest.index(after: close)...]
        let parameters = following.prefix { $0 != "<" }
        if isNext(parameters) { return String(target) }
        rest = following[parameters.endIndex...]
      }
    }
    return nil
  }

  private static func isNext(_ parameters: Substring) -> Bool {
    parameters.split(whereSeparator: { $0 == ";" || $0 == "," }).contains { parameter in
      let pair = parameter.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, trimmed(pair[0]).lowercased() == "rel" else { return false }
      return trimmed(pair[1]).split(whereSeparator: { $0 == "\"" || $0 == " " }).contains { $0.lowercased() == "next" }
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
