import CLibCurl
import Platform

/// One exchange while libcurl works on it. Made, used and dropped on the driver's thread alone.
final class CurlTransfer {
  typealias Completion = @Sendable (Result<HTTPResponse, TransportFailure>) -> Void

  let id: UInt64
  let handle: UnsafeMutableRawPointer
  let request: HTTPRequest
  let options: TransportOptions
  private let completion: Completion
  var fields: UnsafeMutablePointer<curl_slist>?
  let errorText: UnsafeMutablePointer<CChar>
  var file: Int32 = -1
  var sent = 0
  var headers = HeaderFields()
  var received = Data()
  var isTooLarge = false
  /// What the receiver has said of the stream.
  var hasEnough = false
  var isComplete = false
  /// Whether the destination has been told where the body begins.
  var hasBegun = false
  /// Why the destination has not taken what came.
  var unkept: String?
  private let began = Monotonic.seconds()
  var status = 0
  var headEnded: Double?
  var lastByte: Double = 0

  init(
    id: UInt64, handle: UnsafeMutableRawPointer, request: HTTPRequest, options: TransportOptions,
    completion: @escaping Completion
  ) {
    self.id = id
    self.handle = handle
    self.request = request
    self.options = options
    self.completion = completion
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    clibcurl_list_free(fields)
    errorText.deallocate()
    if file >= 0 { close(file) }
  }

  /// A stream that is read for as long as it lasts.
  var isFollowed: Bool { request.receiver != nil && request.drain == nil }

  /// Who takes the body instead of this transfer.
  var receiver: HTTPRequest.Receiver? { (200..<300).contains(status) ? request.receiver : nil }

  /// When a drained stream counts as complete, on the monotonic clock; nil for ordinary answers and before the head.
  var drainDeadline: Double? {
    guard let drain = request.drain, let headEnded else { return nil }
    return min(lastByte + (hasEnough ? drain.idleAfterEnough : drain.idle), headEnded + drain.total)
  }

  /// Ends the exchange with libcurl's result.
  func finish(_ code: CURLcode) {
    if let unkept {
      return completion(.failure(TransportFailure(cause: .body, message: unkept, mayHaveArrived: true)))
    }
    let wentQuiet = code == CURLE_OPERATION_TIMEDOUT && isFollowed && headEnded != nil
    guard code == CURLE_OK || isTooLarge || isComplete || wentQuiet else {
      var systemError = 0
      clibcurl_get_long(handle, CURLINFO_OS_ERRNO, &systemError)
      var failure = TransportFailure(
        code: code, detail: ForeignText.plain(String(cString: errorText)), systemError: Int32(truncatingIfNeeded: systemError),
        host: request.url.hostAndPort, connectTimeout: options.connectTimeout, idleTimeout: options.idleTimeout,
        mayHaveArrived: mayHaveArrived)
      if failure.cause == .timeout, mayHaveArrived, Monotonic.seconds() - began >= Double(options.callTimeout) - 0.1 {
        failure.message = "\(request.url.hostAndPort) had not answered in full after \(options.callTimeout) s"
      }
      failure.headers = headers
      return completion(.failure(failure))
    }
    complete()
  }

  /// Ends the exchange with what has come so far.
  func complete() {
    var status = 0
    clibcurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    completion(
      .success(HTTPResponse(status: status, headers: headers, body: received, url: request.url, isTooLarge: isTooLarge)))
  }

  func cancel() { completion(.failure(.cancelled(mayHaveArrived: mayHaveArrived))) }

  func fail(_ failure: TransportFailure) { completion(.failure(failure)) }

  /// libcurl counts the bytes of requests it has sent; a proxy's CONNECT that was refused is not our request.
  var mayHaveArrived: Bool {
    var size = 0
    var tunnel = 0
    var begun: curl_off_t = 0
    clibcurl_get_long(handle, CURLINFO_REQUEST_SIZE, &size)
    clibcurl_get_long(handle, CURLINFO_HTTP_CONNECTCODE, &tunnel)
    clibcurl_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T, &begun)
    return begun > 0 || (size > 0 && (tunnel == 0 || (200..<300).contains(tunnel)))
  }

  /// The transfer that a callback of libcurl is about.
  static func of(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
    context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
  }
}
