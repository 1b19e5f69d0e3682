import Foundation
import Testing

/// The checker itself: each kind of violation, planted, is found.
@Suite("The layering checker")
struct LayeringTests {
  let layering = Layering(
    house: House(
      rooms: [
        "Words": House.Room(height: 10), "Wire": House.Room(height: 20),
        "Engine": House.Room(height: 30, foreign: .only(["Parser"])), "Face": House.Room(height: 40, foreign: .any),
      ],
      allowedRootDependencies: ["parser"]))

  /// A manifest in SwiftPM's own form: targets with the names they depend on.
  func manifest(_ targets: [String: [String]], packages: [String] = [], products: [String: [String]] = [:]) throws -> Manifest {
    let json: [String: Any] = [
      "name": "sample",
      "targets": targets.map { name, names in
        ["name": name, "type": "regular", "dependencies": names.map { ["byName": [$0, NSNull()] as [Any]] }]
      },
      "products": products.map { ["name": $0.key, "targets": $0.value] },
      "dependencies": packages.map { ["sourceControl": [["identity": $0]]] },
    ]
    return try Manifest(json: JSONSerialization.data(withJSONObject: json))
  }

  func check(_ text: String, in target: String, of manifest: Manifest) -> [Violation] {
    layering.violations(
      of: SourceImport.all(in: text, target: target, path: "Sources/\(target)/File.swift"), in: manifest, among: [manifest])
  }

  @Test("Dependencies that point down are no violation")
  func downward() throws {
    let house = try manifest(["Words": [], "Wire": ["Words"], "Engine": ["Wire", "Words"]], packages: ["parser"])
    #expect(layering.violations(in: house, isRoot: true) == [])
  }

  @Test("A dependency that points up is found")
  func upward() throws {
    let house = try manifest(["Words": ["Engine"], "Engine": []])
    #expect(
      layering.violations(in: house, isRoot: true).map(\.description) == [
        "Words depends on Engine, which is not below it (10 → 30)"
      ])
  }

  @Test("A dependency on the same step is found")
  func sideways() throws {
    let layering = Layering(
      house: House(rooms: ["A": House.Room(height: 20), "B": House.Room(height: 20)], allowedRootDependencies: []))
    #expect(layering.violations(in: try manifest(["A": ["B"], "B": []]), isRoot: false).count == 1)
  }

  @Test("A target without a row in the table is found")
  func unknownTarget() throws {
    let found = layering.violations(in: try manifest(["Attic": []]), isRoot: false)
    #expect(found.map(\.description) == ["Attic has no row in House.swift: decide on which floor it lives"])
  }

  @Test("A server library in the root package is found, and in another package it is not")
  func heavyRoot() throws {
    let house = try manifest(["Words": []], packages: ["parser", "swift-nio"])
    #expect(layering.violations(in: house, isRoot: true).count == 1)
    #expect(layering.violations(in: house, isRoot: false) == [])
  }

  @Test(
    "An import that points up is found however it is written",
    arguments: [
      "import Engine", "@testable import Engine", "public import Engine", "import struct Engine.Plan", "  import Engine // why",
      "@_exported public import Engine",
    ])
  func upwardImport(line: String) throws {
    let house = try manifest(["Words": [], "Wire": ["Words"], "Engine": ["Wire"]])
    #expect(
      check("// first line\n\(line)\n", in: "Wire", of: house).map(\.description) == [
        "Sources/Wire/File.swift:2: Wire imports Engine, which is not below it"
      ])
  }

  @Test("An import that the manifest does not declare is found, and one it declares through a product is not")
  func undeclaredImport() throws {
    let house = try manifest(["Words": [], "Engine": []])
    #expect(check("import Words", in: "Engine", of: house).count == 1)
    let json = """
      {"name": "sample", "dependencies": [], "products": [{"name": "Kit", "targets": ["Words"]}],
       "targets": [{"name": "Words", "type": "regular", "dependencies": []},
                   {"name": "Engine", "type": "regular", "dependencies": [{"product": ["Kit", "sample", null, null]}]}]}
      """
    #expect(check("import Words", in: "Engine", of: try Manifest(json: Data(json.utf8))) == [])
  }

  @Test("A module imported under another name is judged by its own")
  func aliasedImport() throws {
    func house(_ product: String) throws -> Manifest {
      let json = """
        {"name": "sample", "dependencies": [], "products": [{"name": "Kit", "targets": ["\(product)"]}],
         "targets": [{"name": "\(product)", "type": "regular", "dependencies": []},
                     {"name": "Wire", "type": "regular",
                      "dependencies": [{"product": ["Kit", "sample", {"\(product)": "Other"}, null]}]}]}
        """
      return try Manifest(json: Data(json.utf8))
    }
    #expect(check("import Other", in: "Wire", of: try house("Words")) == [])
    #expect(
      check("import Other", in: "Wire", of: try house("Engine")).map(\.description) == [
        "Sources/Wire/File.swift:1: Wire imports Engine, which is not below it"
      ])
  }

  @Test("Modules of others are imported only where the table lets them in")
  func foreignImports() throws {
    let house = try manifest(["Words": [], "Engine": [], "Face": []])
    #expect(check("import Parser", in: "Engine", of: house) == [])
    #expect(check("import NIOCore", in: "Engine", of: house).count == 1)
    #expect(check("import NIOCore", in: "Face", of: house) == [])
    #expect(check("import FoundationNetworking", in: "Words", of: house).count == 1)
    #expect(check("import Dispatch", in: "Words", of: house) == [])
    #expect(check("import Foundation", in: "Words", of: house).count == 1)
  }

  @Test("Words that only look like an import are none")
  func noImports() {
    let text = "// import Engine\nlet important = 1\nfunc importAll() {}\nimporter.run()\n"
    #expect(SourceImport.all(in: text, target: "Words", path: "File.swift") == [])
  }
}
