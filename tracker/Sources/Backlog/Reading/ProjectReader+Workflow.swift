import Diagnostics
import YAML

extension ProjectReader {
  mutating func workflow(_ reader: NodeReader) -> Workflow? {
    guard let node = reader.entry("workflow")?.value else { return nil }
    var found: [Finding] = []
    defer { append(found) }
    let known = ["name", "statuses", "transitions"]
    let members = NodeReader(node, file: file, what: "`workflow`", known: known, findings: &found)
    guard node.entries != nil, let name = members.text("name", isRequired: true, &found) else { return nil }
    let statuses = members.elements("statuses", &found).compactMap { node -> Placed<Workflow.Status>? in
      let status = NodeReader(node, file: file, what: "a status", known: ["name", "category"], findings: &found)
      guard let name = status.text("name", isRequired: true, &found) else { return nil }
      if !status.has("category") { status.missing("category", &found) }
      let category = status.parsed("category", as: "new, indeterminate or done", &found) { Workflow.Category(rawValue: $0) }
      return category.map { name.with(.init(name: name.value, category: $0.value)) }
    }
    let names = Set(statuses.map(\.value.name))
    var transitions: [Workflow.Transition] = []
    for node in members.elements("transitions", &found) {
      let transition = NodeReader(node, file: file, what: "a transition", known: ["name", "from", "to"], findings: &found)
      guard let name = transition.text("name", isRequired: true, &found),
        let to = transition.text("to", isRequired: true, &found)
      else { continue }
      let from = transition.texts("from", &found)
      for status in from + [to] where !names.contains(status.value) {
        let nearest = Suggestion.nearest(to: status.value, among: names.sorted()).map { "Did you mean `\($0)`?" }
        found.append(
          .backlog(
            .workflow, "`\(status.value)` is not a status of the workflow",
            help: nearest ?? "Name one of: \(names.sorted().joined(separator: ", ")).", status.span(in: file)))
      }
      transitions.append(.init(name: name.value, from: from.map(\.value), to: to.value))
    }
    guard let first = statuses.first else {
      if !found.hasErrors {
        found.append(
          .backlog(
            .workflow, "the workflow has no status", help: "Write them under `statuses`, one a line.", name.span(in: file)))
      }
      return nil
    }
    let workflow = Workflow(name: name.value, statuses: statuses.map(\.value), transitions: transitions)
    let reached = workflow.reachedStatuses
    for status in statuses where !reached.contains(status.value.name) {
      found.append(
        .backlog(
          .workflow, "no transition leads to `\(status.value.name)`", help: "Add one, or leave the status out.",
          status.span(in: file)))
    }
    if !statuses.contains(where: { $0.value.category == .done }) {
      found.append(
        .backlog(.workflow, "no status has the category done", help: "Mark the last one.", first.span(in: file)))
    }
    return workflow
  }
}

extension Workflow {
  /// Names of the statuses an item gets to from the first one.
  var reachedStatuses: Set<String> {
    var reached: Set<String> = [initial.name]
    while true {
      let next = transitions.filter { $0.from.isEmpty || !reached.isDisjoint(with: $0.from) }.map(\.to)
      guard !reached.isSuperset(of: next) else { return reached }
      reached.formUnion(next)
    }
  }
}
