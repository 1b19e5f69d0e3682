import Diagnostics
import Foundation

extension Failure {
  /// What the system refused, in its own words, with the way out where there is one.
  /// - Parameters:
  ///   - doing: a phrase that follows "while".
  ///   - code: the `errno` of the call that failed.
  public static func system(_ doing: String, code: CInt) -> Failure {
    let help: String? =
      switch code {
      case ENOSPC: "Free some space on that disk and run the command again."
      case EDQUOT: "Free some of your disk quota and run the command again."
      case EFBIG: "Raise the file size limit (`ulimit -f`) and run the command again."
      case EACCES, EPERM: "Check who may write there (`ls -ld`), or run as the user who owns it."
      case EROFS: "The file system is mounted read-only: run where the project can be written to."
      case EBUSY: "It is a mount point of its own: mount the folder that holds it instead."
      case EISDIR: "A folder stands where the file should be: move it away."
      case EMFILE, ENFILE: "Raise the limit of open files (`ulimit -n`) and run the command again."
      default: nil
      }
    return Failure(doing: doing, problem: String(cString: strerror(code)), help: help)
  }
}
