import CLibGit2

/// How a text changes, line by line, as libgit2 writes it.
public enum UnifiedDiff {
  public enum Outcome: Sendable, Hashable {
    /// Hunks with three lines of context each, without the lines that name the two files; empty for equal texts.
    case hunks(String)
    /// One of the two has a zero byte near its start, which git takes for "not text".
    case binary
  }

  /// Nil when libgit2 cannot say, for want of memory.
  public static func between(_ old: [UInt8], and new: [UInt8]) -> Outcome? {
    guard LibGit2.problem == nil else { return nil }
    var options = git_diff_options()
    guard git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) == 0 else { return nil }
    options.context_lines = 3
    var patch: OpaquePointer?
    let status = old.withUnsafeBytes { old in
      new.withUnsafeBytes { new in
        git_patch_from_buffers(&patch, old.baseAddress, old.count, nil, new.baseAddress, new.count, nil, &options)
      }
    }
    guard status == 0, let patch else { return nil }
    defer { git_patch_free(patch) }
    if let delta = git_patch_get_delta(patch), delta.pointee.flags & GIT_DIFF_FLAG_BINARY.rawValue != 0 { return .binary }
    var buffer = git_buf()
    guard git_patch_to_buf(&buffer, patch) == 0 else { return nil }
    defer { git_buf_dispose(&buffer) }
    guard let start = buffer.ptr else { return .hunks("") }
    let bytes = UnsafeRawBufferPointer(start: start, count: buffer.size)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let hunks = lines.drop { !$0.starts(with: Array("@@ ".utf8)) }
    return .hunks(String(decoding: Array(hunks.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self))
  }
}
