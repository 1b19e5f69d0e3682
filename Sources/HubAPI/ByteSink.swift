/// Takes the bytes of a file in order, as they come, so that a file of any size needs the same memory.
///
/// Called from one thread at a time, which may be any.
public protocol ByteSink: Sendable {
  /// Takes more bytes. False ends the transfer: they cannot be kept.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool

  /// Forgets what has come: the file begins again. False ends the transfer.
  func restart() -> Bool
}
