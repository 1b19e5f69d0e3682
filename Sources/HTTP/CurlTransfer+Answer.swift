import CLibCurl
import Platform

/// What a transfer makes of the bytes that come.
extension CurlTransfer {
  func setAnswer(_ context: UnsafeMutableRawPointer) {
    clibcurl_set_io(handle, CURLOPT_WRITEFUNCTION, bodyArrived)
    clibcurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    clibcurl_set_io(handle, CURLOPT_HEADERFUNCTION, headerArrived)
    clibcurl_set_pointer(handle, CURLOPT_HEADERDATA, context)
  }

  func take(header line: String) {
    if line.hasPrefix("HTTP/") {
      headers = HeaderFields()
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      return
    }
    if line.isEmpty {
      headEnded = Monotonic.seconds()
      lastByte = Monotonic.seconds()
      receiver?.begin(headers)
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...]
    headers.append(String(line[..<colon]), String(value.drop { $0 == " " || $0 == "\t" }))
  }

  /// False ends the exchange: the answer is larger than any the Hub gives, or no more of it is wanted.
  func take(body bytes: UnsafeRawBufferPointer) -> Bool {
    if let receiver {
      switch receiver.take(Data(bytes)) {
      case .nothing: return true
      case .news: break
      case .enough: hasEnough = true
      case .complete:
        isComplete = true
        return false
      }
      lastByte = Monotonic.seconds()
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
}

private func bodyArrived(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let isWanted = CurlTransfer.of(context)?.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? false
  return isWanted ? size * count : 0
}

private func headerArrived(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let raw = UnsafeRawBufferPointer(start: bytes, count: size * count)
  var line = raw[...]
  while let last = line.last, last == 0x0A || last == 0x0D || last == 0x20 { line = line.dropLast() }
  CurlTransfer.of(context)?.take(header: String(decoding: line, as: UTF8.self))
  return size * count
}
