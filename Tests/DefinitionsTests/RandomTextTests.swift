import Testing

@testable import Definitions

/// Readers of other people's files: whatever the bytes, there is an answer, and every place is inside the file.
@Suite("A reader of app files") struct RandomTextTests {
  /// The same bytes in every run.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  private static let pieces = [
    "FROM ", "CMD ", "COPY ", "ENV ", "RUN ", "ARG ", "EXPOSE ", "WORKDIR ", "ENTRYPOINT ", "# escape=`\n", "\\\n", "`\n", "\n",
    "\r\n",
    "<<EOF\n", "EOF\n", "[\"", "\", \"", "\"]", "$", "${", "}", "$(", ")", "'", "\"", "\\", "`", "=", "--port", "--from=",
    "uvicorn", " ",
    "\t", ";", "&&", "|", "sh -c ", "7860", "/", "..", ".", "\u{0}", "é", "\u{2028}", "==", ">=", "~=", ",", "-r ", "-e ", "@",
    "gradio",
    "1.0", "rc", "*", "+", "!", "://", ":", "hf_", "sk-", "-----BEGIN ", "PRIVATE KEY", "-----", "AKIA", ":AA", "https", "%",
    "server_name",
    "\"\"\"", "f\"", "#", "filter=lfs", "[attr]", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ",
  ]

  static func text(_ generator: inout Generator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<60, using: &generator) {
      if Int.random(in: 0..<8, using: &generator) == 0 {
        bytes.append(UInt8.random(in: 0...255, using: &generator))
      } else {
        bytes += pieces[Int.random(in: 0..<pieces.count, using: &generator)].utf8
      }
    }
    return bytes
  }

  @Test("takes any bytes")
  func anything() {
    var generator = Generator(state: 0x5EED)
    for _ in 0..<4000 {
      let bytes = Self.text(&generator)
      let text = SourceText(bytes, file: "x")
      let bounds = text.bytes.startIndex...text.bytes.endIndex
      let file = Dockerfile(text)
      let steps = file.steps(ofSpace: ["A"])
      for instruction in file.instructions {
        for word in instruction.paths + instruction.flags {
          #expect(bounds.contains(word.range.lowerBound) && bounds.contains(word.range.upperBound), "\(bytes)")
          #expect(word.range(ofLast: 1).upperBound <= bounds.upperBound)
        }
        _ = ShellLine(instruction.arguments)
      }
      _ = file.neededStages
      if let command = StartCommand(file, steps: steps) { _ = Listening(command) { _ in false } }
      let requirements = Requirements(text)
      for place in requirements.packages.map(\.place) + requirements.references.map(\.place) {
        #expect(bounds.contains(place.lowerBound) && bounds.contains(place.upperBound), "\(bytes)")
      }
      var tokens = PythonTokens(text)
      while tokens.next() != nil {}
      _ = GitAttributes(text).largeFilePattern(for: "a/b.txt")
      _ = DockerIgnore(text.string).leavesOut("a/b")
      _ = Assignments(text)
      for match in SecretScanner.matches(in: text.bytes) {
        #expect(match.range.lowerBound >= bounds.lowerBound && match.range.upperBound <= bounds.upperBound)
        #expect(match.hidden.lowerBound >= match.range.lowerBound && match.hidden.upperBound <= match.range.upperBound)
      }
      #expect(SecretMask.masked(bytes).count == bytes.count)
    }
  }

  @Test("takes whole projects of any bytes")
  func projects() throws {
    var generator = Generator(state: 0xF1EE7)
    for _ in 0..<300 {
      var tree = MemoryTree(["spaceform.yaml": plainProject, "spaces/chat.space.yaml": "name: chat\nsource: { path: app }\n"])
      for sdk in ["docker", "gradio", "static"] {
        tree.contents["spaces/\(sdk).space.yaml"] = Array("name: \(sdk)\nsdk: \(sdk)\nsource: { path: app }\n".utf8)
      }
      for name in ["Dockerfile", "requirements.txt", "app.py", ".gitattributes", ".dockerignore", ".netrc"] {
        tree.contents["app/" + name] = Self.text(&generator)
      }
      let loaded = try DefinitionLoader.load(tree: tree, environment: nil)
      for finding in loaded.findings { #expect(finding.span.start <= finding.span.end, "\(finding)") }
    }
  }
}
