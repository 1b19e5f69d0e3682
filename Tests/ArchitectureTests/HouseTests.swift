import Foundation
import Testing

@Suite("The house as it stands")
struct HouseTests {
  let layering = Layering(house: .spaceform)

  @Test("Every target has a floor and every dependency of every package points down")
  func manifestsPointDown() throws {
    let packages = try Repository.packages()
    for package in packages {
      let manifest = try Repository.manifest(of: package)
      #expect(!manifest.targets.isEmpty)
      #expect(layering.violations(in: manifest, isRoot: package == Repository.root) == [], "\(manifest.name)")
    }
  }

  @Test("Every import in every source file is declared and points down")
  func importsPointDown() throws {
    let packages = try Repository.packages()
    let manifests = try packages.map(Repository.manifest(of:))
    var seen = 0
    for (package, manifest) in zip(packages, manifests) {
      var imports: [SourceImport] = []
      for target in manifest.targets where !target.isTest {
        for source in try Repository.sources(of: target.name, in: package, at: target.path) {
          imports += SourceImport.all(in: source.text, target: target.name, path: source.path)
        }
      }
      seen += imports.count
      #expect(layering.violations(of: imports, in: manifest, among: manifests) == [], "\(manifest.name)")
    }
    #expect(seen > 0, "no import was read at all")
  }

  @Test("No source file that people write is longer than 600 lines")
  func filesStaySmall() throws {
    for package in try Repository.packages() {
      for target in try Repository.manifest(of: package).targets {
        let path = target.path ?? (target.isTest ? "Tests/\(target.name)" : nil)
        for source in try Repository.sources(of: target.name, in: package, at: path) where !source.path.hasSuffix(".pb.swift") {
          let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false).count
          #expect(lines <= 601, "\(source.path) has \(lines) lines: one type, one idea a file")
        }
      }
    }
  }
}
