import Testing

@testable import Definitions

@Suite("A Dockerfile") struct DockerfileTests {
  private static func read(_ text: String) -> Dockerfile { Dockerfile(SourceText(Array(text.utf8), file: "Dockerfile")) }

  @Test("is read into instructions, continued lines joined and comments left out")
  func instructions() {
    let file = Self.read(
      """
      # syntax=docker/dockerfile:1

      FROM --platform=linux/amd64 python:3.12 AS Base
        run apt-get update \\
          # a comment in between

          && apt-get install -y git
      COPY --chown=user --from=x a "b c" ./
      ENV A=1 B="two words" \\
          C='$A'
      nonsense
      """)
    #expect(file.instructions.map(\.keyword) == ["FROM", "RUN", "COPY", "ENV", "NONSENSE"])
    #expect(file.stages.map(\.name) == ["base"])
    #expect(file.instructions[0].words.map(\.literal) == ["python:3.12", "AS", "Base"])
    #expect(file.instructions[1].arguments.string.hasSuffix("&& apt-get install -y git"))
    #expect(file.instructions[2].flags.map(\.literal) == ["--chown=user", "--from=x"])
    #expect(file.instructions[2].paths.map(\.literal) == ["a", "b c", "./"])
    #expect(file.instructions[3].words.map { $0.assignment?.value.literal } == ["1", "two words", "$A"])
  }

  @Test("goes on with a line by the character it chooses")
  func escape() {
    let file = Self.read("# escape=`\nFROM windows\nCOPY a `\n  b C:\\x\\\nRUN y\n")
    #expect(file.instructions.map(\.keyword) == ["FROM", "COPY", "RUN"])
    #expect(file.instructions[1].words.map(\.literal) == ["a", "b", "C:\\x\\"])
  }

  @Test("keeps the texts of its here-documents to itself")
  func documents() {
    let file = Self.read(
      "FROM a\nRUN <<EOF\nCOPY nothing .\nEOF\nCOPY <<-'ONE' <<TWO /x\n\tADD y\n\tONE\nFROM z\nTWO\nRUN cat <<< \"a\" 3<<3\nCMD b\nRUN <<END\nto the end"
    )
    #expect(file.instructions.map(\.keyword) == ["FROM", "RUN", "COPY", "RUN", "CMD", "RUN"])
    #expect(file.instructions.map(\.hasDocument) == [false, true, true, false, false, true])
  }

  @Test("has the exec form where the line is an array of texts, and the shell form elsewhere")
  func forms() throws {
    let file = Self.read(
      "CMD [ \"a\\\"\\u0062\", \"c d\" ]\nCMD ['a']\nCMD [ -f x ] && y\nCMD []\nCMD [\"a\",]\nCMD [\"a\\q\"]")
    #expect(file.instructions.map { $0.exec?.map(\.literal) } == [["a\"b", "c d"], nil, nil, [], nil, nil])
    #expect(file.stages.isEmpty)
  }

  @Test("knows where each word stands, across lines and quotes")
  func places() throws {
    let text = "FROM a\nCMD [\"x\", \\\n  \"--port=80\"]\n"
    let file = Self.read(text)
    let word = try #require(file.instructions[1].exec?.last)
    #expect(file.text.text(word.range) == "\"--port=80\"")
    #expect(file.text.text(word.range(ofLast: 2)) == "80")
  }

  @Test("needs the stages its last one is made from, and no other")
  func stages() {
    let file = Self.read(
      """
      FROM a AS one
      FROM b AS two
      FROM one AS three
      FROM c
      COPY --from=three /x /y
      RUN --mount=type=bind,from=1,target=/z ls
      """)
    #expect(file.neededStages == [0, 1, 2, 3])
    #expect(Self.read("FROM a AS x\nFROM b AS y\nFROM x\n").neededStages == [0, 2])
    #expect(Self.read("FROM a AS x\nFROM b\nCOPY --from=$Y a b\n").neededStages == [1])
  }

