import Diagnostics
import SpaceModel
import State

/// A fleet as configuration for Terraform: files by name, and what has no place in them.
///
/// Names and types are those of the provider's schema (docs/terraform.md). The Spaces that the lock knows get `import` blocks, so that
/// Terraform takes them over as they are.
public struct TerraformConfiguration: Sendable {
  /// File names and their texts.
  public var files: [(name: String, text: String)]
  /// What a person should know about the step, a sentence each.
  public var notes: [String]
  /// The addresses that get an import block.
  public var imported: [SpaceID]

  /// - Parameters:
  ///   - fleet: the Spaces as they are defined.
  ///   - lock: nil when nothing was ever applied.
  ///   - projectPath: from the folder of the configuration to that of the project, `..` say.
  public init(fleet: Fleet, lock: Lock?, projectPath: String) {
    let labels = TerraformLabels(fleet)
    var writer = HCLWriter()
    var secrets = HCLWriter()
    for space in fleet.spaces {
      writer.block("resource", ["huggingface_space", labels[space.id]]) { block in
        TerraformSpace(space, labels: labels, projectPath: projectPath).write(&block)
      }
      for (key, secret) in space.secrets.sorted(by: { $0.key < $1.key }) {
        secrets.block("variable", [labels.variable(of: key, in: space.id)]) { block in
          block.attributes([
            HCL.Member(name: "description", value: .text("Secret \(key) of \(space.id)\(Self.origin(secret.source))")),
            HCL.Member(name: "type", value: .expression("string")),
            HCL.Member(name: "sensitive", value: .expression("true")),
            HCL.Member(name: "ephemeral", value: .expression("true")),
          ])
        }
      }
    }
    let known = fleet.spaces.map(\.id).filter { lock?.spaces[$0] != nil }
    var imports = HCLWriter()
    for address in known {
      imports.block("import") { block in
        block.attributes([
          HCL.Member(name: "to", value: .expression("huggingface_space.\(labels[address])")),
          HCL.Member(name: "id", value: .text(address.description)),
        ])
      }
    }
    imported = known
    files = [("versions.tf", Self.versions), ("spaces.tf", writer.text)]
    if !secrets.text.isEmpty { files.append(("variables.tf", secrets.text)) }
    if !imports.text.isEmpty { files.append(("imports.tf", imports.text)) }
    notes = Self.notes(fleet, lock)
  }

  /// The provider takes HF_TOKEN and HF_ENDPOINT from the environment, as the command line does.
  private static let versions = """
    terraform {
      required_version = ">= 1.11"

      required_providers {
        huggingface = {
          source = "spaceform/huggingface"
        }
      }
    }

    provider "huggingface" {}

    """

  private static func origin(_ source: SecretSource) -> String {
    switch source {
    case .environment(let name): "; it was read from the variable \(name) of the environment"
    case .file(let path): "; it was read from the file \(path)"
    case .command(let words): "; it was read from the output of \(words.first ?? "a program")"
    }
  }

  private static func notes(_ fleet: Fleet, _ lock: Lock?) -> [String] {
    var notes: [String] = []
    let defined = Set(fleet.spaces.map(\.id))
    let recorded = (lock?.spaces.keys).map(Set.init) ?? []
    let origins = Set(fleet.spaces.compactMap(\.movedFrom))
    for space in fleet.spaces {
      if let old = space.movedFrom, recorded.contains(old) {
        notes.append(
          "\(space.id) is to be moved from \(old): apply that with spaceform first, or Terraform creates a second Space")
      }
    }
    for address in recorded.subtracting(defined).subtracting(origins).sorted() {
      notes.append("\(address) is in the lock and not defined: it is in no resource, and Terraform leaves it alone")
    }
    for space in fleet.spaces where space.lifecycle.ignores("content") {
      notes.append(
        "\(space.id) ignores changes of its files, and Terraform cannot: take `source` and `card` out of its resource once it is imported"
      )
    }
    if fleet.spaces.contains(where: { $0.lifecycle.ignoreChanges.contains { !TerraformSpace.canIgnore($0) } }) {
      notes.append("`ignore_changes` of single variables and card members became those of the whole map")
    }
    if fleet.spaces.contains(where: { !$0.secrets.isEmpty }) {
      notes.append("give the secrets as variables of Terraform, TF_VAR_… say; they are write-only and in no state")
    }
    let policy = fleet.project.policy
    if policy != Policy() || !fleet.project.removed.isEmpty {
      notes.append("`policy` and `removed` stay in spaceform.yaml: Terraform has no such thing")
    }
    return notes
  }
}
