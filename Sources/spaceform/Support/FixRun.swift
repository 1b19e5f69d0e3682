import Definitions
import Diagnostics
import Files

/// `validate --fix`: applies what is safe to the files of the work tree, and checks again until nothing is left to fix.
struct FixRun {
  let validation: Validation

  struct Outcome {
    /// What is left.
    var result: Validation.Result
    var fixed: Int
    /// Files that were changed, in order.
    var files: [String]
  }

  /// Each round may make room for fixes that overlapped; what is not settled after these is left to a person.
  private static let rounds = 8

  func run() throws(Failure) -> Outcome? {
    guard var result = try validation.run() else { return nil }
    var fixed = 0
    var files: Set<String> = []
    let project = NewFile(folder: validation.folder.path)
    for _ in 0..<Self.rounds {
      let round = try FixRound(result.loaded.findings) { path throws(Failure) in
        // A file behind a symbolic link, or left out by a sparse checkout, is not ours to change.
        guard result.tree.diskPath(path) != nil, (try? project.checked(path)) != nil else { return nil }
        return try result.tree.read(path)
      }
      guard !round.files.isEmpty else { break }
      for (path, bytes) in round.files.sorted(by: { $0.key < $1.key }) { try project.write(bytes, at: path) }
      files.formUnion(round.files.keys)
      fixed += round.fixed.count
      guard let next = try validation.run() else { break }
      result = next
    }
    return Outcome(result: result, fixed: fixed, files: files.sorted())
  }
}
