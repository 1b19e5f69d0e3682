import Platform

/// Where trusted certificates are read from.
///
/// libcurl knows one place, fixed when it was built; a statically linked program meets other distributions.
package enum CertificateBundle {
  /// Variables that name a bundle, in order; the last two are what Python programs beside us honour.
  package static let variables = ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"]

  /// Debian, Fedora, openSUSE, RHEL, Alpine and macOS, FreeBSD, Homebrew.
  package static let usualPlaces = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem", "/usr/local/share/certs/ca-root-nss.crt",
    "/opt/homebrew/etc/ca-certificates/cert.pem",
  ]

  /// A named bundle is used even when the file is missing, so that the failure names it. Nil leaves the choice to libcurl.
  package static func path(
    environment: [String: String], exists: (String) -> Bool = { FileManager.default.isReadableFile(atPath: $0) }
  ) -> String? {
    for variable in variables {
      if let path = environment[variable], !path.isEmpty { return path }
    }
    return usualPlaces.first(where: exists)
  }
}
