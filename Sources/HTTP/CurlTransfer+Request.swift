import CLibCurl
import Platform

/// What a transfer sends.
extension CurlTransfer {
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
    setAnswer(context)
  }

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

  func fill(_ target: UnsafeMutableRawBufferPointer) -> Int {
    let remaining = request.body.length - sent
    guard remaining > 0, let base = target.baseAddress else { return 0 }
    let wanted = min(remaining, target.count)
    switch request.body {
    case .none: return 0
    case .bytes(let bytes): return copy(bytes[...], to: base, wanted)
    case .slice(let bytes): return copy(bytes, to: base, wanted)
    case .file(_, let offset, _):
      let count = pread(file, base, wanted, off_t(offset + sent))
      guard count > 0 else { return Int(CURL_READFUNC_ABORT) }
      sent += count
      return count
    }
  }

  private func copy(_ bytes: ArraySlice<UInt8>, to target: UnsafeMutableRawPointer, _ count: Int) -> Int {
    bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      target.copyMemory(from: start + sent, byteCount: count)
    }
    sent += count
    return count
  }

  func rewind(to position: Int) -> Bool {
    guard request.isRepeatable, position >= 0, position <= request.body.length else { return false }
    sent = position
    return true
  }
}

private func bodyWanted(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  CurlTransfer.of(context)?.fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

private func bodyRewound(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
  let accepted = origin == SEEK_SET && CurlTransfer.of(context)?.rewind(to: Int(offset)) == true
  return accepted ? Int32(CURL_SEEKFUNC_OK) : Int32(CURL_SEEKFUNC_FAIL)
}
