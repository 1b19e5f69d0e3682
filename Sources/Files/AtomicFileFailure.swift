import Diagnostics
import Platform

extension Failure {
  /// What the system refused, in its own words, with the way out where there is one.
  /// - Parameters:
  ///   - doing: an -ing phrase that names the thing: `writing spaceform.lock`.
  ///   - code: the `errno` of the call that failed.
  public static func system(_ doing: String, code: CInt) -> Failure {
    let help =
      switch code {
      case ENOSPC: "Free some space on that disk and run the command again."
      case EDQUOT: "Free some of your disk quota and run the command again."
      case EFBIG: "Raise the file size limit (`ulimit -f`) and run the command again."
      case EACCES, EPERM: "Check who may write there (`ls -ld`), or run as the user who owns it."
      case EROFS: "The file system is mounted read-only: run where the project can be written to."
      case EBUSY: "It is a mount point of its own: mount the folder that holds it instead."
      case EISDIR: "A folder stands where the file should be: move it away."
      case EMFILE, ENFILE: "Raise the limit of open files (`ulimit -n`) and run the command again."
      case ENOENT, ENOTDIR: "Make the folder it belongs in, or name another place."
      case ELOOP: "Its symbolic links lead in a circle: remove one of them."
      case ENAMETOOLONG: "Choose a shorter path."
      case EIO: "The disk reports a fault: check it, or choose another place."
      default: "Check the file and the disk it is on, then run the command again."
      }
    return Failure(doing: doing, problem: String(cString: strerror(code)), help: help)
  }
}
