import CLibCurl

/// An `http` or `https` URL as libcurl itself reads it.
///
/// Which host gets the token is decided with the parser that also opens the connection, so that no spelling of a URL can name one
/// host here and another there.
package struct WebAddress: Hashable, Sendable, CustomStringConvertible {
  /// Scheme, host and port: what a token may be sent to.
  package struct Origin: Hashable, Sendable {
    package var scheme: String
    package var host: String
    package var port: String
  }

  package let text: String
  package let origin: Origin
  package let path: String
  /// User name or password inside the URL.
  package let hasCredentials: Bool

  package init?(_ text: String) { self.init(base: nil, text) }

  /// A `Location` or `href` read relative to this address.
  package func resolving(_ reference: String) -> WebAddress? { WebAddress(base: self, reference) }

  /// `host`, or `host:port` when the port is not the scheme's own.
  package var hostAndPort: String {
    let usual = origin.scheme == "https" ? "443" : "80"
    return origin.port == usual ? origin.host : "\(origin.host):\(origin.port)"
  }

  /// Without the query, which may hold a signature.
  package var withoutQuery: String { String(text.prefix { $0 != "?" && $0 != "#" }) }

  package var description: String { withoutQuery }

  private init?(base: WebAddress?, _ reference: String) {
    guard !reference.isEmpty, !reference.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }), let handle = clibcurl_url() else {
      return nil
    }
    defer { clibcurl_url_cleanup(handle) }
    if let base, clibcurl_url_set(handle, CURLUPART_URL, base.text, 0) != CURLUE_OK { return nil }
    guard clibcurl_url_set(handle, CURLUPART_URL, reference, 0) == CURLUE_OK,
      let text = WebAddress.part(CURLUPART_URL, of: handle), let scheme = WebAddress.part(CURLUPART_SCHEME, of: handle),
      let host = WebAddress.part(CURLUPART_HOST, of: handle),
      let port = WebAddress.part(CURLUPART_PORT, of: handle, flags: UInt32(CURLU_DEFAULT_PORT)),
      scheme.lowercased() == "http" || scheme.lowercased() == "https", !host.isEmpty
    else { return nil }
    self.text = text
    origin = Origin(scheme: scheme.lowercased(), host: host.lowercased(), port: port)
    path = WebAddress.part(CURLUPART_PATH, of: handle) ?? "/"
    hasCredentials =
      WebAddress.part(CURLUPART_USER, of: handle) != nil || WebAddress.part(CURLUPART_PASSWORD, of: handle) != nil
  }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer, flags: UInt32 = 0) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard clibcurl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
    defer { clibcurl_free(text) }
    return String(cString: text)
  }
}
