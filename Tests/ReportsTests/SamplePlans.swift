import HubAPI
import Reconciler
import SpaceModel
import State

/// Plans with something of everything a plan can say, made by the planner.
enum SamplePlans {
  static let chat = address("acme/chat")
  static let api = address("acme/api")

  /// Two Spaces to be born, one of which speaks of the other.
  static func creation() -> Plan {
    var world = World()
    world.project.activeHoursPerDay = 8
    world.observation.quota = Quota(remaining: 997, resetsIn: 120)
    world.define(api) {
      $0.hardware = "t4-small"
      $0.sleepTime = SleepTime("1h")
      $0.replicas = 2
    }
    world.define(chat) {
      $0.visibility = nil
      $0.region = "eu"
      $0.template = "SpacesExamples/jupyterlab"
      $0.devMode = true
      $0.variables = [
        "API_URL": VariableDeclaration(
          value: ValueTemplate(parts: [.reference(api, .url), .text("/v1")]), note: "where the backend is"),
        "EMPTY": VariableDeclaration(value: ValueTemplate("")),
        "GREETING": VariableDeclaration(value: ValueTemplate("こんにちは 👋")),
        "SCRIPT": VariableDeclaration(value: ValueTemplate("set -e\n\n\techo one\necho two\n")),
      ]
      $0.secrets = ["HF_TOKEN": SecretDeclaration(source: .environment("HF_TOKEN"), version: 1)]
      $0.volumes = [
        Volume(kind: .bucket, source: "acme/data", mount: "/data", path: "chat"),
        Volume(kind: .model, source: "acme/small", mount: "/model", revision: "v2"),
      ]
      $0.source = ContentSource(path: "apps/chat")
      $0.wait = WaitPolicy(condition: .running)
    }
    world.manifests[chat] = manifest(
      [("Dockerfile", 310), ("app.py", 4_200), ("model.bin", 1_250_000_000)], digest: "sha256:new")
    return world.plan()
  }

  /// One Space of which nearly everything differs: some of it wanted, some of it changed by others.
  static func update() -> Plan {
    var world = World()
    let long = String(repeating: "x", count: 150)
    world.define(chat) {
      $0.hardware = "t4-small"
      $0.variables = [
        "LOG_LEVEL": VariableDeclaration(value: ValueTemplate("debug")),
        "LONG": VariableDeclaration(value: ValueTemplate("\(long)-two-\(long)")),
        "MODEL": VariableDeclaration(value: ValueTemplate("acme/m"), note: "which model"),
        "NEW": VariableDeclaration(value: ValueTemplate("1")),
        "THEIRS": VariableDeclaration(value: ValueTemplate("ours")),
      ]
      $0.secrets = [
        "API_KEY": SecretDeclaration(source: .environment("API_KEY"), version: 2),
        "OTHER": SecretDeclaration(source: .environment("OTHER")),
      ]
      $0.volumes = [
        Volume(kind: .bucket, source: "acme/data", mount: "/data"),
        Volume(kind: .dataset, source: "acme/texts", mount: "/texts"),
      ]
      $0.source = ContentSource(path: "apps/chat")
      $0.wait = WaitPolicy(condition: .running)
    }
    world.record(chat) {
      $0.settings["sleep_time"] = "1h"
      $0.variables = [
        "LOG_LEVEL": RecordedVariable(value: "info"), "LONG": RecordedVariable(value: "\(long)-one-\(long)"),
        "MODEL": RecordedVariable(value: "acme/m"), "OLD": RecordedVariable(value: "gone soon"),
        "THEIRS": RecordedVariable(value: "ours"),
      ]
      $0.secrets = [
        "API_KEY": RecordedSecret(updatedAt: Timestamp(milliseconds: 1), version: 1),
        "OLD_KEY": RecordedSecret(updatedAt: Timestamp(milliseconds: 1)),
        "OTHER": RecordedSecret(updatedAt: Timestamp(milliseconds: 1)),
      ]
      $0.volumes = [Volume(kind: .bucket, source: "acme/data", mount: "/data")]
      $0.content = RecordedContent(digest: "sha256:old", commit: World.head, live: World.head)
    }
    world.live(chat) {
      $0.variables = .value([
        "LOG_LEVEL": LiveVariable(value: "info"), "LONG": LiveVariable(value: "\(long)-one-\(long)"),
        "MODEL": LiveVariable(value: "acme/m"), "OLD": LiveVariable(value: "gone soon"),
        "THEIRS": LiveVariable(value: "\u{1B}[31mtheirs\u{202E}\nsecond line"),
      ])
      $0.secrets = .value([
        "API_KEY": LiveSecret(updatedAt: Timestamp(milliseconds: 1)),
        "OLD_KEY": LiveSecret(updatedAt: Timestamp(milliseconds: 1)),
        "OTHER": LiveSecret(updatedAt: Timestamp(milliseconds: 9)),
      ])
      $0.volumes = .value([
        Volume(kind: .bucket, source: "acme/data", mount: "/data"), Volume(kind: .space, source: "acme/api", mount: "/old"),
      ])
      $0.content = .value(
        ObservedContent(
          files: [
            TreeFile(path: "app.py", size: 9, git: "other"), TreeFile(path: "old\u{1B}[2J.py", size: 5, git: "g9"),
            TreeFile(path: ".gitattributes", size: 5, git: "g8"),
          ], reachesRecorded: true))
    }
    world.manifests[chat] = manifest([("app.py", 1_500), ("日本.txt", 12)], digest: "sha256:new")
    return world.plan()
  }

