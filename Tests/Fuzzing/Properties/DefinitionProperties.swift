import Content
import Definitions
import Diagnostics
import Reports
import SpaceModel

/// What holds of a project's reading, whatever its files hold.
enum DefinitionProperties {
  static func broken(by input: [UInt8]) -> [String] {
    broken(InputTree(project: input)) + SecretProperties.brokenBehindSecrets(input)
  }

  static func broken(_ tree: InputTree) -> [String] {
    var broken: [String] = []
    for environment in [nil, "staging"] {
      do throws(Failure) {
        let loaded = try load(tree, environment)
        broken += properties(of: loaded, in: tree)
        let again = try load(tree, environment)
        if again.findings != loaded.findings { broken.append("loading twice gives two results") }
      } catch {
        broken += self.broken(error)
      }
    }
    do throws(Failure) {
      _ = try AppRecogniser.spaces(in: tree, projectName: "demos")
    } catch {
      broken += self.broken(error)
    }
    return broken
  }

  /// A failure says what was being done, what happened, and the way out.
  static func broken(_ failure: Failure) -> [String] {
    failure.doing.isEmpty || failure.problem.isEmpty || failure.help?.isEmpty ?? true
      ? ["a failure leaves the reader alone: \(failure)"] : []
  }

  static func load(_ tree: InputTree, _ environment: String?) throws(Failure) -> LoadedDefinitions {
    try DefinitionLoader.load(tree: tree, environment: environment, folderName: "demos")
  }

  private static func properties(of loaded: LoadedDefinitions, in tree: InputTree) -> [String] {
    var broken = FindingProperties.broken(loaded.findings, in: tree.contents, texts: loaded.texts)
    if (loaded.fleet == nil) != loaded.findings.hasErrors { broken.append("a fleet and errors, or neither") }
    broken += SecretProperties.broken(loaded, in: tree) + FixProperties.broken(loaded, in: tree)
    guard let fleet = loaded.fleet else { return broken }
    if Set(fleet.spaces.map(\.id)).count != fleet.spaces.count { broken.append("two Spaces have one address") }
    let builder = ContentBuilder(tree: tree)
    for space in fleet.spaces {
      do throws(Failure) {
        guard let content = try builder.prepare(space), let readme = content.manifest.readme else { continue }
        if ReadmeParser.parse(readme.text)?.means(readme) != true {
          broken.append("the README of \(space.id) is read as something else:\n\(readme.text)")
        }
      } catch {
        broken += self.broken(error)
      }
    }
    return broken
  }
}
