import CLibGit2
import Diagnostics

/// The library as a whole: made ready on first use, because its start costs milliseconds that a run without git should not pay.
enum LibGit2 {
  /// Whether the library is ready; a nil text means it is.
  static let problem: String? = {
    guard git_libgit2_init() > 0 else { return lastError(-1) }
    // The one extension it can live with but does not know (facts swift-building-blocks section 2, "Traps").
    let extensions: [StaticString] = ["worktreeconfig"]
    var names: [UnsafePointer<CChar>?] = extensions.map { name in
      UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }
    let status = clibgit2_set_extensions(&names, names.count)
    return status == 0 ? nil : lastError(status)
  }()

  /// libgit2's own words for its last failure in this thread. A decoration: the words may be stale, only the code decides.
  static func lastError(_ code: Int32) -> String {
    guard let error = git_error_last(), let message = error.pointee.message else { return "libgit2 error \(code)" }
    return "\(String(cString: message)) (libgit2 error \(code))"
  }

  static func text(_ id: UnsafePointer<git_oid>) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(GIT_OID_HEXSZ) + 1) { buffer in
      guard let start = buffer.baseAddress, let text = git_oid_tostr(start, buffer.count, id) else { return "" }
      return String(cString: text)
    }
  }
}
