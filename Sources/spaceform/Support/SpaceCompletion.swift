import ArgumentParser
import Definitions
import Files
import Git
import SpaceModel

extension CompletionKind {
  /// The addresses of the project's Spaces, those of the lock and those of the definitions. The Hub is not asked.
  static var space: CompletionKind { .custom { words, _, prefix in SpaceCompletion.candidates(words, prefix: prefix) } }

  /// The environments that the project declares.
  static var environment: CompletionKind {
    .custom { words, _, prefix in SpaceCompletion.environments(words, prefix: prefix) }
  }
}

/// What a shell offers where a command takes a Space.
enum SpaceCompletion {
  /// A shell waits for an answer: what cannot be read offers nothing, and says nothing.
  ///
  /// - Parameters:
  ///   - words: the command line so far; `-C` and `--env` in it decide which project is meant.
  ///   - prefix: what is written of the address. One without an owner gets the bare names of the project's owner.
  static func candidates(_ words: [String], prefix: String) -> [String] {
    guard let options = try? GlobalOptions.parse(global(words)), let folder = try? ProjectFolder(options),
      let outline = try? ProjectOutline(folder)
    else { return [] }
    var addresses: Set<SpaceID> = []
    let store = try? StateAccess.store(folder, project: outline.name, state: outline.state, options)
    if let lock = store?.remembered() { addresses.formUnion(lock.spaces.keys) }
    if let tree = try? SourceTrees.workTree(at: folder.path), let fleet = try? folder.load(tree).fleet {
      addresses.formUnion(fleet.spaces.map(\.id))
    }
    let bare = addresses.filter { $0.owner == outline.owner }.map(\.name)
    let texts = addresses.map(\.description) + (prefix.contains("/") ? [] : bare)
    return texts.filter { $0.hasPrefix(prefix) }.sorted()
  }

  /// As `candidates`, for `--env` itself.
  static func environments(_ words: [String], prefix: String) -> [String] {
    guard let options = try? GlobalOptions.parse(global(words, options: ["-C"])),
      let folder = try? ProjectFolder(options), let outline = try? ProjectOutline(folder)
    else { return [] }
    return outline.environments.filter { $0.hasPrefix(prefix) }
  }

  /// The options of a command line that say where the project is.
  private static func global(_ words: [String], options: Set<String> = ["-C", "--env"]) -> [String] {
    var found: [String] = []
    for (place, word) in words.enumerated() {
      if options.contains(word) {
        if place + 1 < words.count { found += [word, words[place + 1]] }
      } else if word.hasPrefix("--env="), options.contains("--env") {
        found.append(word)
      }
    }
    return found
  }
}
