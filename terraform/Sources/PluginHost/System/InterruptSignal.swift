#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Ctrl-C in a debugging session, where no Terraform owns the process.
enum InterruptSignal {
  nonisolated(unsafe) private static var arrived: sig_atomic_t = 0

  /// From here on the signal is kept until somebody waits for it.
  static func keep() {
    for number in [SIGINT, SIGTERM] { signal(number) { _ in InterruptSignal.arrived = 1 } }
  }

  static func wait() async {
    while arrived == 0 { try? await Task.sleep(for: .milliseconds(100)) }
  }
}
