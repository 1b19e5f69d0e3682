/// Proxies by the usual environment variables, read from the environment we were given rather than the process's own.
package struct ProxySettings: Hashable, Sendable {
  private var http: String?
  private var https: String?
  /// Hosts reached directly, as curl's `no_proxy` is written.
  package var exceptions: String

  package init(environment: [String: String]) {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    let all = first("all_proxy", "ALL_PROXY")
    // Upper-case HTTP_PROXY is left out, as in curl: a web server sets it from a request header.
    http = first("http_proxy") ?? all
    https = first("https_proxy", "HTTPS_PROXY") ?? all
    exceptions = first("no_proxy", "NO_PROXY") ?? ""
  }

  /// The proxy for an address, or the empty string for none (which also keeps libcurl from looking itself).
  package func proxy(for address: WebAddress) -> String {
    (address.origin.scheme == "https" ? https : http) ?? ""
  }
}
