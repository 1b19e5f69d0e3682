import CLibCurl
import Platform

/// Why no complete answer came.
package struct TransportFailure: Error, Sendable {
  package enum Cause: Hashable, Sendable {
    case name, connection, tls, timeout
    /// The connection was lost, or the answer was not HTTP or ended early.
    case answer
    /// The file to send could not be read.
    case body
    case cancelled
    /// The request could not even be tried: a bad address, a missing certificate file.
    case setup
  }

  package var cause: Cause
  /// One phrase with the host in it, no full stop.
  package var message: String
  /// Whether any part of the request may have reached the server.
  package var mayHaveArrived: Bool
  /// Of the answer whose head had come, if one had.
  package var headers: HeaderFields?

  package init(cause: Cause, message: String, mayHaveArrived: Bool, headers: HeaderFields? = nil) {
    self.cause = cause
    self.message = message
    self.mayHaveArrived = mayHaveArrived
    self.headers = headers
  }

  package static func cancelled(mayHaveArrived: Bool) -> TransportFailure {
    TransportFailure(cause: .cancelled, message: "interrupted while waiting for the Hub", mayHaveArrived: mayHaveArrived)
  }
}

extension TransportFailure {
  /// Puts libcurl's result into plain words.
  ///
  /// - Parameters:
  ///   - detail: libcurl's error buffer, for what has no words of its own.
  ///   - systemError: `errno` of a failed connect; 0 when unknown.
  ///   - mayHaveArrived: whether the request, or a part of it, was handed to a connection.
  package init(
    code: CURLcode, detail: String, systemError: Int32, host: String, connectTimeout: Int, idleTimeout: Int,
    mayHaveArrived: Bool
  ) {
    let (cause, message): (Cause, String) =
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST: (.name, "could not resolve the name \(host)")
      case CURLE_COULDNT_RESOLVE_PROXY: (.name, "could not resolve the proxy's name")
      case CURLE_COULDNT_CONNECT:
        (.connection, "could not connect to \(host)" + TransportFailure.reason(systemError, detail))
      case CURLE_OPERATION_TIMEDOUT:
        mayHaveArrived
          ? (.timeout, "\(host) sent nothing for \(idleTimeout) s")
          : (.timeout, "no connection to \(host) within \(connectTimeout) s")
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR:
        (.tls, "the certificate of \(host) is not trusted (\(detail)); SSL_CERT_FILE names another set of authorities")
      case CURLE_SSL_CACERT_BADFILE:
        (.setup, "the file of trusted certificates could not be read (\(detail)); check SSL_CERT_FILE")
      case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM:
        (.connection, "no TLS connection to \(host)" + (detail.isEmpty ? "" : " (\(detail))"))
      case CURLE_URL_MALFORMAT: (.setup, "not a usable address for \(host)")
      case CURLE_GOT_NOTHING: (.answer, "\(host) closed the connection without an answer")
      case CURLE_PARTIAL_FILE: (.answer, "the answer of \(host) ended early")
      case CURLE_BAD_CONTENT_ENCODING: (.answer, "the answer of \(host) could not be decompressed")
      case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
        (.answer, "\(host) answered with something that is not HTTP")
      case CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM:
        (.answer, "the connection to \(host) was lost" + TransportFailure.reason(systemError, detail))
      case CURLE_ABORTED_BY_CALLBACK, CURLE_READ_ERROR: (.body, "the file to send could not be read to its end")
      default: (.answer, "the exchange with \(host) failed" + (detail.isEmpty ? "" : " (\(detail))"))
      }
    self.init(cause: cause, message: message, mayHaveArrived: mayHaveArrived)
  }

  private static func reason(_ systemError: Int32, _ detail: String) -> String {
    switch systemError {
    case 0: detail.isEmpty ? "" : " (\(detail))"
    case ECONNREFUSED: ": connection refused"
    case ECONNRESET: ": connection reset"
    case ETIMEDOUT: ": timed out"
    case ENETUNREACH, EHOSTUNREACH: ": no route to it"
    default: ": system error \(systemError)"
    }
  }
}
