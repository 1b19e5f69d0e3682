/// What runs when a container of the last stage starts: the program, behind everything that only starts another.
struct StartCommand: Sendable {
  /// Without folders.
  let program: String
  let programWord: DockerWord
  let arguments: [DockerWord]
  /// A shell puts variables in.
  let isShell: Bool
  /// `NAME=value` before the program.
  private(set) var assignments: [(name: String, value: DockerWord)] = []
  let variables: DockerVariables

  /// Nil when there is none, or when it cannot be told what stays running.
  init?(_ dockerfile: Dockerfile, steps: [BuildStep]) {
    guard let words = StartCommand.words(dockerfile, steps), !StartCommand.mayStandBehindAnother(dockerfile) else { return nil }
    var (rest, isShell) = (words.words[...], words.isShell)
    var assignments: [(name: String, value: DockerWord)] = []
    for _ in 0..<8 {
      if isShell || !assignments.isEmpty {
        while let assignment = rest.first?.assignment {
          assignments.append(assignment)
          rest = rest.dropFirst()
        }
      }
      if let script = StartCommand.shellScript(rest) {
        let line = ShellLine(script)
        guard line.isPlain, let last = StartCommand.staying(line) else { return nil }
        (rest, isShell) = (last[...], true)
        continue
      }
      guard let shorter = StartCommand.unwrapped(rest, &assignments) else { return nil }
      if shorter.startIndex == rest.startIndex, shorter.count == rest.count { break }
      rest = shorter
    }
    guard let first = rest.first, let name = first.literal, !name.isEmpty else { return nil }
    program = name.split(separator: "/").last.map(String.init) ?? name
    programWord = first
    arguments = Array(rest.dropFirst())
    self.isShell = isShell
    self.assignments = assignments
    variables = words.variables
  }

  // MARK: ENTRYPOINT and CMD

  private static func words(
    _ dockerfile: Dockerfile, _ steps: [BuildStep]
  ) -> (words: [DockerWord], isShell: Bool, variables: DockerVariables)? {
    guard let start = StartInstructions(dockerfile, steps) else { return nil }
    func shell(_ step: BuildStep) -> (words: [DockerWord], isShell: Bool, variables: DockerVariables)? {
      let line = ShellLine(step.instruction.arguments)
      guard line.isPlain, let words = staying(line) else { return nil }
      return (words, true, step.variables)
    }
    guard let entry = start.entry else {
      guard let command = start.command else { return nil }
      return command.instruction.exec.map { ($0, false, command.variables) } ?? shell(command)
    }
    guard let first = entry.instruction.exec else { return shell(entry) }
    guard let command = start.command else { return (first, false, entry.variables) }
    guard let more = command.instruction.exec else { return nil }
    return (first + more, false, command.variables)
  }

  /// The last command of a line, when those before it leave nothing running that could stand before it.
  private static func staying(_ line: ShellLine) -> [DockerWord]? {
    guard let last = line.commands.last else { return nil }
    let isHarmless = line.commands.dropLast().allSatisfy { words in
      guard let name = words.first(where: { $0.assignment == nil })?.literal else {
        return words.allSatisfy { $0.assignment != nil }
      }
      return !name.contains("/") && !name.hasSuffix(".sh") && !["service", "systemctl"].contains(name)
    }
    return isHarmless ? last : nil
  }

  /// Servers that pass visitors on to others: with one of them about, the port of the program is none of the Hub's.
  private static func mayStandBehindAnother(_ dockerfile: Dockerfile) -> Bool {
    ["nginx", "caddy", "haproxy", "traefik", "supervisor", "apache2", "httpd", "envoy", "s6-", "pm2", "socat"].contains {
      dockerfile.mentions($0)
    }
  }

  // MARK: What only starts another

  /// The script of `sh -c SCRIPT`.
  private static func shellScript(_ words: ArraySlice<DockerWord>) -> GatheredLine? {
    let words = Array(words)
    guard words.count >= 3, let name = words[0].literal?.split(separator: "/").last,
      ["sh", "bash", "ash", "dash"].contains(name),
      let option = words[1].literal, option.hasPrefix("-"), option.hasSuffix("c"), words.count == 3, words[2].literal != nil
    else { return nil }
    return words[2].content
  }

  /// One wrapper less; the same words when there is none, nil when one takes options that are not known here.
  private static func unwrapped(
    _ words: ArraySlice<DockerWord>, _ assignments: inout [(name: String, value: DockerWord)]
  ) -> ArraySlice<DockerWord>? {
    guard let name = words.first?.literal?.split(separator: "/").last else { return words }
    let rest = words.dropFirst()
    switch name {
    case "exec", "nohup", "time": return rest
    case "tini", "dumb-init", "catatonit":
      guard let mark = rest.firstIndex(where: { $0.literal == "--" }) else {
        return rest.first?.literal?.hasPrefix("-") == true ? nil : rest
      }
      return rest[(mark + 1)...]
    case "env":
      var rest = rest
      while let assignment = rest.first?.assignment {
        assignments.append(assignment)
        rest = rest.dropFirst()
      }
      return rest.first?.literal?.hasPrefix("-") == true ? nil : rest
    case "gosu", "su-exec": return rest.dropFirst()
    case "uv", "poetry", "pipenv", "pdm", "rye", "pixi", "hatch":
      guard rest.first?.literal == "run" else { return words }
      return withoutFlags(
        rest.dropFirst(), ["--no-sync", "--frozen", "--locked", "--no-dev", "--no-project", "--offline", "--quiet", "-q"])
    case _ where name.hasPrefix("python") && name.dropFirst(6).allSatisfy { $0.isNumber || $0 == "." }:
      return ofPython(rest) ?? words
    default: return words
    }
  }

  private static func withoutFlags(_ words: ArraySlice<DockerWord>, _ known: Set<String>) -> ArraySlice<DockerWord>? {
    let rest = words.drop { $0.literal.map(known.contains) ?? false }
    return rest.first?.literal?.hasPrefix("-") == true ? nil : rest
  }

  /// `-m MODULE …`, and a script that is a program of its own; nil for any other script.
  private static func ofPython(_ words: ArraySlice<DockerWord>) -> ArraySlice<DockerWord>? {
    let rest = words.drop { $0.literal.map { ["-u", "-O", "-OO", "-B", "-I", "-s", "-E"].contains($0) } ?? false }
    if rest.first?.literal == "-m" { return rest.dropFirst() }
    return rest.first?.literal?.hasSuffix("manage.py") == true ? rest : nil
  }
}

/// The ENTRYPOINT and CMD that hold for the last stage.
struct StartInstructions {
  private(set) var entry: BuildStep?
  private(set) var command: BuildStep?

  /// Nil when there is neither.
  init?(_ dockerfile: Dockerfile, _ steps: [BuildStep]) {
    guard var stage = dockerfile.stages.indices.last else { return nil }
    while true {
      // An ENTRYPOINT takes the CMD away that came with the image it goes on from.
      if command == nil, entry == nil {
        command = steps.last { $0.stage == stage && $0.instruction.keyword == "CMD" }
        entry = steps.last { $0.stage == stage && $0.instruction.keyword == "ENTRYPOINT" }
      } else if entry == nil {
        entry = steps.last { $0.stage == stage && $0.instruction.keyword == "ENTRYPOINT" }
      }
      guard let base = dockerfile.stages[stage].baseStage else { break }
      stage = base
    }
    if entry == nil, command == nil { return nil }
  }
}
