import Diagnostics
import SpaceModel
import Testing

@testable import Definitions

@Suite("Loading a project") struct LoaderTests {
  static let complete = """
    name: chat
    sdk: docker
    hardware: t4-small
    sleep_time: 1h
    visibility: protected
    region: eu
    resource_group: 66670e5163145ca562cb1988
    template: SpacesExamples/jupyterlab
    source: { path: ./apps//chat/, ignore: ["*.ipynb"], prune: false }
    card: { title: Chat, emoji: "💬", color_from: blue, color_to: indigo, full_width: true, dev_mode_folder: src, app_port: 7860, extra: { key: [1, x] } }
    variables:
      LOG_LEVEL: info
      PORT: 08080
      RATIO: 1.10
      MODEL_ID: { value: acme/m, description: which model }
      BACKEND_URL: "see ${space.backend.url}/v1 and $${space.x} or ${HOME}"
      PAGE: ${space["acme/backend"].page}
    secrets:
      OPENAI_API_KEY: { env: OPENAI_API_KEY, version: 3 }
      FROM_FILE: { file: keys/one }
      FROM_COMMAND: { command: [op, read, item] }
    volumes: [{ type: bucket, source: acme/data, mount: /data, read_only: true }, { type: model, source: acme/m, mount: /m, revision: v1 }]
    dev_mode: false
    replicas: 2
    wait: { for: running, timeout: 10m }
    lifecycle: { prevent_destroy: true, ignore_changes: [hardware, content] }
    moved_from: acme/old-chat
    depends_on: [backend]
    """

