import CI
import CodeHosts
import Diagnostics
import Files
import Reconciler
import Reports
import SpaceModel

/// What was agreed to: the operations of the plan that a reviewer saw.
struct ReviewedPlan: Sendable {
  var digest: String
  var marks: OperationMarks
  /// Where it is from, for messages.
  var origin: String

  /// The facts of a comment's marker.
  init?(facts: [String: String], origin: String) {
    guard let digest = facts["digest"] else { return nil }
    self.digest = digest
    self.origin = origin
    marks = OperationMarks((facts["marks"] ?? "").split(separator: ".").map(String.init))
  }

  /// What `--reviewed` names: a digest, or a plan that was saved.
  init(named text: String) throws(Failure) {
    if text.hasPrefix("sha256:") {
      (digest, marks, origin) = (text, OperationMarks([]), "--reviewed")
      return
    }
    guard let bytes = try AtomicFile.read(text) else {
      throw Failure(
        doing: "reading the reviewed plan", problem: "there is no file \(text)",
        help: "Pass the file that `spaceform ci plan` saved, or its operations digest.", status: .usage)
    }
    let saved = try SavedPlan(bytes: bytes, name: text)
    (digest, marks, origin) = (saved.operationsDigest, OperationMarks([]), text)
  }

  /// The plan in the comment of the change request that a commit was merged with; nil when there is none.
  init?(mergedWith revision: String, _ posting: Posting, _ context: JobContext) async throws(Failure) {
    for change in try await posting.changes(of: revision) {
      guard let facts = try await posting.facts(of: context.marker(.plan), on: change),
        let found = ReviewedPlan(facts: facts, origin: "the comment on \(change)")
      else { continue }
      self = found
      return
    }
    return nil
  }

  /// Whether a plan does nothing beyond what was agreed to.
  func covers(_ plan: Plan) -> Bool {
    plan.operationsDigest == digest || plan.actionable.isEmpty || OperationMarks(plan).isWithin(marks)
  }
}
