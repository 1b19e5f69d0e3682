#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// How the process takes signals.
enum CrashSignals {
  /// Ignores Ctrl-C, which goes to the whole process group and which Terraform turns into StopProvider; and makes the last words
  /// of a crash begin with `panic: `, without which Terraform does not show them. Swift's own begin with `Fatal error: `.
  static func install() {
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] {
      signal(number) { number in
        let words: StaticString = "panic: the provider crashed; the lines above say where, TF_LOG=debug says more\n"
        words.withUTF8Buffer { _ = write(2, $0.baseAddress, $0.count) }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}