  @Test("turns every key of a Space into its value")
  func everything() throws {
    let loaded = try load(
      space: Self.complete, also: ["spaces/backend.space.yaml": "name: backend\n", "apps/chat/Dockerfile": "FROM scratch\n"])
    #expect(loaded.findings == [])
    let fleet = try #require(loaded.fleet)
    let backend = try #require(SpaceID("acme/backend"))
    #expect(fleet.spaces.map(\.id.description) == ["acme/backend", "acme/chat"])
    let chat = fleet.spaces[1]
    #expect(chat.file == "spaces/chat.space.yaml")
    #expect(chat.sdk == .docker && chat.hardware == "t4-small" && chat.sleepTime == .after(seconds: 3600))
    #expect(chat.visibility == .protected && chat.region == "eu" && chat.resourceGroup == "66670e5163145ca562cb1988")
    #expect(chat.template == "SpacesExamples/jupyterlab")
    #expect(chat.source == ContentSource(path: "apps/chat", ignore: ["*.ipynb"], prune: false))
    #expect(
      chat.card == [
        "title": "Chat", "emoji": "💬", "colorFrom": "blue", "colorTo": "indigo", "fullWidth": true, "dev-mode-folder": "src",
        "app_port": 7860, "key": [1, "x"],
      ])
    #expect(chat.variables["LOG_LEVEL"] == VariableDeclaration(value: ValueTemplate("info")))
    #expect(chat.variables["PORT"]?.value == ValueTemplate("08080") && chat.variables["RATIO"]?.value == ValueTemplate("1.10"))
    #expect(chat.variables["MODEL_ID"] == VariableDeclaration(value: ValueTemplate("acme/m"), note: "which model"))
    #expect(
      chat.variables["BACKEND_URL"]?.value.parts
        == [.text("see "), .reference(backend, .url), .text("/v1 and ${space.x} or ${HOME}")])
    #expect(chat.variables["PAGE"]?.value.parts == [.reference(backend, .page)])
    #expect(
      chat.secrets == [
        "OPENAI_API_KEY": SecretDeclaration(source: .environment("OPENAI_API_KEY"), version: 3),
        "FROM_FILE": SecretDeclaration(source: .file("keys/one")),
        "FROM_COMMAND": SecretDeclaration(source: .command(["op", "read", "item"])),
      ])
    #expect(
      chat.volumes == [
        Volume(kind: .bucket, source: "acme/data", mount: "/data", readOnly: true),
        Volume(kind: .model, source: "acme/m", mount: "/m", revision: "v1"),
      ])
    #expect(chat.devMode == false && chat.replicas == 2)
    #expect(chat.wait == WaitPolicy(condition: .running, timeout: TimeSpan(seconds: 600)))
    #expect(chat.lifecycle == Lifecycle(preventDestroy: true, ignoreChanges: ["hardware", "content"]))
    #expect(chat.movedFrom == SpaceID("acme/old-chat") && chat.dependsOn == [backend])
  }

  @Test("leaves what is not said unmanaged, but for SDK, hardware and waiting")
  func defaults() throws {
    let fleet = try #require(
      try load(
        [
          "spaces/a.space.yaml": "name: a\n", "spaces/b.space.yaml": "name: b\nsource: { path: apps/b }\n",
          "spaces/c.space.yaml": "name: c\nsource: { path: apps/c }\n", "apps/b/README.md": "---\nsdk: static\n---\n",
          "apps/b/index.html": "",
          "apps/c/Dockerfile": "FROM scratch\nEXPOSE 7860\n", "spaces/deep/er/d.space.yaml": "name: d\nowner: other\n",
          "spaces/readme.yaml": "nothing: here\n",
        ]
      ).fleet)
    #expect(fleet.spaces.map(\.id.description) == ["acme/a", "acme/b", "acme/c", "other/d"])
    #expect(fleet.spaces.map(\.sdk) == [.docker, .static, .docker, .docker])
    #expect(fleet.spaces.map(\.hardware) == [.cpuBasic, nil, .cpuBasic, .cpuBasic])
    #expect(fleet.spaces.map(\.wait.condition) == [.none, .running, .running, .none])
    let plain = fleet.spaces[0]
    #expect(plain.visibility == nil && plain.sleepTime == nil && plain.card == nil && plain.volumes == nil)
    #expect(plain.replicas == nil && plain.devMode == nil && plain.source == nil)
  }

  @Test("lays defaults under each Space, sleep time on paid hardware only")
  func projectDefaults() throws {
    let project =
      plainProject
      + "defaults: { visibility: private, sleep_time: 1h, hardware: t4-small, variables: { A: 1, B: { value: 2 } }, card: { tags: [x, y], title: T } }\n"
    let fleet = try #require(
      try load(
        [
          "spaces/a.space.yaml": "name: a\nvariables: { B: 3 }\ncard: { tags: [z] }\n",
          "spaces/b.space.yaml": "name: b\nhardware: cpu-basic\n", "spaces/c.space.yaml": "name: c\nsdk: static\n",
        ], project: project
      ).fleet)
    #expect(fleet.spaces.map(\.sleepTime) == [.after(seconds: 3600), nil, nil])
    #expect(fleet.spaces.map(\.hardware) == ["t4-small", .cpuBasic, nil])
    #expect(fleet.spaces.map(\.visibility) == [.private, .private, .private])
    #expect(fleet.spaces[0].variables.mapValues(\.value) == ["A": ValueTemplate("1"), "B": ValueTemplate("3")])
    #expect(fleet.spaces[0].card == ["tags": ["z"], "title": "T"])
    #expect(!fleet.spaces[0].declaresSDK)
  }

  @Test("gives an environment its own owner, names and defaults, and keeps references inside")
  func environments() throws {
    let project =
      plainProject
        + """
        defaults: { hardware: t4-small, sleep_time: 1h, variables: { A: base, B: base } }
        environments:
          staging: { owner: acme-staging, suffix: -staging, defaults: { hardware: cpu-basic, variables: { B: staging } } }

        """
    let files = [
      "spaces/chat.space.yaml":
        "name: chat\nvariables: { U: \"${space.backend.url}\", V: \"${space[\\\"acme/backend\\\"].id}\" }\nmoved_from: acme/talk\ndepends_on: [backend]\n",
      "spaces/backend.space.yaml": "name: backend\n",
    ]
    let loaded = try load(files, project: project, environment: "staging")
    #expect(loaded.findings == [])
    let fleet = try #require(loaded.fleet)
    let backend = try #require(SpaceID("acme-staging/backend-staging"))
    #expect(fleet.project.environment == "staging" && fleet.project.owner == "acme-staging")
    #expect(fleet.spaces.map(\.id.description) == ["acme-staging/backend-staging", "acme-staging/chat-staging"])
    let chat = fleet.spaces[1]
    #expect(chat.hardware == .cpuBasic && chat.sleepTime == nil)
    #expect(chat.variables["A"]?.value == ValueTemplate("base") && chat.variables["B"]?.value == ValueTemplate("staging"))
    #expect(chat.references == [backend] && chat.dependsOn == [backend])
    #expect(chat.variables["V"]?.value.parts == [.reference(backend, .id)])
    #expect(chat.movedFrom == SpaceID("acme-staging/talk-staging"))
    let plain = try #require(try load(files, project: project).fleet)
    #expect(plain.spaces.map(\.id.description) == ["acme/backend", "acme/chat"])
    let failure = #expect(throws: Failure.self) { try load(files, project: project, environment: "stagin") }
    #expect(failure?.status == .usage && failure?.help == "Did you mean `staging`?")
  }

  @Test("reads the rest of the project file")
  func projectFile() throws {
    let project = """
      version: 1
      project: demos
      owner: acme
      include: ["fleet/*.space.yaml", "more/**/?.yaml"]
      removed: [{ space: acme/old, destroy: true }, { space: acme/kept, destroy: false }]
      policy: { allowed_hardware: [cpu-basic], max_monthly_usd: 500, warn_monthly_usd: 0.5, require_sleep_time_on_paid_hardware: true, allow_public: false, name_pattern: "^[a-z]+$" }
      cost: { active_hours_per_day: 7.5 }
      preview: { secrets: [], volumes: [], ttl: 3d }
      state: { store: file }
      """
    let loaded = try load(
      [
        "fleet/a.space.yaml": "name: a\n", "fleet/deep/x.space.yaml": "broken: [", "more/b.yaml": "name: b\n",
        "more/x/y/c.yaml": "name: c\n",
      ],
      project: project)
    #expect(loaded.findings == [])
    #expect(loaded.filesChecked == 4)
    let fleet = try #require(loaded.fleet)
    #expect(fleet.spaces.map(\.id.name) == ["a", "b", "c"])
    let old = try #require(SpaceID("acme/old"))
    let kept = try #require(SpaceID("acme/kept"))
    #expect(fleet.project.removed == [Removal(space: old, destroy: true), Removal(space: kept, destroy: false)])
    #expect(fleet.project.activeHoursPerDay == 7.5)
    #expect(
      fleet.project.policy
        == Policy(
          allowedHardware: [.cpuBasic], maximumMonthly: Money(usd: 500), warnMonthly: Money(usd: 0.5),
          requireSleepTimeOnPaidHardware: true, allowPublic: false, namePattern: "^[a-z]+$"))
  }

  @Test("reports everything wrong with all files at once, and gives no fleet")
  func allAtOnce() throws {
    let loaded = try load(
      [
        "spaces/a.space.yaml": "name: a\nhardwear: x\nreplicas: two\nvisibility: hidden\nsecrets: { K: literal }\n",
        "spaces/b.space.yaml": "name: [\n", "spaces/c.space.yaml": "", "spaces/d.space.yaml": "- name\n",
        "spaces/e.space.yaml": "name: e\nvariables: { A: \"${space.zzz.url}\" }\n",
      ])
    #expect(loaded.fleet == nil)
    #expect(loaded.filesChecked == 6)
    #expect(loaded.findings.map(\.rule) == ["SF010", "SF011", "SF012", "SF401", "SF002", "SF014", "SF011", "SF602"])
    #expect(loaded.findings == loaded.findings.sortedForReport())
  }

  @Test("never shows a value that stands where a secret belongs")
  func confidential() throws {
    let canary = "canary-5f2c"
    let texts = [
      "name: a\nsecrets:\n  K: \(canary)\n", "name: a\nsecrets: { K: { value: \(canary) } }\n",
      "name: a\nsecrets: [\(canary)]\n",
      "name: a\nsecrets: \(canary)\n", "name: a\nsecrets:\n  K: \(canary): x\n  L: [\n",
      "name: a\nsecrets:\n  K: |\n    \(canary)\n",
      "name: a\nsecrets: &x { K: { env: A, other: [\(canary)] } }\n", "secrets:\n- K=\(canary)\n: [",
    ]
    for text in texts {
      let loaded = try load(space: text)
      #expect(loaded.fleet == nil, "\(text)")
      #expect(loaded.texts["spaces/chat.space.yaml"]?.contains("****") == true, "\(text)")
      #expect(!"\(loaded)".contains(canary), "\(text)")
    }
  }

  @Test("says plainly when there is no project file")
  func noProject() throws {
    let failure = #expect(throws: Failure.self) { try DefinitionLoader.load(tree: MemoryTree([:]), environment: nil) }
    #expect(failure?.description == "reading spaceform.yaml: there is no such file")
  }

  @Test("turns a link out of the folder into a finding at the path")
  func escape() throws {
    var tree = MemoryTree(["spaceform.yaml": plainProject, "spaces/a.space.yaml": "name: a\nsource: { path: link }\n"])
    tree.refused = ["link"]
    let loaded = try DefinitionLoader.load(tree: tree, environment: nil)
    #expect(loaded.findings.map(\.rule) == ["SF302"])
    #expect(loaded.findings.first?.span.start == Position(line: 2, column: 17))
  }

  @Test("finds what is wrong in a source's README, in the README")
  func readme() throws {
    let loaded = try load(
      space: "name: a\nsource: { path: app }\n",
      also: [
        "app/README.md": "\n---\ntitle: A\ntitle: B\nemoji: 💬\ncolorFrom: red\ncolorTo: red\n---\n",
        "app/Dockerfile": "FROM scratch\nEXPOSE 7860\n",
      ])
    #expect(loaded.findings.map(\.rule) == ["SF003"])
    #expect(
      loaded.findings.first?.span
        == SourceSpan(file: "app/README.md", start: Position(line: 4, column: 1), end: Position(line: 4, column: 6)))
    #expect(loaded.texts["app/README.md"] != nil)
  }

  @Test("has a card without a source say the declared sdk, whatever the live README says")
  func sdkOfCard() throws {
    let fleet = try #require(
      try load([
        "spaces/a.space.yaml": "name: a\nsdk: gradio\ncard: {}\n", "spaces/b.space.yaml": "name: b\ncard: { title: B }\n",
        "spaces/c.space.yaml": "name: c\nsdk: static\n",
      ]).fleet)
    #expect(fleet.spaces.map(\.card) == [["sdk": "gradio"], ["title": "B"], nil])
    #expect(fleet.spaces.map(\.declaresSDK) == [true, false, true])
  }

  @Test("says the same of many files, read on all processors, every time")
  func many() throws {
    var files: [String: String] = ["app/README.md": "---\ntitle: A\ntitle: B\n---\n"]
    for index in 0..<400 {
      files["spaces/\(index).space.yaml"] =
        "name: s\(index)\nsource: { path: app }\nhardware: t4-smal\n" + (index % 7 == 0 ? "replica: 1\n" : "")
    }
    let loaded = try load(files)
    #expect(loaded.checked.definitions == 401 && loaded.fleet == nil)
    #expect(loaded.findings.filter { $0.rule == "SF003" }.map(\.span.file) == ["app/README.md"])
    #expect(loaded.findings.filter { $0.rule == "SF103" }.count == 400)
    #expect(loaded.findings.filter { $0.rule == "SF010" }.count == 58)
    #expect(loaded.findings == loaded.findings.sortedForReport())
    for _ in 0..<5 { #expect(try load(files).findings == loaded.findings) }
  }

  @Test("keeps the Spaces of many files in the order of their paths")
  func order() throws {
    let files = Dictionary(uniqueKeysWithValues: (0..<500).map { ("spaces/\($0).space.yaml", "name: s\($0)\n") })
    let fleet = try #require(try load(files).fleet)
    let sorted = files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(fleet.spaces.map(\.file) == sorted)
    #expect(fleet.spaces.allSatisfy { $0.file == "spaces/\($0.id.name.dropFirst()).space.yaml" })
  }

  @Test("names the keys there are for a key that resembles none")
  func knownKeys() throws {
    let findings = try load(
      space: "name: chat\nzzzzzz: 1\nsource: { path: app, qqqq: 1 }\n", also: ["app/Dockerfile": "FROM scratch\nEXPOSE 7860\n"]
    ).findings
    #expect(
      findings.map(\.help) == [
        "Use one of `name`, `owner`, `sdk`, `hardware`, `sleep_time`, `visibility`, `region`, `resource_group` and 12 others; `spaceform schema` prints them all.",
        "Use one of `path`, `ignore` or `prune`.",
      ])
  }

  @Test("walks a chain of thousands of Spaces and names the circle in it")
  func longChain() throws {
    var files: [String: String] = [:]
    for index in 0..<3000 { files["spaces/\(index).space.yaml"] = "name: s\(index)\ndepends_on: [s\((index + 1) % 3000)]\n" }
    let loaded = try load(files)
    #expect(loaded.findings.map(\.rule) == ["SF604"])
    #expect(loaded.findings.first?.related.count == 8)
    files["spaces/2999.space.yaml"] = "name: s2999\n"
    #expect(try load(files).fleet?.spaces.count == 3000)
  }
}
