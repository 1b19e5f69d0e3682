import HTTP

/// A request as a command line for curl, as `HF_DEBUG` shows it (facts hub-api section 1.1).
///
/// It says what was asked and gives nothing away: no token, no body (values of secrets and contents of files are in bodies), and no
/// query of an address that is signed.
enum CurlLine {
  /// - Parameter isSigned: the address came from an answer, and its query may be a credential.
  static func text(_ request: HTTPRequest, isSigned: Bool) -> String {
    var words = ["curl", "-X", request.method.rawValue]
    for header in request.headers.sorted(by: { $0.name < $1.name }) {
      let isPrivate = ["authorization", "proxy-authorization", "cookie"].contains(header.name.lowercased())
      words += ["-H", quoted("\(header.name): \(isPrivate ? "<token>" : header.value)")]
    }
    if request.body.length > 0 { words += ["--data-binary", quoted("<\(request.body.length) bytes>")] }
    words.append(quoted(isSigned ? request.url.withoutQuery : request.url.text))
    return words.joined(separator: " ")
  }

  private static func quoted(_ text: String) -> String {
    "'" + ForeignText.plain(text).replacing("'", with: "'\\''") + "'"
  }
}