  /// `update`, with what changes inside the files.
  static func compared() -> Plan {
    var plan = update()
    let hunks = "@@ -1,2 +1,2 @@\n import os\n-print(\"old\")\n+\tprint(\"<new> \u{1B}[31m\")\n\\ No newline at end of file\n"
    plan.spaces[0].files[0].difference = .hunks(hunks)
    plan.spaces[0].files[1].difference = .hunks("@@ -1 +0,0 @@\n-gone\n")
    plan.spaces[0].files[2].difference = .omitted("binary")
    return plan
  }

  /// `update` with a setting that changes while the Space runs, and the plan's own count of calls.
  static func strange() -> Plan {
    var plan = update()
    plan.spaces[0].changes.append(Change(path: "visibility", old: "private", new: "public", effect: .inPlace))
    return plan
  }

  /// One Space for each of the other actions.
  static func lives() -> Plan {
    var world = World()
    world.options.allowDestroy = true
    world.options.maximumDestroys = 2
    world.options.adopt = [address("acme/found")]
    world.define(address("acme/found")) { $0.hardware = "cpu-upgrade" }
    world.live(address("acme/found"))
    world.define(address("acme/moved")) { $0.movedFrom = address("acme/old") }
    world.live(address("acme/old"))
    world.record(address("acme/old"))
    world.define(address("acme/region")) { $0.region = "eu" }
    world.live(address("acme/region")) { $0.info.region = "us" }
    world.record(address("acme/region"))
    world.live(address("acme/unwanted"))
    world.record(address("acme/unwanted"))
    world.project.removed = [Removal(space: address("acme/kept"), destroy: false)]
    world.live(address("acme/kept"))
    world.record(address("acme/kept"))
    world.observation.absent = [address("acme/lost"), address("acme/vanished")]
    world.record(address("acme/vanished"))
    world.define(address("acme/lost"))
    world.record(address("acme/lost"))
    world.define(address("acme/unproven")) {
      $0.source = ContentSource(path: "apps/unproven")
      $0.wait = WaitPolicy(condition: .running)
    }
    world.live(address("acme/unproven"))
    world.record(address("acme/unproven")) {
      $0.content = RecordedContent(digest: "sha256:same", commit: World.head, live: nil)
    }
    return world.plan()
  }

  /// Spaces of which something may not be done.
  static func blocked() -> Plan {
    var world = World()
    world.define(address("acme/edited")) {
      $0.source = ContentSource(path: "apps/edited")
      $0.hardware = "cpu-upgrade"
    }
    world.live(address("acme/edited")) { $0.content = foreign(7) }
    world.record(address("acme/edited")) { $0.content = RecordedContent(digest: "sha256:old", commit: "b", live: "b") }
    world.define(address("acme/touched")) { $0.source = ContentSource(path: "apps/touched") }
    world.live(address("acme/touched")) { $0.content = foreign(1) }
    world.record(address("acme/touched")) { $0.content = RecordedContent(digest: "sha256:new", commit: "b", live: "b") }
    for space in ["acme/edited", "acme/touched"] {
      world.manifests[address(space)] = manifest([("app.py", 10), ("model.bin", 20)], digest: "sha256:new")
    }
    world.define(address("acme/exists"))
    world.live(address("acme/exists"))
    world.define(address("acme/hidden"))
    world.record(address("acme/hidden"))
    world.observation.unknown[address("acme/hidden")] = "the token may not read all of acme"
    world.live(address("acme/undefined"))
    world.record(address("acme/undefined"))
    return world.plan()
  }

  private static func foreign(_ count: Int) -> Reading<ObservedContent> {
    .value(
      ObservedContent(
        files: [TreeFile(path: "app.py", size: 9, git: "theirs")],
        commits: (1...count).map { CommitRecord(id: "c\($0)00000000000", title: "Edit \($0)\u{1B}[1m") }, reachesRecorded: true)
    )
  }
}
