import CtyCore
import ProviderKit
import Testing

@testable import HuggingFaceProvider

/// Resources of other types that a `moved` block brings here.
@Suite("Moved from another type")
struct MoveTests {
  func state(_ type: String, _ json: String) throws -> ForeignState {
    ForeignState(provider: "registry.terraform.io/acme/hub", type: type, value: try JSONReader.read(Array(json.utf8)))
  }

  @Test(
    "A Space is found under the names that are common for one",
    arguments: [
      #"{"id":"acme/chat"}"#, #"{"id":"7","space":"acme/chat","name":"x"}"#, #"{"id":"7","repo_id":"acme/chat"}"#,
      #"{"name":"acme/chat","id":null}"#, #"{"id":"65a0","name":"chat","namespace":"acme"}"#,
      #"{"name":"chat","author":"acme"}"#,
    ])
  func space(_ json: String) throws {
    let moved = try Space().move(state("hub_space", json))
    #expect(moved == .fields(["id": .string("acme/chat"), "name": .string("chat"), "owner": .string("acme")]))
  }

  @Test(
    "What names no Space is no Space",
    arguments: [
      #"{"id":"65a0","name":"chat"}"#, #"{"id":"a/b/c"}"#, #"{"id":{"owner":"acme"}}"#, "[]", "null", #"{"name":""}"#,
    ])
  func nothing(_ json: String) {
    #expect(throws: ProviderError.self) { try Space().move(state("hub_space", json)) }
  }

  @Test(
    "A variable and a secret are found by an address with the key, or by Space and key",
    arguments: [
      #"{"id":"acme/chat/LEVEL"}"#, #"{"id":"1","space":"acme/chat","key":"LEVEL"}"#,
      #"{"space_id":"acme/chat","name":"LEVEL"}"#,
    ])
  func key(_ json: String) throws {
    let wanted = CtyValue.fields(["id": .string("acme/chat/LEVEL"), "space": .string("acme/chat"), "key": .string("LEVEL")])
    #expect(try SpaceVariable().move(state("hub_variable", json)) == wanted)
    #expect(try SpaceSecret().move(state("hub_secret", json)) == wanted)
  }

  @Test("A Space without a key is neither")
  func noKey() {
    #expect(throws: ProviderError.self) { try SpaceVariable().move(state("hub_variable", #"{"id":"acme/chat"}"#)) }
  }

  @Test("Our own types are not made of each other: a variable that became a secret would stay for everybody to read")
  func ours() {
    let json = #"{"id":"acme/chat/LEVEL","space":"acme/chat","key":"LEVEL"}"#
    #expect(throws: ProviderError.self) { try SpaceSecret().move(state("huggingface_space_variable", json)) }
    #expect(throws: ProviderError.self) { try Space().move(state("huggingface_space_secret", json)) }
  }
}
