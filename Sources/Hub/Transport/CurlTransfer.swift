import CLibCurl
import Platform

/// One exchange while libcurl works on it. Made, used and dropped on the driver's thread alone.
final class CurlTransfer {
  typealias Completion = @Sendable (Result<HTTPResponse, TransportFailure>) -> Void

  let id: UInt64
  let handle: UnsafeMutableRawPointer
  private let request: HTTPRequest
  private let options: TransportOptions
  private let completion: Completion
  private var fields: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  private var file: Int32 = -1
  private var sent = 0
  private var headers = HeaderFields()
  private var received = Data()
  private var isTooLarge = false
  /// Whether the destination has been told where the body begins.
  private var hasBegun = false
  /// Why the destination has not taken what came.
  private var unkept: String?
  private let began = Monotonic.seconds()
  private var status = 0
  private var headEnded: Double?
  private var lastByte: Double = 0

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

  /// Opens the file to send and sets every option.
  func prepare() throws(TransportFailure) {
    if case .file(let path, let offset, let length) = request.body {
      file = open(path, O_RDONLY | O_CLOEXEC)
      var status = stat()
      guard file >= 0, fstat(file, &status) == 0, Int(status.st_size) >= offset + length else {
        let problem = file < 0 ? "could not be opened" : "is shorter than announced"
        throw TransportFailure(cause: .body, message: "\(path) \(problem)", mayHaveArrived: false)
      }
    }
    let context = Unmanaged.passUnretained(self).toOpaque()
    clibcurl_set_string(handle, CURLOPT_URL, request.url.text)
    clibcurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    clibcurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    clibcurl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
    clibcurl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Wait to learn whether the first connection multiplexes, instead of opening sixteen; without TLS it never does.
    clibcurl_set_long(handle, CURLOPT_PIPEWAIT, request.url.origin.scheme == "https" ? 1 : 0)
    // A file that may be asked for from its middle on comes as it is.
    if request.destination == nil { clibcurl_set_string(handle, CURLOPT_ACCEPT_ENCODING, "gzip") }
    clibcurl_set_long(handle, CURLOPT_CONNECTTIMEOUT, options.connectTimeout)
    clibcurl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    clibcurl_set_long(handle, CURLOPT_LOW_SPEED_TIME, isFollowed ? options.streamIdleTimeout : options.idleTimeout)
    if !request.movesFile, request.drain == nil, request.receiver == nil {
      clibcurl_set_long(handle, CURLOPT_TIMEOUT, options.callTimeout)
    }
    clibcurl_set_string(handle, CURLOPT_PROXY, options.proxies.proxy(for: request.url))
    clibcurl_set_string(handle, CURLOPT_NOPROXY, options.proxies.exceptions)
    if let bundle = options.certificateFile { clibcurl_set_string(handle, CURLOPT_CAINFO, bundle) }
    clibcurl_set_buffer(handle, CURLOPT_ERRORBUFFER, errorText)
    setHeaders()
    setBody(context)
    clibcurl_set_io(handle, CURLOPT_WRITEFUNCTION, bodyArrived)
    clibcurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    clibcurl_set_io(handle, CURLOPT_HEADERFUNCTION, headerArrived)
    clibcurl_set_pointer(handle, CURLOPT_HEADERDATA, context)
  }

  /// A stream that is read for as long as it lasts.
  private var isFollowed: Bool { request.receiver != nil && request.drain == nil }

  /// Who takes the body instead of this transfer.
  private var receiver: HTTPRequest.Receiver? { (200..<300).contains(status) ? request.receiver : nil }

  private func setHeaders() {
    // An empty Expect stops libcurl from waiting for "100 Continue" before larger bodies, and an empty type from calling every body
    // that has none a form.
    var lines = ["Expect:"]
    if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
    for line in lines + request.headers.map({ "\($0.name): \($0.value)" }) {
      if let longer = clibcurl_list_append(fields, line) { fields = longer }
    }
    clibcurl_set_list(handle, CURLOPT_HTTPHEADER, fields)
  }

