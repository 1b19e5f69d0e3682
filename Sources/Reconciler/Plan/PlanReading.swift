import Diagnostics
import SpaceModel

/// The JSON form of a plan, read back to be shown. What it would do, and what it is bound to, is not in it and not made up.
extension SavedPlan {
  /// - Parameter name: the file's name, for messages.
  public func plan(name: String) throws(Failure) -> Plan {
    do throws(Unreadable) {
      return try Plan(json)
    } catch {
      throw Failure(
        doing: "reading the saved plan \(name)", problem: "\(error.what) is missing, or not what a plan has there",
        help: "Make it again with `spaceform plan --out \(name)`", status: .stale)
    }
  }
}

/// A member that is not as `Plan.json` writes it.
private struct Unreadable: Error {
  var what: String
  init(_ what: String) { self.what = what }
}

extension Plan {
  fileprivate init(_ json: JSONValue) throws(Unreadable) {
    self.init(
      project: try json.text("project"), hub: try json.text("hub"),
      spaces: try json.list("spaces") { space throws(Unreadable) in try SpacePlan(space) },
      totals: try Totals(json["totals"] ?? .null),
      refusals: try json.list("findings") { refusal throws(Unreadable) in try Refusal(refusal) })
    refresh = try json.name("refresh")
    if let chosen = json["selection"] {
      selection = SpaceSelection(targets: try chosen.texts("target"), excludes: try chosen.texts("exclude"))
      leftOut = try chosen.number("left_out")
    }
  }
}

extension SpacePlan {
  fileprivate init(_ json: JSONValue) throws(Unreadable) {
    self.init(
      address: try json.address("address"), action: try json.name("action"), origin: try json.name("origin"))
    changes = try json.list("changes") { change throws(Unreadable) in try Change(change) }
    files = try json.list("files") { file throws(Unreadable) in try FileChange(file) }
    blocked = try json["blocked"].map { refusal throws(Unreadable) in try Refusal(refusal) }
    blockedContent = try json["blocked_content"].map { refusal throws(Unreadable) in try Refusal(refusal) }
    movedFrom = json["moved_from"] == nil ? nil : try json.address("moved_from")
    notes = try json.texts("notes")
    foreignCommits = try json.texts("foreign_commits")
    if let keys = json["unmanaged"] {
      unmanaged = UnmanagedKeys(variables: try keys.texts("variables"), secrets: try keys.texts("secrets"))
    }
    stage = json["stage"] == nil ? nil : Stage(rawValue: try json.text("stage"))
  }
}

extension Change {
  fileprivate init(_ json: JSONValue) throws(Unreadable) {
    self.init(
      path: try json.text("path"), old: json.present("old"), new: json.present("new"), effect: try json.name("effect"),
      origin: try json.name("origin"), isPredicted: json["predicted"] == true, isSecret: json["secret"] == true)
  }
}

extension FileChange {
  fileprivate init(_ json: JSONValue) throws(Unreadable) {
    self.init(
      path: try json.text("path"), operation: try json.name("op"), old: json.present("old")?.stringValue,
      new: json.present("new")?.stringValue, size: try json.number("size"))
    if json["diff"] != nil {
      difference = .hunks(try json.text("diff"))
    } else if json["diff_omitted"] != nil {
      difference = .omitted(try json.text("diff_omitted"))
    }
  }
}

extension Refusal {
  fileprivate init(_ json: JSONValue) throws(Unreadable) {
    guard let status = ExitStatus(rawValue: Int32(clamping: try json.number("exit_status"))) else {
      throw Unreadable("exit_status")
    }
    self.init(try json.text("reason"), help: try json.text("help"), status: status)
  }
}

extension Totals {
  fileprivate init(_ json: JSONValue) throws(Unreadable) {
    self.init()
    restarts = try json.number("restarts")
    restartsAtMost = json.present("restarts_at_most")?.intValue ?? restarts
    rebuilds = try json.number("rebuilds")
    calls = try json.number("calls")
    quotaLeft = json.present("quota_left")?.intValue
    upperBefore = try json.money("usd_upper", "before")
    upperAfter = try json.money("usd_upper", "after")
    estimateBefore = try json.money("usd_estimate", "before")
    estimateAfter = try json.money("usd_estimate", "after")
    unpriced = try json.texts("unpriced").map(Flavour.init(rawValue:))
  }
}

/// Members by the name they have, which is also what a message calls them.
extension JSONValue {
  fileprivate func present(_ name: String) -> JSONValue? { self[name] == .null ? nil : self[name] }

  fileprivate func text(_ name: String) throws(Unreadable) -> String {
    guard let text = self[name]?.stringValue else { throw Unreadable(name) }
    return text
  }

  fileprivate func number(_ name: String) throws(Unreadable) -> Int {
    guard let number = self[name]?.intValue else { throw Unreadable(name) }
    return number
  }

  fileprivate func name<Value: RawRepresentable>(_ name: String) throws(Unreadable) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: try text(name)) else { throw Unreadable(name) }
    return value
  }

  fileprivate func address(_ name: String) throws(Unreadable) -> SpaceID {
    guard let address = SpaceID(try text(name)) else { throw Unreadable(name) }
    return address
  }

  /// A list that may be left out where it is empty.
  fileprivate func list<Value>(
    _ name: String, _ read: (JSONValue) throws(Unreadable) -> Value
  ) throws(Unreadable) -> [Value] {
    guard let member = self[name] else { return [] }
    guard let elements = member.arrayValue else { throw Unreadable(name) }
    var values: [Value] = []
    for element in elements { values.append(try read(element)) }
    return values
  }

  fileprivate func texts(_ name: String) throws(Unreadable) -> [String] {
    try list(name) { element throws(Unreadable) in
      guard let text = element.stringValue else { throw Unreadable(name) }
      return text
    }
  }

  fileprivate func money(_ name: String, _ part: String) throws(Unreadable) -> Money {
    switch self[name]?[part] {
    case .int(let usd): Money(usd: Double(usd))
    case .double(let usd): Money(usd: usd)
    default: throw Unreadable(name)
    }
  }
}
