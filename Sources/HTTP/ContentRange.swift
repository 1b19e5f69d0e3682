/// The `Content-Range` header of RFC 9110 section 14.4: `bytes 100-199/1000`.
package enum ContentRange {
  /// The first byte that comes; nil for anything that is not such a range.
  package static func start(of text: String) -> Int? {
    guard let range = range(text), let dash = range.firstIndex(of: "-"), let start = Int(range[..<dash]), start >= 0 else {
      return nil
    }
    return start
  }

  /// Bytes of the whole; nil when it is not named.
  package static func size(of text: String) -> Int? {
    guard range(text) != nil, let slash = text.firstIndex(of: "/"), let size = Int(text[text.index(after: slash)...]), size >= 0
    else { return nil }
    return size
  }

  private static func range(_ text: String) -> Substring? {
    guard text.lowercased().hasPrefix("bytes ") else { return nil }
    return text.dropFirst(6).prefix { $0 != "/" }
  }
}
