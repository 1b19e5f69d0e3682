/// A Dockerfile taken apart: its instructions, and the stages they belong to.
///
/// Whatever the bytes are, there is a result: a line that is no instruction is one with a keyword nobody knows.
struct Dockerfile: Sendable {
  static let name = "Dockerfile"

  struct Instruction: Sendable {
    /// In upper case.
    let keyword: String
    /// Where the keyword stands.
    let place: Range<Int>
    /// The `--name=value` words before the arguments; only of instructions that have any.
    let flags: [DockerWord]
    /// What follows them.
    let arguments: GatheredLine
    let escape: UInt8
    /// Whether a here-document follows, whose text is not kept.
    let hasDocument: Bool

    /// The arguments as a Dockerfile splits them.
    var words: [DockerWord] { DockerWords.all(arguments, escape: escape) }
    /// The arguments in their exec form; nil when they are for a shell.
    var exec: [DockerWord]? { ExecForm.words(arguments) }
    /// The sources and the destination of COPY and ADD, or the words of either form.
    var paths: [DockerWord] { exec ?? words }

    func flag(_ name: String) -> DockerWord? {
      flags.first { $0.content.string == "--" + name || $0.content.string.hasPrefix("--\(name)=") }
    }
  }

  struct Stage: Sendable {
    /// In lower case.
    var name: String?
    /// The image, or the stage before this one that it goes on from.
    var base: DockerWord?
    var baseStage: Int?
    /// Of FROM.
    var place: Range<Int>
    /// Its instructions, FROM left out.
    var instructions: Range<Int>
  }

  let text: SourceText
  let instructions: [Instruction]
  /// Empty when nothing is built from anything.
  let stages: [Stage]

  init(_ text: SourceText) {
    self.text = text
    var reader = DockerfileReader(text)
    instructions = reader.read()
    stages = Dockerfile.stages(instructions)
  }

  private static func stages(_ instructions: [Instruction]) -> [Stage] {
    var stages: [Stage] = []
    for (index, instruction) in instructions.enumerated() {
      guard instruction.keyword == "FROM" else {
        if !stages.isEmpty {
          stages[stages.count - 1].instructions = stages[stages.count - 1].instructions.lowerBound..<index + 1
        }
        continue
      }
      let words = instruction.words
      let base = words.first
      let name = words.count == 3 && words[1].literal?.lowercased() == "as" ? words[2].literal?.lowercased() : nil
      let earlier = base?.literal?.lowercased()
      stages.append(
        Stage(
          name: name, base: base, baseStage: earlier.flatMap { wanted in stages.lastIndex { $0.name == wanted } },
          place: instruction.place, instructions: index + 1..<index + 1))
    }
    return stages
  }

  /// The last stage, the one it goes on from, and so on: what a container of it is made of.
  var lineage: [Stage] {
    guard var stage = stages.last else { return [] }
    var lineage = [stage]
    while let base = stage.baseStage {
      stage = stages[base]
      lineage.append(stage)
    }
    return lineage
  }

  /// The places of the stages that building the last one needs; the builder passes the others by.
  var neededStages: Set<Int> {
    var needed: Set<Int> = []
    var open = stages.isEmpty ? [] : [stages.count - 1]
    while let next = open.popLast() {
      guard needed.insert(next).inserted else { continue }
      let stage = stages[next]
      if let base = stage.baseStage { open.append(base) }
      for instruction in instructions[stage.instructions] {
        for name in instruction.origins {
          if let index = stages.lastIndex(where: { $0.name == name.lowercased() }) ?? Int(name), stages.indices.contains(index),
            index < next
          {
            open.append(index)
          }
        }
      }
    }
    return needed
  }

  /// Whether a text stands anywhere in it, letter case aside.
  func mentions(_ word: String) -> Bool {
    let wanted = Array(word.utf8)
    let bytes = text.bytes
    guard bytes.count >= wanted.count else { return false }
    return (bytes.startIndex...(bytes.endIndex - wanted.count)).contains { begin in
      wanted.indices.allSatisfy { offset in
        let byte = bytes[begin + offset]
        return (ByteSet.upper.contains(byte) ? byte | 32 : byte) == wanted[offset]
      }
    }
  }
}

extension Dockerfile.Instruction {
  /// The stages or images that files come from: `COPY --from=build`, `RUN --mount=from=build`.
  fileprivate var origins: [String] {
    flags.flatMap { flag -> [String] in
      let text = flag.content.string
      if text.hasPrefix("--from=") { return [String(text.dropFirst(7))] }
      guard text.hasPrefix("--mount=") else { return [] }
      return text.dropFirst(8).split(separator: ",").filter { $0.hasPrefix("from=") }.map { String($0.dropFirst(5)) }
    }
  }
}
