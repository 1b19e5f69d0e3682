import Diagnostics
import Platform

/// Adds to the end of a file that others may add to as well: what earlier steps of a job wrote stays.
public enum AppendedFile {
  /// The file is made when there is none.
  public static func append(_ text: String, to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeDescriptor(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func failure(_ path: String) -> Failure {
    Failure(doing: "writing to \(path)", problem: String(cString: strerror(errno)), help: "Check that it can be written to.")
  }
}
