import HubAPI
import HubSimulator
import SpaceModel

/// What somebody else does on the Hub, past the definitions.
package struct ForeignAct: Hashable, Sendable, CustomStringConvertible {
  enum Kind: String, Hashable, Sendable, CaseIterable {
    case theirVariable, ourVariable, theirSecret, ourSecret, dropVariable, hardware, visibility, commit, sameTree, pause,
      restart,
      delete, replace, rename, squat, volumes
  }
  var kind: Kind
  var space: Int
  var value: Int

  package var description: String { "\(kind.rawValue) s\(space) \(value)" }

  static func random(_ generator: inout SeededGenerator, spaces: Int) -> ForeignAct {
    let often: [Kind] = [.theirVariable, .ourVariable, .theirSecret, .ourSecret, .hardware, .commit, .restart]
    return ForeignAct(
      kind: generator.chance(70) ? generator.pick(often) : generator.pick(Kind.allCases),
      space: Int.random(in: 0..<spaces, using: &generator), value: Int.random(in: 0..<1000, using: &generator))
  }

  /// Keys that no definition ever declares.
  static let theirs = "THEIRS"

  /// Does it, where the Hub lets it be done.
  ///
  /// Who takes an address over makes a static Space of a static one: a reference to it names its host, and that no plan can foretell.
  /// - Parameters:
  ///   - address: where the Space is declared to be.
  ///   - isStatic: whether it is declared as static.
  func perform(on hub: SimulatedHub, at address: SpaceID, isStatic: Bool) async {
    try? await hub.rehearse { [self] world, now throws(Refusal) in
      let caller = try world.caller(token: "hf_local", at: now)
      try perform(&world, address, isStatic ? .static : [.docker, .gradio][value % 2], caller, now)
    }
  }

  private func perform(
    _ world: inout World, _ address: SpaceID, _ sdk: SDK, _ caller: Caller, _ now: Timestamp
  ) throws(Refusal) {
    switch kind {
    case .theirVariable: try world.setVariable(Self.theirs, value: "\(value)", note: nil, of: address, by: caller, at: now)
    case .ourVariable: try world.setVariable("ONE", value: "by hand \(value)", note: nil, of: address, by: caller, at: now)
    case .theirSecret:
      try world.setSecret(Self.theirs + "_SECRET", sha256: "\(value)", note: nil, of: address, by: caller, at: now)
    case .ourSecret: try world.setSecret("KEY", sha256: "by hand \(value)", note: nil, of: address, by: caller, at: now)
    case .dropVariable: try world.deleteVariable("ONE", of: address, by: caller, at: now)
    case .hardware:
      try world.requestHardware(
        ["t4-small", .cpuBasic][value % 2], sleepSeconds: nil, for: address, by: caller, at: now)
    case .visibility:
      // Lists say no more than whether a Space is private, and no source what that is for a protected one (facts: hub-api
      // section 10, question 3): a change from it cannot be seen.
      if let hubID = world.hubID(of: address), world.spaces[hubID]?.visibility == .protected { return }
      try world.setSettings(
        World.SettingsChange(visibility: [.public, .private][value % 2]), of: address, by: caller, at: now)
    case .commit: try commit(&world, address, now, text: "by hand \(value)")
    case .sameTree:
      guard let hubID = world.hubID(of: address), let space = world.spaces[hubID] else { return }
      let before = space.files["data.txt"].flatMap { world.blobs[$0.git] }
      try commit(&world, address, now, text: "by hand \(value)")
      if let before { try commit(&world, address, now, bytes: before) }
    case .pause: try world.pause(address, by: caller, at: now)
    case .restart: try world.restart(address, factory: value % 2 == 0, by: caller, at: now)
    case .delete: try world.delete(address, by: caller)
    case .replace:
      try world.delete(address, by: caller)
      _ = try world.create(Creation(id: address, sdk: sdk), by: caller, at: now)
    case .rename: try world.move(address, to: Blueprint.address(address.name + "-moved"), by: caller, at: now)
    case .squat: _ = try world.create(Creation(id: address, sdk: sdk), by: caller, at: now)
    case .volumes: try world.setVolumes([], of: address, by: caller, at: now)
    }
  }

  private func commit(
    _ world: inout World, _ address: SpaceID, _ now: Timestamp, text: String = "", bytes: [UInt8]? = nil
  ) throws(Refusal) {
    var commit = PreparedCommit(title: "Edit by hand")
    commit.add(file: "data.txt", bytes: bytes ?? Array(text.utf8))
    _ = try world.commitFromElsewhere(commit, to: address, author: "somebody", at: now)
  }
}
