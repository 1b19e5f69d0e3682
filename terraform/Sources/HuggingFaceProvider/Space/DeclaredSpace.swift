import Content
import CtyCore
import Definitions
import Diagnostics
import Files
import ProviderKit
import SpaceModel

/// What a resource's configuration declares, read as a definition is read.
struct DeclaredSpace {
  /// Nil when something is wrong with the configuration.
  let definition: SpaceDefinition?
  let findings: [Finding]
  private let tree: DefinitionTree
  private let text: DefinitionText

  /// - Parameters:
  ///   - config: a configuration; where something in it that others depend on is unknown, those are left out.
  ///   - prior: the state. Without a `source`, whose README says it, a Space stays what it is made with.
  ///   - address: where the Space is to be.
  ///   - checks: whether all rules are to be asked, or only those without which nothing can be read.
  init(
    _ written: CtyValue, prior: CtyValue = .null, address: (owner: String, name: String), checks: Bool
  ) throws(Failure) {
    var config = written
    if config["sdk"].isNull, config["source"].isNull { config["sdk"] = prior["sdk"] }
    text = Self.text(config, address: address)
    let folder = SpaceUnknowns(config).hidesFiles ? nil : config["source"]["path"].stringValue
    tree = try DefinitionTree(definition: text.bytes, folder: folder)
    let rules = checks ? RuleSelection.standard : RuleSelection(select: [])
    let loaded = try DefinitionLoader.load(
      tree: tree, projectFile: DefinitionTree.project, environment: nil, folderName: "terraform",
      options: CheckOptions(rules: rules))
    findings = loaded.findings
    definition = loaded.fleet?.spaces.first
  }

  /// The files of the Space, hashed; nil when none are managed.
  func content() throws(Failure) -> PreparedContent? {
    guard let definition else { return nil }
    return try ContentBuilder(tree: tree).prepare(definition)
  }

  var diagnostics: [ProviderKit.Diagnostic] { findings.map { FindingDiagnostics.diagnostic($0, in: text) } }

  private static func text(_ config: CtyValue, address: (owner: String, name: String)) -> DefinitionText {
    let unknowns = SpaceUnknowns(config)
    var text = DefinitionText()
    func put(_ name: String, unless isHidden: Bool = false) {
      if !isHidden { text.member(name, config[name], at: .attribute(name)) }
    }
    text.member("name", .string(address.name), at: .attribute("name"))
    text.member("owner", .string(address.owner), at: .attribute(config["owner"].isNull ? "name" : "owner"))
    put("sdk")
    put("hardware", unless: unknowns.hidesHardware)
    put("sleep_time", unless: unknowns.hidesHardware)
    put("replicas", unless: unknowns.hidesHardware)
    put("visibility")
    put("region")
    put("resource_group")
    put("template")
    put("dev_mode", unless: unknowns.hidesHardware)
    put("card", unless: unknowns.hidesFiles)
    putWait(config["wait"], &text)
    putSource(config["source"], unless: unknowns.hidesFiles, &text)
    putVariables(config, &text)
    putSecrets(config, unless: unknowns.hidesHardware, &text)
    put("volumes", unless: unknowns.hidesHardware || !config["volumes"].isWhollyKnown)
    return text
  }

  /// Terraform's own files, which may hold secrets in a state, are in no Space.
  private static let terraformFiles = [".terraform/", "*.tfstate", "*.tfstate.*", "*.tfvars", "*.tfplan"]

  private static func putSource(_ source: CtyValue, unless isHidden: Bool, _ text: inout DefinitionText) {
    guard !isHidden, let path = source["path"].stringValue else { return }
    let place = CtyPath.attribute("source")
    text.table("source", at: place) { text in
      text.member("path", .string(DefinitionTree.name(of: path)), at: place)
      let ignore = (source["ignore"].elements ?? []).filter { !$0.isUnknown } + terraformFiles.map(CtyValue.string)
      text.member("ignore", .sequence(ignore), at: place)
      text.member("prune", source["prune"], at: place)
    }
  }

  private static func putVariables(_ config: CtyValue, _ text: inout DefinitionText) {
    guard let variables = config["variables"].attributes else { return }
    let place = CtyPath.attribute("variables")
    text.table("variables", at: place) { text in
      for (key, value) in variables.sorted(by: { $0.key < $1.key }) where !value.isNull {
        text.table(key, at: place.key(key)) { text in
          // Terraform has references of its own; this text means itself.
          let literal = value.stringValue.map { CtyValue.string($0.replacing("${space", with: "$${space")) }
          text.member("value", literal ?? .string("known after apply"), at: place.key(key))
          let note = config["variable_descriptions"][key]
          text.member("description", note, at: .attribute("variable_descriptions").key(key))
        }
      }
    }
  }

  private static func putWait(_ wait: CtyValue, _ text: inout DefinitionText) {
    guard wait.attributes != nil else { return }
    let place = CtyPath.attribute("wait")
    text.table("wait", at: place) { text in
      text.member("for", wait["until"], at: place)
      text.member("timeout", wait["timeout"], at: place)
    }
  }

  /// Only the names: where a value comes from is Terraform's business.
  private static func putSecrets(_ config: CtyValue, unless isHidden: Bool, _ text: inout DefinitionText) {
    guard !isHidden, let secrets = config["secrets"].attributes else { return }
    let place = CtyPath.attribute("secrets")
    text.table("secrets", at: place) { text in
      for (key, value) in secrets.sorted(by: { $0.key < $1.key }) where !value.isNull {
        text.table(key, at: place.key(key)) { text in
          text.member("env", .string("TF_VAR"), at: place.key(key))
          text.member("version", config["secrets_version"], at: .attribute("secrets_version"))
        }
      }
    }
  }
}
