import SpaceModel
import State

/// One change of the definitions, made by the team. Whether it changes anything depends on what it meets; a Space that is not
/// defined is left alone, so that edits can be left out one by one when a failing run is made smaller.
package struct Edit: Hashable, Sendable, CustomStringConvertible {
  enum Kind: String, Hashable, Sendable, CaseIterable {
    case add, remove, rename, hardware, sleep, visibility, replicas, devMode, group, variable, dropVariable, note, reference,
      dependency, secret, dropSecret, volumes, file, dropFile, breakBuild, fixBuild, title, content, prune, ignore,
      preventDestroy, wait
  }
  var kind: Kind
  var space: Int
  /// Decides which of the possible values.
  var value: Int

  package var description: String { "\(kind.rawValue) s\(space) \(value)" }

  static func random(_ generator: inout SeededGenerator, spaces: Int) -> Edit {
    // What changes files, keys and addresses is where promises break; the rest comes more rarely.
    let often: [Kind] = [.file, .file, .file, .variable, .variable, .secret, .rename, .hardware, .add, .remove, .reference]
    return Edit(
      kind: generator.chance(60) ? generator.pick(often) : generator.pick(Kind.allCases),
      space: Int.random(in: 0..<spaces, using: &generator), value: Int.random(in: 0..<1000, using: &generator))
  }

  /// - Parameters:
  ///   - lock: what is recorded when the edit is made: a rename names the recorded address.
  ///   - isSettled: whether no apply was left unfinished; until then nobody renames a Space again.
  func apply(to project: inout Definitions, lock: Lock?, isSettled: Bool) {
    if kind == .rename, !isSettled { return }
    if kind == .add { return project.add(space, value) }
    guard let index = project.spaces.firstIndex(where: { $0.number == space }) else { return }
    if kind == .remove { return project.remove(at: index, value) }
    var edited = project.spaces[index]
    edit(&edited, lock)
    project.spaces[index] = edited
  }

  private func edit(_ space: inout Blueprint, _ lock: Lock?) {
    let key = ["ONE", "TWO", "LOG_LEVEL"][value % 3]
    switch kind {
    case .add, .remove: break
    case .rename:
      if lock?.spaces[space.id] != nil || space.movedFrom == nil { space.movedFrom = space.id }
      space.name = "s\(space.number)-\(value % 7)"
      if space.movedFrom == space.id { space.movedFrom = nil }
    case .hardware:
      guard space.sdk != .static else { return }
      space.hardware = [.cpuBasic, "cpu-upgrade", "t4-small", "t4-medium"][value % 4]
    case .sleep: space.sleep = [nil, .after(seconds: 3600), .after(seconds: 900), .never][value % 4]
    case .visibility: space.visibility = [nil, .private, .public, .protected][value % 4]
    case .replicas: space.replicas = [nil, 1, 2, 3][value % 4]
    case .devMode: space.devMode = [nil, true, false][value % 3]
    case .group: space.hasGroup = value % 2 == 0
    case .variable: space.variables[key] = "\(value)"
    case .dropVariable: space.variables[key] = nil
    case .note: space.notes[key] = "note \(value)"
    case .reference: if value % 8 < space.number { space.references.formSymmetricDifference([value % 8]) }
    case .dependency: if value % 8 < space.number { space.dependsOn.formSymmetricDifference([value % 8]) }
    case .secret:
      let secret = ["KEY", "TOKEN"][value % 2]
      space.secrets[secret] = (space.secrets[secret] ?? 0) + 1
    case .dropSecret: space.secrets[["KEY", "TOKEN"][value % 2]] = nil
    case .volumes:
      let data = Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: value % 5 == 0)
      let model = Volume(kind: .model, source: "acme/m", mount: "/m", revision: "main")
      space.volumes = [nil, [], [data], [data, model]][value % 4]
    case .file: space.files[["data.txt", "lib/code.py", "static/a.css"][value % 3]] = "\(value)"
    case .dropFile: space.files[["lib/code.py", "static/a.css"][value % 2]] = nil
    case .breakBuild:
      space.isBroken = value % 2 == 0
    case .fixBuild: space.isBroken = false
    case .title: space.title = value % 4 == 0 ? nil : "Title \(value)"
    case .content: space.content = Blueprint.Content(rawValue: value % 3) ?? .files
    case .prune: space.prunes.toggle()
    case .ignore: space.ignores.formSymmetricDifference([["hardware", "content", "variables.ONE", "variables"][value % 4]])
    case .preventDestroy: space.preventsDestroy.toggle()
    case .wait: space.waits.toggle()
    }
  }
}

/// What the team has in its repository.
package struct Definitions: Hashable, Sendable {
  package var spaces: [Blueprint] = []
  var removed: [Removal] = []
  /// Whether a Space was static when it was first defined. One that is still on the Hub and becomes the other moves to another host, and
  /// which one no plan can foretell.
  private var isStatic: [Int: Bool] = [:]

  mutating func add(_ number: Int, _ value: Int) {
    guard !spaces.contains(where: { $0.number == number }) else { return }
    var space = Blueprint(number: number)
    space.sdk = [.docker, .docker, .gradio, .static][value % 4]
    let wasStatic = isStatic[number, default: space.sdk == .static]
    if wasStatic != (space.sdk == .static) { space.sdk = wasStatic ? .static : .gradio }
    isStatic[number] = wasStatic
    if space.sdk == .static { space.hardware = nil }
    removed.removeAll { $0.space == space.id }
    spaces.append(space)
  }

  /// With a `removed` entry or, as people forget, without one.
  mutating func remove(at index: Int, _ value: Int) {
    let space = spaces.remove(at: index)
    for address in [space.id] + (space.movedFrom.map { [$0] } ?? []) where value % 3 != 0 {
      removed.removeAll { $0.space == address }
      removed.append(Removal(space: address, destroy: value % 3 == 1))
    }
  }

  func project(_ environment: String?) -> SimulatedProject {
    let defined = Set(spaces.map(\.id))
    return SimulatedProject(spaces, removed: removed.filter { !defined.contains($0.space) }, environment: environment)
  }
}
