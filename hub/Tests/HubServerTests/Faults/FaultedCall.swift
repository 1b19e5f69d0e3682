import Cryptography
import Hub
import HubAPI
import SpaceModel

/// One call of the client under a fault: how it is prepared, made and judged.
struct FaultedCall: Sendable {
  typealias Body = @Sendable (HubClient, SpaceID) async throws(HubError) -> Bool

  var group: String
  var name: String
  /// The rule's selector: this call's request and no other.
  var selector: String
  /// What counts this write's effects in the simulator's state; nil for reads, and for uploads, which are stored under the
  /// digest of their bytes and so can only be done once.
  var effect: String?
  /// Before the fault is set; its value does not matter.
  var prepare: Body?
  /// True when the answer is right.
  var run: Body
  /// Whether the state of the Space shows that it happened; nil where only the count of effects does.
  var isDone: (@Sendable (_ spaces: JSONValue, _ id: SpaceID) -> Bool)?
}

extension FaultedCall {
  static let secretValue = "canary-4f1c"
  private static let large = [UInt8](repeating: 7, count: 100_000)
  private static let sha256 = Digest.sha256Hex(large)

  private static func read(_ group: String, _ name: String, _ selector: String, _ run: @escaping Body) -> FaultedCall {
    FaultedCall(group: group, name: name, selector: "GET \(selector)", run: run)
  }

  static let all: [FaultedCall] = identity + reading + repository + runtime + keys + volumes + content + largeFiles + others

  private static let identity = [
    read("identity", "whoami", "/api/whoami-v2") { hub, _ throws(HubError) in try await hub.whoami().name == "local" }
  ]

  private static let reading = [
    read("reading", "spaces", "/api/spaces") { hub, id throws(HubError) in
      try await hub.spaces(ownedBy: id.owner).contains { $0.address == id }
    },
    read("reading", "space", "/api/spaces/*") { hub, id throws(HubError) in try await hub.space(id).address == id },
    read("reading", "tree", "/api/spaces/*/tree/*") { hub, id throws(HubError) in
      try await hub.tree(of: id, revision: "main").contains { $0.path == "Dockerfile" }
    },
    read("reading", "file", "/spaces/*/resolve/*") { hub, id throws(HubError) in
      try await hub.file("Dockerfile", of: id, revision: "main") == Array("FROM scratch\n".utf8)
    },
    read("reading", "commits", "/api/spaces/*/commits/*") { hub, id throws(HubError) in
      try await !hub.commits(of: id, limit: 5).isEmpty
    },
  ]

  private static let repository = [
    FaultedCall(
      group: "repository", name: "createSpace", selector: "POST /api/repos/create", effect: "create",
      prepare: { hub, id throws(HubError) in
        try await hub.deleteSpace(id)
        return true
      },
      run: { hub, id throws(HubError) in
        var request = SpaceCreation(id: id, sdk: .docker, visibility: .private)
        request.secrets = [SpaceCreation.NewSecret(key: "S", value: Secret(secretValue))]
        return try await hub.createSpace(request).address == id
      }, isDone: { spaces, id in spaces[id.description] != nil }),
    FaultedCall(
      group: "repository", name: "deleteSpace", selector: "DELETE /api/repos/delete", effect: "delete",
      run: { hub, id throws(HubError) in
        try await hub.deleteSpace(id)
        return true
      }, isDone: { spaces, id in spaces[id.description] == nil }),
    FaultedCall(
      group: "repository", name: "moveSpace", selector: "POST /api/repos/move", effect: "move",
      run: { hub, id throws(HubError) in
        guard let target = SpaceID(owner: id.owner, name: id.name + "-moved") else { return false }
        try await hub.moveSpace(id, to: target)
        return true
      }, isDone: { spaces, id in spaces[id.description + "-moved"] != nil }),
    FaultedCall(
      group: "repository", name: "setVisibility", selector: "PUT /api/spaces/*/settings", effect: "settings",
      run: { hub, id throws(HubError) in
        try await hub.setVisibility(.public, of: id)
        return true
      }, isDone: { spaces, id in spaces[id.description]?["visibility"] == "public" }),
    FaultedCall(
      group: "repository", name: "setResourceGroup", selector: "POST /api/spaces/*/resource-group",
      effect: "resource-group",
      run: { hub, id throws(HubError) in
        try await hub.setResourceGroup("66670e5163145ca562cb1988", of: id)
        return true
      }),
  ]

  private static let runtime = [
    read("runtime", "runtime", "/api/spaces/*/runtime") { hub, id throws(HubError) in
      try await hub.runtime(of: id).hardware.requested == .cpuBasic
    },
    FaultedCall(
      group: "runtime", name: "requestHardware", selector: "POST /api/spaces/*/hardware", effect: "hardware",
      run: { hub, id throws(HubError) in
        try await hub.requestHardware("t4-small", sleepTime: nil, for: id).hardware.requested == "t4-small"
      }, isDone: { spaces, id in spaces[id.description]?["hardware"] == "t4-small" }),
    FaultedCall(
      group: "runtime", name: "setSleepTime", selector: "POST /api/spaces/*/sleeptime", effect: "sleeptime",
      run: { hub, id throws(HubError) in
        try await hub.setSleepTime(.never, of: id).hardware.requested == .cpuBasic
      }),
    FaultedCall(
      group: "runtime", name: "setDevMode", selector: "POST /api/spaces/*/dev-mode", effect: "dev-mode",
      run: { hub, id throws(HubError) in try await hub.setDevMode(true, of: id).devMode == true }),
    FaultedCall(
      group: "runtime", name: "pause", selector: "POST /api/spaces/*/pause", effect: "pause",
      run: { hub, id throws(HubError) in try await hub.pause(id).stage == .paused },
      isDone: { spaces, id in spaces[id.description]?["stage"] == "PAUSED" }),
    FaultedCall(
      group: "runtime", name: "restart", selector: "POST /api/spaces/*/restart", effect: "restart",
      run: { hub, id throws(HubError) in try await hub.restart(id, factory: false).stage == .building }),
  ]

