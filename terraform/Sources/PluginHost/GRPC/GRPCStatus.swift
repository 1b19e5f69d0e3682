/// The end of a call that failed.
public struct GRPCStatus: Error, Hashable, Sendable {
  /// gRPC's status code.
  public var code: Int
  public var message: String

  public init(code: Int, message: String) {
    self.code = code
    self.message = message
  }

  public static func cancelled(_ message: String) -> GRPCStatus { GRPCStatus(code: 1, message: message) }
  public static func invalidArgument(_ message: String) -> GRPCStatus { GRPCStatus(code: 3, message: message) }
  public static func tooLarge(_ message: String) -> GRPCStatus { GRPCStatus(code: 8, message: message) }
  public static func unimplemented(_ message: String) -> GRPCStatus { GRPCStatus(code: 12, message: message) }
  public static func `internal`(_ message: String) -> GRPCStatus { GRPCStatus(code: 13, message: message) }

  /// The message as the header `grpc-message` carries it: printable ASCII but for the percent sign, the rest percent-encoded.
  var encodedMessage: String {
    message.utf8.map { byte in
      if (0x20..<0x7f).contains(byte), byte != UInt8(ascii: "%") { return String(Unicode.Scalar(byte)) }
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.count < 2 ? "0" : "") + hex
    }.joined()
  }
}
