import Diagnostics
import Platform
import Processes
import Reconciler
import SpaceModel
import State

/// Where secrets' values come from, resolved only when one is about to be written.
struct SecretValues: Sendable {
  let environment: [String: String]
  let projectFolder: String
  let lockKey: LockKey?

  init(_ options: GlobalOptions, folder: ProjectFolder) throws(Failure) {
    environment = options.environment
    projectFolder = folder.path
    if let text = environment["SPACEFORM_LOCK_KEY"], !text.isEmpty {
      lockKey = try LockKey(text)
    } else {
      lockKey = nil
    }
  }

  /// All values the plan writes; the missing ones are reported together.
  func resolve(for plan: Plan, fleet: Fleet) throws(Failure) -> [SpaceID: [String: Secret]] {
    var values: [SpaceID: [String: Secret]] = [:]
    var problems: [String] = []
    let definitions = Dictionary(fleet.spaces.map { ($0.id, $0) }) { first, _ in first }
    for space in plan.actionable {
      guard let definition = definitions[space.address] else { continue }
      let isNew = space.steps.contains(.create)
      for (key, declaration) in definition.secrets.sorted(by: { $0.key < $1.key })
      where isNew || space.steps.contains(.setSecret(key)) {
        do throws(Failure) {
          values[space.address, default: [:]][key] = try value(of: declaration.source)
        } catch {
          problems.append("\(space.address) \(key): \(error.problem)")
        }
      }
    }
    guard problems.isEmpty else {
      throw Failure(
        doing: "resolving \(problems.count == 1 ? "a secret" : "\(problems.count) secrets") before anything is written",
        problem: problems.joined(separator: "; "), help: "Provide the values, and run the command again")
    }
    return values
  }

  /// Secrets whose value is at hand without running anything and differs from the recorded fingerprint.
  func changed(in fleet: Fleet, lock: Lock?) -> [SpaceID: Set<String>] {
    guard let lockKey, let lock else { return [:] }
    var changed: [SpaceID: Set<String>] = [:]
    for definition in fleet.spaces {
      for (key, declaration) in definition.secrets {
        if case .command = declaration.source { continue }
        guard let recorded = lock.spaces[definition.id]?.secrets[key]?.fingerprint,
          let value = try? value(of: declaration.source),
          SecretFingerprint.compare(recorded, name: key, value: value, key: lockKey) == .different
        else { continue }
        changed[definition.id, default: []].insert(key)
      }
    }
    return changed
  }

  func fingerprint(_ name: String, _ value: Secret) -> String? {
    lockKey.map { SecretFingerprint.text(name: name, value: value, key: $0) }
  }

  private func value(of source: SecretSource) throws(Failure) -> Secret {
    let doing = "resolving a secret"
    switch source {
    case .environment(let name):
      guard let value = environment[name] else {
        throw Failure(doing: doing, problem: "the environment variable \(name) is not set")
      }
      guard !value.isEmpty else { throw Failure(doing: doing, problem: "the environment variable \(name) is empty") }
      return Secret(value)
    case .file(let path):
      let url = URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: projectFolder, isDirectory: true))
      guard let data = try? Data(contentsOf: url) else {
        throw Failure(doing: doing, problem: "the file \(path) cannot be read")
      }
      return try text(data, from: "the file \(path)")
    case .command(let words): return try text(try run(words), from: "the output of `\(words.first ?? "")`")
    }
  }

  private func text(_ data: Data, from origin: String) throws(Failure) -> Secret {
    guard var text = String(data: data, encoding: .utf8) else {
      throw Failure(doing: "resolving a secret", problem: "\(origin) is not UTF-8 text")
    }
    if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
    guard !text.isEmpty else { throw Failure(doing: "resolving a secret", problem: "\(origin) is empty") }
    return Secret(text)
  }

  /// Runs a program without a shell; what it writes to standard error goes to ours.
  private func run(_ words: [String]) throws(Failure) -> Data {
    let name = words.first ?? ""
    let program = ChildProcess(
      "/usr/bin/env", words, environment: environment, folder: projectFolder, errors: .ours)
    let output: ChildProcess.Output
    do { output = try program.run() } catch {
      throw Failure(doing: "resolving a secret", problem: "`\(name)` cannot be run: \(error)")
    }
    guard output.status == 0 else {
      throw Failure(doing: "resolving a secret", problem: "`\(name)` ended with status \(output.status)")
    }
    return Data(output.bytes)
  }
}
