import Diagnostics
import Platform

extension GitRepository {
  /// Whether one commit is the other, or comes before it; nil when this clone is shallow and the answer is in the part it does not have.
  /// - Parameters:
  ///   - first: a full id; the repository need not have it.
  ///   - second: the id of a commit that it has.
  public func isAncestor(_ first: String, of second: String) throws(Failure) -> Bool? {
    if first == second { return true }
    let doing = "looking for \(first.prefix(12)) in the history of \(second.prefix(12))"
    let isShallow = try program.run(["rev-parse", "--is-shallow-repository"], doing: doing)
    if try program.run(["merge-base", "--is-ancestor", first, second], doing: doing).status == 0 { return true }
    // What a whole history does not have is not in it.
    return GitRepository.line(isShallow.bytes) == "true" ? nil : false
  }

  /// The newest commit that two have in common; nil when they have none, or this clone does not have it or one of the two.
  public func mergeBase(_ first: String, _ second: String) throws(Failure) -> String? {
    let answer = try program.run(
      ["merge-base", "--end-of-options", first, second],
      doing: "looking for what \(first.prefix(12)) and \(second.prefix(12)) have in common")
    return answer.status == 0 ? GitRepository.line(answer.bytes) : nil
  }

  /// The same for a shallow clone: the commits alone, without files, are fetched into a repository that is thrown away.
  public func isAncestor(
    _ first: String, of second: String, asking remote: String, _ environment: [String: String], seconds: Double = 60
  ) throws(Failure) -> Bool {
    let place = FileManager.default.temporaryDirectory.path + "/spaceform-history-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let history = try BareRepository(making: place)
    let source = try GitRemote(
      remote, branch: "", projectFolder: workDirectory, environment: environment, seconds: seconds)
    try source.fetchHistory(of: second, into: history)
    return try source.isAncestor(first, of: second, in: history)
  }
}
