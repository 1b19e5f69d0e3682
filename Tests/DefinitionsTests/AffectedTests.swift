import Testing

@testable import Definitions

@Suite("A run about some paths") struct AffectedTests {
  private static let files = [
    "spaces/front.space.yaml": "name: front\nsleep_time: 1h\nvariables: { B: \"${space.back.url}\" }\n",
    "spaces/back.space.yaml": "name: back\nsleep_time: 1h\nsource: { path: apps/back }\n",
    "spaces/other.space.yaml": "name: other\nsleep_time: 1h\nsource: { path: apps/other }\n",
    "apps/back/Dockerfile": "FROM scratch\nEXPOSE 7860\n",
    "apps/back/README.md": "---\nemoji: 💬\ncolorFrom: red\ncolorTo: blue\n---\n",
    "apps/other/Dockerfile": "FROM scratch\nEXPOSE 7860\n",
  ]

  private func load(_ touched: String..., files: [String: String] = files) throws -> LoadedDefinitions {
    try DefinitionsTests.load(
      files, options: CheckOptions(rules: RuleSelection(select: ["SF0", "SF105", "SF6"]), touched: TouchedPaths(touched)))
  }

  @Test("checks the Space whose definition is named, and those that refer to it")
  func definition() throws {
    let loaded = try load("spaces/back.space.yaml")
    #expect(
      loaded.checked.spaces == [
        .init(file: "spaces/back.space.yaml", reason: .definition), .init(file: "spaces/front.space.yaml", reason: .reference),
      ])
    #expect(loaded.findings.map(\.span.file) == ["spaces/back.space.yaml", "spaces/front.space.yaml"])
    #expect(loaded.checked.definitions == 3 && loaded.checked.appFiles == 2 && loaded.checked.spacesInProject == 3)
  }

  @Test("checks the Space whose source holds the path, be the file there or not")
  func source() throws {
    for path in ["apps/other/Dockerfile", "apps/other/gone.py", "apps/other"] {
      #expect(try load(path).checked.spaces == [.init(file: "spaces/other.space.yaml", reason: .source)])
    }
    #expect(try load("apps/others/x").checked.spaces == [])
    #expect(try load("apps").checked.spaces.map(\.reason) == [.source, .source])
  }

  @Test("checks everything when the project file is named")
  func project() throws {
    #expect(try load("spaceform.yaml").checked.spaces.map(\.reason) == [.project, .project, .project])
    #expect(try load(".").checked.spaces.count == 3)
  }

  @Test("checks who refers to a definition that is gone")
  func gone() throws {
    var files = Self.files
    files["spaces/back.space.yaml"] = nil
    let loaded = try load("spaces/back.space.yaml", files: files)
    #expect(loaded.checked.spaces == [.init(file: "spaces/front.space.yaml", reason: .reference)])
    #expect(loaded.findings.map(\.rule) == ["SF105", "SF602"])
  }

  @Test("looks across the fleet when a definition changed, and not for an app's file")
  func fleet() throws {
    var files = Self.files
    files["spaces/twin.space.yaml"] = "name: other\n"
    #expect(try load("spaces/front.space.yaml", files: files).findings.map(\.rule).contains("SF601"))
    #expect(try !load("apps/back/x", files: files).findings.map(\.rule).contains("SF601"))
  }

  @Test("reports a file that cannot be read as a definition only when it is named")
  func unreadable() throws {
    let files = Self.files.merging(["spaces/bad.space.yaml": "name: [\n"]) { $1 }
    #expect(try load("spaces/bad.space.yaml", files: files).findings.map(\.rule) == ["SF002"])
    #expect(try load("apps/other/x", files: files).findings.map(\.rule) == ["SF105"])
  }
}