  @Test("gives variables the values it says, and no more")
  func variables() throws {
    let file = Self.read(
      """
      FROM a AS base
      ENV A=1 B=${A}2
      ARG C=3
      ENV D $A
      FROM base
      ENV A=4 E=$A F=$(x) G=$C
      WORKDIR /srv/$E
      WORKDIR $HOME
      WORKDIR app
      CMD x
      """)
    let step = try #require(file.steps(ofSpace: ["D"]).last)
    #expect(step.variables["A"] == "4")
    // The values of one instruction are put in before any of them is set.
    #expect(step.variables["E"] == "1")
    #expect(step.variables["B"] == nil && step.variables["C"] == nil && step.variables["D"] == nil)
    #expect(step.variables.isSet("C") && step.variables.isSet("D") && !step.variables.isSet("Z"))
    #expect(step.folder == "${HOME}/app")
  }

  private static func start(_ text: String, ofSpace: Set<String> = []) -> StartCommand? {
    let file = read("FROM a\n" + text)
    return StartCommand(file, steps: file.steps(ofSpace: ofSpace))
  }

  static let startLines: [(text: String, program: String?, arguments: [String])] = [
    ("CMD a b", "a", ["b"]), ("CMD [\"/usr/bin/a\", \"b\"]", "a", ["b"]), ("ENTRYPOINT [\"a\"]\nCMD [\"b\"]", "a", ["b"]),
    ("ENTRYPOINT a\nCMD [\"b\"]", "a", []), ("ENTRYPOINT [\"a\"]\nCMD b", nil, []), ("", nil, []),
    ("CMD cd x && exec a b > log 2>&1", "a", ["b", "2", "1"].prefix(2).map { $0 }), ("CMD a | b", nil, []),
    ("CMD a & b", nil, []),
    ("CMD a || b", nil, []), ("CMD x.sh; a", nil, []), ("CMD sh -c 'a b'", "a", ["b"]), ("CMD bash -lc 'a | b'", nil, []),
    ("CMD env A=1 a", "a", []), ("CMD env -i a", nil, []), ("CMD tini -g -- a", "a", []), ("CMD tini -g a", nil, []),
    ("CMD python -u -m a b", "a", ["b"]), ("CMD python b.py", "python", ["b.py"]), ("CMD uv run --frozen a", "a", []),
    ("CMD uv run --with x a", nil, []), ("CMD $A b", nil, []), ("CMD", nil, []), ("CMD []", nil, []), ("CMD exec", nil, []),
    ("CMD ( a )", nil, []), ("CMD a # b", "a", []),
  ]

  @Test("starts one program, behind whatever only starts another", arguments: startLines)
  func starts(given: (text: String, program: String?, arguments: [String])) {
    let command = Self.start(given.text)
    #expect(command?.program == given.program)
    #expect((command?.arguments ?? []).map(\.literal) == given.arguments)
  }

  @Test("loses the CMD of what it goes on from when it has an ENTRYPOINT of its own")
  func inherited() {
    let file = Self.read("FROM x AS a\nENTRYPOINT [\"one\"]\nCMD [\"two\"]\nFROM a\nENTRYPOINT [\"three\"]\n")
    #expect(StartCommand(file, steps: file.steps(ofSpace: []))?.arguments.isEmpty == true)
    let other = Self.read("FROM x AS a\nENTRYPOINT [\"one\"]\nCMD [\"two\"]\nFROM a\nCMD [\"three\"]\n")
    let command = StartCommand(other, steps: other.steps(ofSpace: []))
    #expect(command?.program == "one" && command?.arguments.map(\.literal) == ["three"])
  }

  @Test("does not show what its ignore file leaves out")
  func ignored() {
    let ignore = DockerIgnore("# all but a few\n*\n!src\n!/docs/*.md\nsrc/**/*.tmp\n\n  notes \n")
    #expect(["a.txt", "src/x.tmp", "src/a/b/x.tmp", "docs/a.txt", "notes"].allSatisfy(ignore.leavesOut))
    #expect(!["src/a.py", "src/b/c.py", "docs/a.md"].contains { ignore.leavesOut($0) })
    #expect(!DockerIgnore("").leavesOut("a") && !DockerIgnore("*.md\n").leavesOut("docs/a.md"))
    #expect(DockerIgnore("../x\n").isUncertain && DockerIgnore("a**b\n").isUncertain && !DockerIgnore("**/b\n").isUncertain)
  }
}
