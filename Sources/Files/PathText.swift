import Platform

/// A path or a name as the system gives it: bytes, which mostly are UTF-8.
public struct PathText: Hashable, Sendable {
  /// What is no UTF-8 shows as U+FFFD.
  public let text: String
  /// Whether the text is what the system has, so that the file is found by it.
  public let isExact: Bool

  public init(cString bytes: UnsafePointer<CChar>) {
    text = String(cString: bytes)
    isExact = text.withCString { strcmp($0, bytes) == 0 }
  }

  public init(_ bytes: ArraySlice<UInt8>) {
    text = String(decoding: bytes, as: UTF8.self)
    isExact = text.utf8.elementsEqual(bytes)
  }
}

/// A path compared as the system compares it, byte by byte: to `String` the two spellings of `é` are one.
public struct ExactPath: Hashable, Sendable {
  public let text: String

  public init(_ text: String) { self.text = text }

  public static func == (left: ExactPath, right: ExactPath) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
