import SpaceModel
import Testing

@testable import Definitions

@Suite("The JSON Schemas") struct SchemaTests {
  @Test("know every setting of the table, and nothing else beside the definition's own keys")
  func settings() throws {
    let keys = try #require(DefinitionSchema.space["properties"]?.objectValue).keys
    #expect(
      Set(keys)
        == Set(Setting.all.map(\.key)).union(["name", "owner", "wait", "lifecycle", "moved_from", "depends_on"]))
    #expect(DefinitionSchema.space["additionalProperties"] == false)
    #expect(DefinitionSchema.space["required"] == ["name"])
  }

  @Test("say what each key takes")
  func shapes() {
    let space = DefinitionSchema.space["properties"]
    #expect(space?["visibility"]?["enum"] == ["public", "private", "protected"])
    #expect(space?["replicas"]?["minimum"] == 1)
    #expect(space?["secrets"]?["additionalProperties"]?["oneOf"]?.arrayValue?.count == 3)
    #expect(space?["card"]?["properties"]?["color_from"]?["enum"]?.arrayValue?.count == 8)
    #expect(space?["volumes"]?["items"]?["required"] == ["type", "source", "mount"])
  }

  @Test("let the project's defaults hold every Space key but name and moved_from")
  func defaults() throws {
    let space = try #require(DefinitionSchema.space["properties"]?.objectValue)
    let defaults = try #require(DefinitionSchema.project["properties"]?["defaults"]?["properties"]?.objectValue)
    #expect(Set(defaults.keys) == Set(space.keys).subtracting(["name", "moved_from"]))
    #expect(DefinitionSchema.project["properties"]?["defaults"]?["required"] == nil)
  }
}
