import HubAPI
import Reconciler
import SpaceModel
import State
import Testing

@Suite("Keys that nobody manages here")
struct UnmanagedKeyTests {
  private func scene() -> Scene {
    var scene = Scene.settled {
      $0.variables = ["OURS": VariableDeclaration(value: ValueTemplate("1"))]
    }
    scene.recorded {
      $0.variables = ["OURS": RecordedVariable(value: "1"), "WAS_OURS": RecordedVariable(value: "2")]
      $0.secrets = ["RELEASED": RecordedSecret(updatedAt: nil)]
    }
    scene.live {
      $0.variables = .value([
        "OURS": LiveVariable(value: "1"), "WAS_OURS": LiveVariable(value: "2"), "THEIRS": LiveVariable(value: "3"),
      ])
      $0.secrets = .value(["RELEASED": LiveSecret(), "THEIR_TOKEN": LiveSecret()])
    }
    return scene
  }

  private func chat(_ scene: Scene) -> SpacePlan? { scene.plan().spaces.first { $0.address == Scene.chat } }

  @Test("are listed after a full refresh, and no step touches them")
  func listed() {
    var full = scene()
    full.live {
      $0.keys.variables = .value(["OURS", "WAS_OURS", "THEIRS"])
      $0.keys.secrets = .value(["RELEASED", "THEIR_TOKEN"])
    }
    let space = chat(full)
    #expect(space?.unmanaged == UnmanagedKeys(variables: ["THEIRS"], secrets: ["THEIR_TOKEN"]))
    #expect(space?.steps == [.deleteVariable("WAS_OURS"), .deleteSecret("RELEASED")])
    #expect(space.map(json)?["unmanaged"] == ["variables": ["THEIRS"], "secrets": ["THEIR_TOKEN"]])
  }

  @Test("change neither the digest of the work nor what a saved plan is bound to")
  func binding() {
    var full = scene()
    full.live { $0.keys.variables = .value(["OURS", "WAS_OURS", "THEIRS"]) }
    #expect(full.plan().operationsDigest == scene().plan().operationsDigest)
    #expect(chat(full)?.binding == chat(scene())?.binding)
    #expect(chat(scene())?.unmanaged.isEmpty == true)
    #expect(chat(scene()).map(json)?["unmanaged"] == nil)
  }

  @Test("that the token may not list are said to be unreadable")
  func unreadable() {
    var scene = Scene.settled()
    scene.live {
      $0.keys.variables = .unreadable("not yours")
      $0.keys.secrets = .unreadable("not yours")
    }
    #expect(chat(scene)?.notes == ["variables cannot be read: not yours", "secrets cannot be listed: not yours"])
  }

  private func json(_ space: SpacePlan) -> JSONValue {
    Plan(project: "demos", hub: "local", spaces: [space], totals: Totals()).json["spaces"]?.arrayValue?.first ?? .null
  }
}
