import Diagnostics
import Markdown

extension BacklogChecks {
  mutating func checkHierarchy(_ index: Int, _ item: Item) {
    let kind = item.kind
    guard let parent = item.parent else {
      if kind != .epic {
        note(
          .hierarchy, "the \(kind.rawValue) \(item.id.value) lies in no \(kind == .subtask ? "story" : "epic")",
          help: "Move it under `children` of the item it belongs to.", at: item.id, of: item)
      }
      return checkEmptyEpic(item)
    }
    let above = backlog.items[parent]
    if !above.kind.allowsInside.contains(kind) {
      note(
        .hierarchy, "a \(kind.rawValue) cannot lie in the \(above.kind.rawValue) \(above.id.value)",
        help: "Epics hold stories, tasks and bugs; those hold sub-tasks.", at: item.id, of: item)
    }
  }

  private mutating func checkEmptyEpic(_ item: Item) {
    guard item.kind == .epic, item.children.isEmpty, !item.isDone else { return }
    note(
      .hierarchy, .warning, "the epic \(item.id.value) holds nothing", help: "Add the stories it stands for, or remove it.",
      at: item.id, of: item)
  }

  mutating func checkNames(_ item: Item) {
    let project = backlog.project
    check(item.components, among: project.components.map(\.name), "component", of: item)
    check(item.versions, among: project.versions.map(\.name), "version", of: item)
    check(item.priority.map { [$0] } ?? [], among: project.priorities, "priority", of: item)
    check(item.role.map { [$0] } ?? [], among: project.team.map(\.name), "role", of: item)
    check(item.assignee.map { [$0] } ?? [], among: project.users.keys.sorted(), "person", of: item)
  }

  private mutating func check(_ names: [Placed<String>], among known: [String], _ what: String, of item: Item) {
    for name in names where !known.contains(name.value) {
      let nearest = Suggestion.nearest(to: name.value, among: known)
      note(
        .unknownName, "project.yaml names no \(what) `\(name.value)`",
        help: nearest.map { "Did you mean `\($0)`?" } ?? "Add it there, or name another.", at: name, of: item)
    }
  }

  mutating func checkEstimate(_ index: Int, _ item: Item) {
    if item.children.isEmpty {
      guard item.kind != .epic, !backlog.isDone(index) else { return }
      if item.estimate == nil {
        note(.estimate, "\(item.id.value) has no estimate", help: "Add `estimate: 2d`, say.", at: item.id, of: item)
      } else if backlog.role(of: index) == nil {
        note(
          .estimate, "nobody knows whose work \(item.id.value) is", help: "Add `role:` to it or to the item it lies in.",
          at: item.id, of: item)
      }
      return
    }
    guard let stated = item.estimate else { return }
    let sum = item.children.compactMap(backlog.estimate(of:)).reduce(WorkTime(minutes: 0), +)
    guard sum != stated.value else { return }
    let hours = backlog.project.hoursPerDay
    note(
      .estimate,
      "\(item.id.value) is estimated at \(stated.value.text(hoursPerDay: hours)), its parts at \(sum.text(hoursPerDay: hours))",
      help: "Correct one of them, or leave the estimate to the parts.", at: stated, of: item)
  }

  mutating func checkAcceptance(_ item: Item) {
    guard item.acceptance == nil, item.kind.level == 1 else { return }
    note(
      .acceptance, "the \(item.kind.rawValue) \(item.id.value) has no acceptance criteria",
      help: "Write under `acceptance: |` what must hold for it to be done.", at: item.id, of: item)
  }

  mutating func checkDates(_ item: Item) {
    let calendar = backlog.project.calendar
    for date in [item.notBefore, item.due].compactMap(\.self) {
      if let reason = calendar.reasonOff(date.value) {
        note(
          .dayOff, .warning, "nobody works on \(date.value): \(reason)", help: "Name a day that is worked.", at: date, of: item)
      } else if date.value < calendar.start {
        note(
          .dayOff, .warning, "\(date.value) is before the project begins on \(calendar.start)",
          help: "Name a later day, or leave it out.", at: date, of: item)
      }
    }
    if let first = item.notBefore, let due = item.due, due.value < first.value {
      note(
        .dayOff, "\(item.id.value) is due before it may begin on \(first.value)", help: "Correct one of the two dates.",
        at: due,
        of: item)
    }
  }

  mutating func checkProof(_ index: Int, _ item: Item) {
    guard let proof = item.proof else {
      let isLeaf = item.children.isEmpty
      if isLeaf, backlog.isDone(index) {
        note(
          .proof, "\(item.id.value) is done, and nothing proves it", help: "Add `proof: { file: …, test: … }`.", at: item.id,
          of: item)
      }
      return
    }
    guard item.isDone else {
      return note(
        .proof, "\(item.id.value) has a proof and is not done", help: "Add `status: done`, or remove the proof.", at: proof,
        of: item)
    }
    guard let proofText else { return }
    guard let text = proofText(proof.value.file) else {
      return note(
        .proof, "there is no file \(proof.value.file)", help: "Name a test file, from the repository's top.", at: proof,
        of: item)
    }
    if !text.utf8.contains(subsequence: proof.value.test.utf8) {
      note(
        .proof, "\(proof.value.file) holds no test `\(proof.value.test)`", help: "Write its name as it stands in the file.",
        at: proof, of: item)
    }
  }
}

extension String.UTF8View {
  /// Whether the bytes of another text stand in this one.
  fileprivate func contains(subsequence other: String.UTF8View) -> Bool {
    let (text, wanted) = (Array(self), Array(other))
    guard !wanted.isEmpty, text.count >= wanted.count else { return wanted.isEmpty }
    return (0...text.count - wanted.count).contains { start in
      text[start] == wanted[0] && text[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}
