import HTTP
import HubAPI

extension HubClient {
  /// Pages of one listing: a million Spaces or files, ten times what the Hub allows a repository. More is a server that never ends.
  static let mostPages = 1000

  /// Reads page after page by the `Link` header until there is no next one or `limit` elements are there.
  ///
  /// The next address is taken as the Hub wrote it (it holds an opaque cursor), but only on the Hub's own origin: the token
  /// goes with it.
  func pages<Element: Decodable>(
    _ first: HubCall, of type: Element.Type, expected: String, limit: Int = .max
  ) async throws(HubError) -> [Element] {
    var elements: [Element] = []
    var call = first
    var seen: Set<WebAddress> = []
    while true {
      let response = try await perform(call)
      let page = try decode([Element].self, from: response, call, expected: expected)
      if elements.isEmpty { elements = page } else { elements += page }
      guard elements.count < limit, let link = LinkHeader.next(in: response.headers) else { break }
      guard let next = response.url.resolving(link), next.origin == WebAddress(endpoint)?.origin else {
        throw malformed(response, call, expected: "the next page on \(endpoint)", found: "the link leads elsewhere")
      }
      guard seen.insert(next).inserted else {
        throw malformed(response, call, expected: "a further page", found: "the link leads to one already read")
      }
      guard seen.count < HubClient.mostPages else {
        throw malformed(response, call, expected: "at most \(HubClient.mostPages) pages", found: "there is still another one")
      }
      call.address = next
    }
    return elements.count > limit ? Array(elements.prefix(limit)) : elements
  }
}
