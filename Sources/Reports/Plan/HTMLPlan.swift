import Console
import Diagnostics
import Reconciler
import SpaceModel

/// A plan as one page that needs nothing beside it: a block to open for each Space, and within it for the changes of each file.
public struct HTMLPlan {
  /// Up to so many Spaces are shown open.
  private static let mostOpen = 8

  public init() {}

  /// - Throws: when there is no memory.
  public func text(_ plan: Plan) throws(Failure) -> String {
    let summary = PlanSummary(style: .plain).lines(plan)
    return try HTMLPage.text(title: "Plan for \(plan.project)", style: HTMLStyle.text) { page throws(Failure) in
      try page.element("header") { () throws(Failure) in
        try page.element("h1", text: summary[0])
        for line in summary.dropFirst() { try page.element("p", text: line) }
        for refusal in plan.refusals { try self.refused(page, refusal) }
      }
      try page.element("main") { () throws(Failure) in
        let spaces = plan.spaces.filter(HumanPlan.isShown)
        for space in spaces { try self.section(page, space, isOpen: spaces.count <= Self.mostOpen || space.isBlocked) }
        if spaces.isEmpty { try page.element("p", text: "Every Space is as defined.") }
      }
      try page.element("footer") { () throws(Failure) in
        try page.element("p", text: "Project \(plan.project) on \(plan.hub). Operations \(plan.operationsDigest)")
      }
    }
  }

  private func section(_ page: HTMLPage, _ space: SpacePlan, isOpen: Bool) throws(Failure) {
    let human = HumanPlan.plain
    let open: KeyValuePairs = isOpen ? ["class": kind(space), "open": "open"] : ["class": kind(space)]
    try page.element("details", open) { () throws(Failure) in
      try page.element("summary") { () throws(Failure) in
        try page.element("span", ["class": "mark"], text: human.mark(space.action))
        try page.element("code", text: space.address.description)
        try page.element("span", ["class": "verb"], text: human.verb(space))
        for badge in badges(space) { try page.element("span", ["class": "badge"], text: badge) }
      }
      for refusal in [space.blocked, space.blockedContent].compactMap(\.self) { try refused(page, refusal) }
      if !space.foreignCommits.isEmpty { try list(page, "Commits that are not ours", space.foreignCommits) }
      try table(page, space)
      for file in space.files { try HTMLFile(page: page).write(file) }
      if !space.notes.isEmpty { try list(page, "Notes", space.notes) }
      if !space.unmanaged.isEmpty {
        try list(page, "Not managed here", space.unmanaged.variables + space.unmanaged.secrets)
      }
    }
  }

  /// What the page's colours go by.
  private func kind(_ space: SpacePlan) -> String {
    if space.isBlocked { return "blocked" }
    return switch space.action {
    case .create, .adopt: "create"
    case .destroy, .replace: "destroy"
    case .update, .move: "update"
    case .forget, .verify, .none: "other"
    }
  }

  private func badges(_ space: SpacePlan) -> [String] {
    var badges: [String] = []
    if space.isBlocked { badges.append("blocked") }
    if space.origin == .drift { badges.append("drift") }
    if [.update, .move, .adopt].contains(space.action), space.effect >= .restart {
      badges.append(space.effect >= .rebuild ? "rebuild" : "restart")
    }
    if !space.files.isEmpty { badges.append(counted(space.files.count, "file")) }
    return badges
  }

  private func table(_ page: HTMLPage, _ space: SpacePlan) throws(Failure) {
    let changes = space.changes.filter { $0.path != "content" && $0.path != "address" }
    guard !changes.isEmpty else { return }
    try page.element("table") { () throws(Failure) in
      try page.element("tr") { () throws(Failure) in
        for title in ["Setting", "Now", "Then", "Effect"] { try page.element("th", text: title) }
      }
      for change in changes {
        try page.element("tr") { () throws(Failure) in
          try page.element("td") { () throws(Failure) in try page.element("code", text: change.path) }
          try value(page, change.old, of: change, missing: space.action == .create ? "" : "not set")
          try value(page, change.new, of: change, missing: "removed")
          try page.element("td", text: effect(change, space))
        }
      }
    }
  }

  private func value(_ page: HTMLPage, _ json: JSONValue?, of change: Change, missing: String) throws(Failure) {
    try page.element("td") { () throws(Failure) in
      switch json {
      // Of a secret only words are known.
      case let json? where json != .null && change.isSecret: try page.text(json.stringValue ?? "(secret)")
      case .array(let volumes) where change.path == "volumes":
        for volume in volumes { try page.element("div", text: VolumeText.line(volume)) }
        if volumes.isEmpty { try page.element("span", ["class": "dim"], text: "none") }
      case let json? where json != .null: try page.element("code", text: OneLine.whole(json))
      default: try page.element("span", ["class": "dim"], text: missing)
      }
    }
  }

  private func effect(_ change: Change, _ space: SpacePlan) -> String {
    var words: [String] = []
    if space.action != .create {
      switch change.effect {
      case .none, .inPlace: break
      case .restart: words.append("restarts")
      case .rebuild: words.append("rebuilds")
      case .replace: words.append("replaces")
      }
    }
    if change.origin == .drift, space.origin == .wanted { words.append("drift") }
    if change.isPredicted { words.append("predicted") }
    return words.joined(separator: ", ")
  }

  private func list(_ page: HTMLPage, _ title: String, _ items: [String]) throws(Failure) {
    try page.element("h2", text: title)
    try page.element("ul") { () throws(Failure) in
      for item in items { try page.element("li", text: item) }
    }
  }

  private func refused(_ page: HTMLPage, _ refusal: Refusal) throws(Failure) {
    try page.element("div", ["class": "refused"]) { () throws(Failure) in
      try page.element("p") { () throws(Failure) in
        try page.element("b", text: "Blocked: ")
        try page.text(refusal.reason)
      }
      try page.element("p", text: refusal.help)
    }
  }
}