  private static let keys = [
    read("keys", "variables", "/api/spaces/*/variables") { hub, id throws(HubError) in
      try await hub.variables(of: id).isEmpty
    },
    read("keys", "secrets", "/api/spaces/*/secrets") { hub, id throws(HubError) in
      try await hub.secrets(of: id).isEmpty
    },
    FaultedCall(
      group: "keys", name: "setVariable", selector: "POST /api/spaces/*/variables", effect: "variables",
      run: { hub, id throws(HubError) in
        try await hub.setVariable("A", value: "1", note: nil, of: id)
        return true
      }, isDone: { spaces, id in spaces[id.description]?["variables"]?["A"] == "1" }),
    FaultedCall(
      group: "keys", name: "deleteVariable", selector: "DELETE /api/spaces/*/variables", effect: "variables",
      prepare: { hub, id throws(HubError) in
        try await hub.setVariable("A", value: "1", note: nil, of: id)
        return true
      },
      run: { hub, id throws(HubError) in
        try await hub.deleteVariable("A", of: id)
        return true
      }, isDone: { spaces, id in spaces[id.description]?["variables"]?["A"] == nil }),
    FaultedCall(
      group: "keys", name: "setSecret", selector: "POST /api/spaces/*/secrets", effect: "secrets",
      run: { hub, id throws(HubError) in
        try await hub.setSecret("S", value: Secret(secretValue), of: id)
        return true
      }, isDone: { spaces, id in spaces[id.description]?["secrets"]?["S"] != nil }),
    FaultedCall(
      group: "keys", name: "deleteSecret", selector: "DELETE /api/spaces/*/secrets", effect: "secrets",
      prepare: { hub, id throws(HubError) in
        try await hub.setSecret("S", value: Secret(secretValue), of: id)
        return true
      },
      run: { hub, id throws(HubError) in
        try await hub.deleteSecret("S", of: id)
        return true
      }, isDone: { spaces, id in spaces[id.description]?["secrets"]?["S"] == nil }),
  ]

  private static let mounted = Volume(kind: .bucket, source: "acme/data", mount: "/data")

  private static let volumes = [
    FaultedCall(
      group: "volumes", name: "setVolumes", selector: "PUT /api/spaces/*/volumes", effect: "volumes",
      run: { hub, id throws(HubError) in
        try await hub.setVolumes([mounted], of: id)
        return true
      }, isDone: { spaces, id in spaces[id.description]?["volumes"] == 1 }),
    FaultedCall(
      group: "volumes", name: "setVolumes, none", selector: "DELETE /api/spaces/*/volumes", effect: "volumes",
      prepare: { hub, id throws(HubError) in
        try await hub.setVolumes([mounted], of: id)
        return true
      },
      run: { hub, id throws(HubError) in
        try await hub.setVolumes([], of: id)
        return true
      }, isDone: { spaces, id in spaces[id.description]?["volumes"] == 0 }),
  ]

  private static let content = [
    FaultedCall(
      group: "content", name: "preupload", selector: "POST /api/spaces/*/preupload/*",
      run: { hub, id throws(HubError) in
        try await hub.preupload([PreuploadFile(path: "a.txt", size: 1, sample: [97])], to: id).files["a.txt"]?.mode == .regular
      }),
    FaultedCall(
      group: "content", name: "commit", selector: "POST /api/spaces/*/commit/*", effect: "commit",
      run: { hub, id throws(HubError) in
        let head = try await hub.space(id).sha
        return try await hub.commit(
          CommitRequest(
            summary: "a", description: "", parentCommit: head, operations: [.file(path: "a.txt", bytes: [97])]), to: id
        ).commit.utf8.count == 40
      }),
  ]

  private static let largeFiles = [
    ("batch", "POST /spaces/*/info/lfs/objects/batch"), ("bytes", "PUT /lfs/*"), ("verify", "POST /api/spaces/*/lfs-verify"),
  ].map { part, selector in
    FaultedCall(
      group: "LFS", name: "uploadLFS, \(part)", selector: selector,
      run: { hub, id throws(HubError) in
        // Each Space gets an object of its own, so that each has to be uploaded.
        let bytes = large + Array(id.name.utf8)
        let object = LFSObject(sha256: Digest.sha256Hex(bytes), size: bytes.count, source: .bytes(bytes))
        try await hub.uploadLFS([object], to: id)
        return true
      })
  }

  private static let others = [
    read("logs", "logs", "/api/spaces/*/logs/*") { hub, id throws(HubError) in
      try await hub.logs(of: id, .build, tail: 50).contains { $0.text.contains("Build Queued") }
    },
    read("catalogue", "hardware", "/api/spaces/hardware") { hub, _ throws(HubError) in
      try await hub.hardware().offers.contains { $0.flavour == "t4-small" }
    },
  ]
}