  private func setBody(_ context: UnsafeMutableRawPointer) {
    if request.method == .get {
      clibcurl_set_long(handle, CURLOPT_HTTPGET, 1)
      return
    }
    clibcurl_set_long(handle, CURLOPT_POST, 1)
    clibcurl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    clibcurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.length))
    clibcurl_set_io(handle, CURLOPT_READFUNCTION, bodyWanted)
    clibcurl_set_pointer(handle, CURLOPT_READDATA, context)
    clibcurl_set_seek(handle, CURLOPT_SEEKFUNCTION, bodyRewound)
    clibcurl_set_pointer(handle, CURLOPT_SEEKDATA, context)
    // libcurl sends a request again by itself when a reused connection dies before the first byte of an answer. A body stops
    // that, because rewinding it is refused below; a write without one must not be on a reused connection at all.
    if !request.isRepeatable, request.body.length == 0 { clibcurl_set_long(handle, CURLOPT_FRESH_CONNECT, 1) }
  }

  fileprivate func take(header line: String) {
    if line.hasPrefix("HTTP/") {
      headers = HeaderFields()
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      return
    }
    if line.isEmpty {
      headEnded = Monotonic.seconds()
      lastByte = Monotonic.seconds()
      receiver?.begin()
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...]
    headers.append(String(line[..<colon]), String(value.drop { $0 == " " || $0 == "\t" }))
  }

  /// False ends the exchange: the answer is larger than any the Hub gives.
  fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Bool {
    if let receiver {
      if receiver.take(Data(bytes)) { lastByte = Monotonic.seconds() }
      return true
    }
    lastByte = Monotonic.seconds()
    if let destination = request.destination, let start = startOfFile {
      if !hasBegun, !destination.begin(at: start) {
        unkept = "\(request.url.hostAndPort) sent another part of the file than the one asked for"
      } else if !destination.take(bytes) {
        unkept = "the bytes that came could not be kept"
      }
      hasBegun = true
      return unkept == nil
    }
    if !request.movesFile || request.destination != nil, received.count + bytes.count > options.largestAnswer {
      isTooLarge = true
      received = Data()
      return false
    }
    received.append(contentsOf: bytes)
    return true
  }

  /// Which byte of the file the answer begins with; nil when the answer is not the file.
  private var startOfFile: Int? {
    var status = 0
    clibcurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    switch status {
    case 200: return 0
    case 206: return headers["content-range"].flatMap { ContentRange.start(of: $0) }
    default: return nil
    }
  }

  fileprivate func fill(_ target: UnsafeMutableRawBufferPointer) -> Int {
    let remaining = request.body.length - sent
    guard remaining > 0, let base = target.baseAddress else { return 0 }
    let wanted = min(remaining, target.count)
    switch request.body {
    case .none: return 0
    case .bytes(let bytes):
      bytes.withUnsafeBytes { source in
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[sent..<sent + wanted]))
      }
      sent += wanted
      return wanted
    case .file(_, let offset, _):
      let count = pread(file, base, wanted, off_t(offset + sent))
      guard count > 0 else { return Int(CURL_READFUNC_ABORT) }
      sent += count
      return count
    }
  }

  fileprivate func rewind(to position: Int) -> Bool {
    guard request.isRepeatable, position >= 0, position <= request.body.length else { return false }
    sent = position
    return true
  }

  /// When a drained stream counts as complete, on the monotonic clock; nil for ordinary answers and before the head.
  var drainDeadline: Double? {
    guard let drain = request.drain, let headEnded else { return nil }
    return min(lastByte + drain.idle, headEnded + drain.total)
  }

  /// Ends the exchange with libcurl's result.
  func finish(_ code: CURLcode) {
    if let unkept {
      return completion(.failure(TransportFailure(cause: .body, message: unkept, mayHaveArrived: true)))
    }
    let wentQuiet = code == CURLE_OPERATION_TIMEDOUT && isFollowed && headEnded != nil
    guard code == CURLE_OK || isTooLarge || wentQuiet else {
      var systemError = 0
      clibcurl_get_long(handle, CURLINFO_OS_ERRNO, &systemError)
      var failure = TransportFailure(
        code: code, detail: AnswerText.plain(String(cString: errorText)), systemError: Int32(truncatingIfNeeded: systemError),
        host: request.url.hostAndPort, connectTimeout: options.connectTimeout, idleTimeout: options.idleTimeout,
        mayHaveArrived: mayHaveArrived)
      if failure.cause == .timeout, mayHaveArrived, Monotonic.seconds() - began >= Double(options.callTimeout) - 0.1 {
        failure.message = "\(request.url.hostAndPort) had not answered in full after \(options.callTimeout) s"
      }
      failure.requestID = ErrorAnswer.requestID(headers)
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
  private var mayHaveArrived: Bool {
    var size = 0
    var tunnel = 0
    var begun: curl_off_t = 0
    clibcurl_get_long(handle, CURLINFO_REQUEST_SIZE, &size)
    clibcurl_get_long(handle, CURLINFO_HTTP_CONNECTCODE, &tunnel)
    clibcurl_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T, &begun)
    return begun > 0 || (size > 0 && (tunnel == 0 || (200..<300).contains(tunnel)))
  }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
  context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private func bodyArrived(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let isWanted = transfer(context)?.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? false
  return isWanted ? size * count : 0
}

private func headerArrived(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let raw = UnsafeRawBufferPointer(start: bytes, count: size * count)
  var line = raw[...]
  while let last = line.last, last == 0x0A || last == 0x0D || last == 0x20 { line = line.dropLast() }
  transfer(context)?.take(header: String(decoding: line, as: UTF8.self))
  return size * count
}

private func bodyWanted(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  transfer(context)?.fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

private func bodyRewound(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
  let accepted = origin == SEEK_SET && transfer(context)?.rewind(to: Int(offset)) == true
  return accepted ? Int32(CURL_SEEKFUNC_OK) : Int32(CURL_SEEKFUNC_FAIL)
}
