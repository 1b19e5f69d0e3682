import Files

/// The programs that an instruction runs by their paths.
enum ProgramsRun {
  static func by(_ step: BuildStep, in app: DockerApp) -> [DockerWord] {
    let programs: [DockerWord]
    switch step.instruction.keyword {
    case "RUN":
      guard step.instruction.exec == nil, !step.instruction.hasDocument else { return [] }
      programs = ShellLine(step.instruction.arguments).commands.compactMap { $0.first { $0.assignment == nil } }
    case "CMD", "ENTRYPOINT":
      guard let start = StartInstructions(app.dockerfile, app.steps),
        [start.entry, start.command].contains(where: { $0?.instruction.place == step.instruction.place })
      else { return [] }
      // Behind an entry point CMD is arguments, which that may run or not.
      if start.entry != nil, step.instruction.keyword == "CMD" { return [] }
      if let words = step.instruction.exec {
        programs = words.first.map { [$0] } ?? []
      } else {
        programs = ShellLine(step.instruction.arguments).commands.compactMap { words in
          words.first { $0.assignment == nil && $0.literal != "exec" }
        }
      }
    default: return []
    }
    return programs.filter { $0.literal?.contains("/") ?? false }
  }
}

/// The file of the Space that stands at a path of the container.
enum CopiedFile {
  /// Nil when it cannot be told, or was copied with rights of its own.
  static func at(_ program: DockerWord, _ step: BuildStep, in steps: ArraySlice<BuildStep>, _ files: AppFiles) -> AppFiles.File?
  {
    let wanted = ContainerPath.joined(step.folder, program, step.variables)
    for copy in steps.reversed() where copy.stage == step.stage && ["COPY", "ADD"].contains(copy.instruction.keyword) {
      guard copy.instruction.flag("from") == nil, !copy.instruction.hasDocument else { continue }
      let paths = copy.instruction.paths
      guard let target = paths.last, paths.count > 1 else { continue }
      let folder = ContainerPath.joined(copy.folder, target, copy.variables)
      for word in paths.dropLast() {
        guard let source = word.resolved(copy.variables), let path = ProjectPath.normal(source.dropSlash),
          let file = file(path, wanted, folder, files)
        else { continue }
        return copy.instruction.flag("chmod") == nil ? file : nil
      }
    }
    return nil
  }

  private static func file(_ source: String, _ wanted: String, _ folder: String, _ files: AppFiles) -> AppFiles.File? {
    if let file = files[source] {
      return wanted == folder || wanted == folder + "/" + ProjectPath.name(of: source) ? file : nil
    }
    guard files.holds(source), wanted.hasPrefix(folder + "/") || folder == "/" else { return nil }
    let rest = String(wanted.dropFirst(folder == "/" ? 1 : folder.count + 1))
    return files[source == "." ? rest : source + "/" + rest]
  }
}

extension String {
  /// The build's own top folder is where absolute sources begin.
  fileprivate var dropSlash: String { String(drop { $0 == "/" }) }
}
