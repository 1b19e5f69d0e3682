/// What the variables of a stage hold at one place of a Dockerfile, as far as the file alone says.
struct DockerVariables: Sendable {
  /// The value, and where it is written.
  struct Value: Sendable, Hashable {
    var text: String
    var place: Range<Int>
  }

  /// Nil: it has a value that nobody can know from here.
  private var values: [String: Value?] = [:]
  /// Names the Space itself gives values to, at build and at run time.
  private let ofSpace: Set<String>

  init(ofSpace: Set<String>) { self.ofSpace = ofSpace }

  subscript(name: String) -> String? { value(of: name)?.text }

  func value(of name: String) -> Value? { ofSpace.contains(name) ? nil : values[name].flatMap(\.self) }

  /// Whether anything gives it a value.
  func isSet(_ name: String) -> Bool { ofSpace.contains(name) || values[name] != nil }

  /// Takes ENV and ARG in. The default of an ARG is no value to count on: whoever builds may give another.
  mutating func take(_ instruction: Dockerfile.Instruction) {
    switch instruction.keyword {
    case "ARG":
      for word in instruction.words {
        guard let name = word.assignment?.name ?? word.literal, values[name] == nil else { continue }
        values[name] = .some(nil)
      }
    case "ENV":
      let words = instruction.words
      guard let first = words.first else { return }
      if first.assignment == nil {
        // The old form, a name and the rest of the line.
        guard let name = first.literal else { return }
        set(name, to: words.count == 2 ? words[1] : nil)
        return
      }
      // All values of one instruction are those from before it.
      let before = self
      for word in words {
        guard let (name, value) = word.assignment else { continue }
        set(name, to: value, before)
      }
    default: return
    }
  }

  private mutating func set(_ name: String, to word: DockerWord?, _ before: DockerVariables? = nil) {
    let text = word.flatMap { $0.resolved(before ?? self) }
    guard let word, let text else {
      values[name] = .some(nil)
      return
    }
    values[name] = Value(text: text, place: word.range)
  }
}
