import SpaceModel
import Testing

@testable import Reconciler

@Suite("Marks of operations") struct OperationMarksTests {
  private func plan(_ action: SpacePlan.Action, _ changes: [Change], files: [FileChange] = [], blocked: Bool = false) -> Plan {
    var space = SpacePlan(address: Scene.chat, action: action)
    space.changes = changes
    space.files = files
    if blocked { space.blocked = Refusal("no", help: "no") }
    return Plan(project: "demos", hub: "local", spaces: [space], totals: Totals())
  }

  private func change(_ path: String, _ old: JSONValue?, _ new: JSONValue?) -> Change {
    Change(path: path, old: old, new: new, effect: .restart)
  }

  @Test("what is left of a plan that was cut off is within it")
  func rest() {
    let file = FileChange(path: "app.py", operation: .add, old: nil, new: "aa", size: 3)
    let whole = OperationMarks(plan(.create, [change("sdk", nil, "docker"), change("variables.A", nil, "1")], files: [file]))
    var later = file
    (later.operation, later.old) = (.update, "bb")
    #expect(OperationMarks(plan(.update, [change("variables.A", "0", "1")], files: [later])).isWithin(whole))
    #expect(OperationMarks(plan(.verify, [])).isWithin(whole))
    #expect(!whole.isWithin(OperationMarks(plan(.update, [change("variables.A", "0", "1")]))))
  }

  @Test("another value, file, Space or kind of act is not")
  func beyond() {
    let reviewed = OperationMarks(plan(.update, [change("variables.A", "0", "1")]))
    for other in [
      plan(.update, [change("variables.A", "0", "2")]), plan(.update, [change("variables.B", "0", "1")]), plan(.destroy, []),
      plan(.replace, [change("variables.A", "0", "1")]), plan(.adopt, []), plan(.update, [change("variables.A", "0", nil)]),
      plan(.update, [], files: [FileChange(path: "app.py", operation: .delete, old: "aa", new: nil, size: 3)]),
    ] { #expect(!OperationMarks(other).isWithin(reviewed)) }
    #expect(OperationMarks(plan(.destroy, [], blocked: true)).marks.isEmpty)
  }
}
