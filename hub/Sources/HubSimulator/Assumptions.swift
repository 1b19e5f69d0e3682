/// What no source settles about the Hub (facts hub-api section 10), as switches with documented defaults.
public struct Assumptions: Codable, Hashable, Sendable {
  private var chosen: [String: String] = [:]

  public init() {}

  /// One switch.
  public struct Switch: Hashable, Sendable {
    public var name: String
    /// The values it takes; empty when it takes a whole number.
    public var values: [String]
    public var standard: String
    public var meaning: String
  }

  public static let switches: [Switch] = [
    Switch(
      name: "default-visibility", values: ["public", "private"], standard: "public",
      meaning: "what a create that names no visibility makes"),
    Switch(
      name: "list-limit", values: [], standard: "1000",
      meaning: "the largest page GET /api/spaces and the lists of an owner's repositories give"),
    Switch(
      name: "list-volumes", values: ["no", "yes"], standard: "no",
      meaning: "whether the runtime in lists names volumes"),
    Switch(
      name: "protected-private", values: ["true", "false"], standard: "true",
      meaning: "what `private` says of a protected Space"),
    Switch(
      name: "info-visibility", values: ["no", "yes"], standard: "no",
      meaning: "whether info names `visibility`, so that protected can be read back"),
    Switch(
      name: "unpaid-hardware", values: ["402", "403"], standard: "402",
      meaning: "the status for paid hardware without a payment method"),
    Switch(
      name: "same-value", values: ["restart", "keep"], standard: "restart",
      meaning: "whether writing a key with the value it has restarts the Space"),
    Switch(
      name: "restart-coalescing", values: ["yes", "no"], standard: "yes",
      meaning: "whether a change that comes while the app is being started leads to no start of its own"),
    Switch(
      name: "omitted-description", values: ["keep", "clear"], standard: "keep",
      meaning: "what a key written without a description does to the one it has"),
    Switch(
      name: "paused-write", values: ["keep", "restart"], standard: "keep",
      meaning: "whether a change to a paused Space starts it"),
    Switch(
      name: "never-sleeps", values: ["null", "-1"], standard: "null",
      meaning: "what gcTimeout says of a Space that never sleeps"),
    Switch(
      name: "keys-readable-by", values: ["member", "write-token"], standard: "member",
      meaning: "who may list variables and secrets: every token of someone who may write, or write tokens only"),
    Switch(
      name: "oidc-writes", values: ["all", "content"], standard: "all",
      meaning: "what an exchanged token may change on its Space"),
    Switch(
      name: "same-tree", values: ["commit", "ignore"], standard: "commit",
      meaning: "whether a commit that changes nothing is made (and rebuilds)"),
    Switch(
      name: "moved-read", values: ["redirect", "not-found"], standard: "redirect",
      meaning: "what a GET on a Space's old address answers (307 or 404)"),
    Switch(
      name: "moved-write", values: ["not-found", "redirect"], standard: "not-found",
      meaning: "what a write to a Space's old address answers"),
    Switch(
      name: "concurrent-creates", values: ["refuse", "allow"], standard: "refuse",
      meaning: "whether two creates of one account at once are refused with 409"),
    Switch(
      name: "create-time", values: [], standard: "0",
      meaning: "milliseconds a create takes, during which another one is refused"),
    Switch(
      name: "create-quota", values: [], standard: "0",
      meaning: "creates and duplicates an account may make in five minutes, 429 beyond; 0 is no limit"),
    Switch(
      name: "commit-quota", values: [], standard: "0",
      meaning: "commits an account may make in five minutes, 429 beyond; 0 is no limit"),
    Switch(
      name: "create-hardware", values: ["honour", "ignore"], standard: "honour",
      meaning: "whether the hardware in a create is taken, or the Space begins on cpu-basic all the same"),
    Switch(
      name: "api-etag", values: ["no", "yes"], standard: "no",
      meaning: "whether JSON answers to GET carry an ETag and honour If-None-Match; files always do"),
    Switch(
      name: "idle-sleep", values: ["no", "yes"], standard: "no",
      meaning: "whether a running Space falls asleep after gcTimeout"),
    Switch(
      name: "duplicate-visibility", values: ["same", "private"], standard: "same",
      meaning: "what a duplicate that names no visibility gets"),
    Switch(
      name: "api-quota", values: [], standard: "0", meaning: "API calls a window for everyone; 0 takes the plan's"),
    Switch(
      name: "lfs-part-size", values: [], standard: "0",
      meaning: "bytes above which an LFS object is sent in parts of this size; 0 takes every object whole"),
    Switch(
      name: "xet-hash", values: ["yes", "no"], standard: "yes",
      meaning: "whether trees name an `xetHash` for large files, which a copy to another repository needs"),
    Switch(
      name: "build-seconds", values: [], standard: "20", meaning: "simulated seconds a full build takes"),
    Switch(
      name: "start-seconds", values: [], standard: "5", meaning: "simulated seconds an app takes to start"),
    Switch(
      name: "hardware-seconds", values: [], standard: "0",
      meaning: "simulated seconds that finding another machine adds to the start after a change of hardware"),
  ]

  /// Sets one switch from `NAME=VALUE`; the error is a sentence for the person who wrote it.
  public mutating func set(_ text: String) throws(Complaint) {
    guard let equals = text.firstIndex(of: "=") else {
      throw Complaint(text: "\(text) is not NAME=VALUE; for example --assume list-limit=100")
    }
    let name = String(text[..<equals])
    let value = String(text[text.index(after: equals)...])
    guard let known = Assumptions.switches.first(where: { $0.name == name }) else {
      let names = Assumptions.switches.map(\.name).joined(separator: ", ")
      throw Complaint(text: "there is no assumption \(name); there are \(names)")
    }
    if known.values.isEmpty {
      guard let number = Int(value), number >= 0 else {
        throw Complaint(text: "\(name) takes a whole number, not \(value)")
      }
    } else if !known.values.contains(value) {
      throw Complaint(text: "\(name) takes \(known.values.joined(separator: " or ")), not \(value)")
    }
    chosen[name] = value
  }

  /// Why a switch was not understood.
  public struct Complaint: Error, Hashable, Sendable, CustomStringConvertible {
    public var text: String
    public var description: String { text }
  }

  public subscript(name: String) -> String {
    chosen[name] ?? Assumptions.switches.first { $0.name == name }?.standard ?? ""
  }

  public func number(_ name: String) -> Int { Int(self[name]) ?? 0 }
}
