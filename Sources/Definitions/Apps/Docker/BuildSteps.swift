/// One instruction of a build, with what holds when it is carried out.
struct BuildStep: Sendable {
  let instruction: Dockerfile.Instruction
  let stage: Int
  let variables: DockerVariables
  /// WORKDIR: a path from the root; from `?` where only the image knows it.
  let folder: String
}

extension Dockerfile {
  /// The instructions that do something with files or processes, in their order.
  /// - Parameter ofSpace: names of variables that the Space gives values to.
  func steps(ofSpace: Set<String>) -> [BuildStep] {
    struct State {
      var variables: DockerVariables
      var folder: String
    }
    let wanted: Set = ["COPY", "ADD", "RUN", "CMD", "ENTRYPOINT", "EXPOSE"]
    var ends: [State] = []
    var steps: [BuildStep] = []
    for (number, stage) in stages.enumerated() {
      var state = stage.baseStage.map { ends[$0] } ?? State(variables: DockerVariables(ofSpace: ofSpace), folder: "?")
      for instruction in instructions[stage.instructions] {
        switch instruction.keyword {
        case "ENV", "ARG": state.variables.take(instruction)
        case "WORKDIR":
          guard let word = instruction.words.first else { continue }
          state.folder = ContainerPath.joined(state.folder, word, state.variables)
        case let keyword where wanted.contains(keyword):
          steps.append(
            BuildStep(instruction: instruction, stage: number, variables: state.variables, folder: state.folder))
        default: continue
        }
      }
      ends.append(state)
    }
    return steps
  }
}

/// Paths inside a container. What only the image knows stands in them by name, so that two paths are equal only when they surely are.
enum ContainerPath {
  static func joined(_ folder: String, _ word: DockerWord, _ variables: DockerVariables) -> String {
    joined(folder, word.resolved(variables) ?? unresolved(word, variables))
  }

  static func joined(_ folder: String, _ path: String) -> String {
    let isFromRoot = path.hasPrefix("/") || path.hasPrefix("${")
    var segments = isFromRoot ? [] : folder.split(separator: "/")
    for segment in path.split(separator: "/") where segment != "." {
      if segment == "..", !segments.isEmpty { segments.removeLast() } else { segments.append(segment) }
    }
    let isAbsolute = isFromRoot ? path.hasPrefix("/") : folder.hasPrefix("/")
    return (isAbsolute ? "/" : "") + segments.joined(separator: "/")
  }

  private static func unresolved(_ word: DockerWord, _ variables: DockerVariables) -> String {
    word.pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .variable(let name): variables[name] ?? "${\(name)}"
      // Two words that nobody can know are not the same.
      case .unknown: "${?\(word.range.lowerBound)}"
      }
    }.joined()
  }
}
