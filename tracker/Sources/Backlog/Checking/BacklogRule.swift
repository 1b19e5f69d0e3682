/// What `check` can find: a number that keeps its meaning, and what it is about in one sentence.
public enum BacklogRule: String, CaseIterable, Sendable {
  case unreadable = "ST001"
  case unknownKey = "ST002"
  case missingKey = "ST003"
  case badValue = "ST004"
  case duplicateID = "ST005"
  case unknownReference = "ST006"
  case dependencyCycle = "ST007"
  case hierarchy = "ST008"
  case unknownName = "ST009"
  case estimate = "ST010"
  case acceptance = "ST011"
  case length = "ST012"
  case label = "ST013"
  case uncarriedText = "ST014"
  case dayOff = "ST015"
  case proof = "ST016"
  case lateItem = "ST017"
  case emptyBacklog = "ST018"
  case workflow = "ST019"

  public var id: String { rawValue }

  public var summary: String {
    switch self {
    case .unreadable: "A file that is not the YAML that is read here."
    case .unknownKey: "A key that no item or project has; the nearest known one is named."
    case .missingKey: "A key that every item or project needs is not there."
    case .badValue: "A value of the wrong type or form: an estimate, a date, an id, a number out of range."
    case .duplicateID: "Two items with one id, or with the same number in it, which Jira's importers see."
    case .unknownReference: "A dependency on an item that is not in the backlog, or on itself."
    case .dependencyCycle: "Items that wait for each other, directly or through what they lie in."
    case .hierarchy:
      "An item that lies where its kind cannot, such as a story outside an epic, or an epic without anything in it."
    case .unknownName: "A component, version, priority, role or person that project.yaml does not name."
    case .estimate: "Work without an estimate or without a role, or an estimate that is not the sum of its parts."
    case .acceptance: "A story, task or bug without acceptance criteria."
    case .length:
      "A summary over 255 characters or on two lines, or a description over 32,767 characters once it is wiki markup."
    case .label: "A label with a space or a sign that Jira splits at, or one that the export makes itself."
    case .uncarriedText:
      "Text that a target cannot carry as it is: control characters, code that holds both of Jira's code tags."
    case .dayOff: "A date on which nobody works, before the project begins, or a due date before the earliest start."
    case .proof:
      "A delivered item without a test that proves it, a proof that is not there, or a proof of what is not delivered."
    case .lateItem: "A due date that the schedule does not keep."
    case .emptyBacklog: "A backlog without a single item."
    case .workflow: "A workflow with a status nobody reaches, a transition to nowhere, or no status for what is done."
    }
  }
}
