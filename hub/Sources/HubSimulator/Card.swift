import SpaceModel
import YAML

/// A README's front matter, and what the Hub finds wrong with it.
public struct Card: Codable, Hashable, Sendable {
  public var data: [String: JSONValue] = [:]
  public var errors: [String] = []
  public var warnings: [String] = []

  public init() {}

  public var sdk: SDK? { data["sdk"]?.stringValue.map(SDK.init(rawValue:)) }
  /// The file that is run (Gradio) or shown (static).
  public var appFile: String? { data["app_file"]?.stringValue }

  static let sdks = ["gradio", "docker", "static", "streamlit"]
  static let colors = ["red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"]

  /// Reads a whole README (facts hub-api sections 5.1, 5.2 and 5.4).
  public init(readme: [UInt8]) {
    guard let block = FrontMatter.split(String(decoding: readme, as: UTF8.self)),
      block.yaml.contains(where: { !$0.isWhitespace })
    else {
      warnings = ["empty or missing yaml metadata in repo card"]
      return
    }
    let (node, findings) = YAMLReader.parse(Array(block.yaml.utf8), file: "README.md")
    errors = findings.filter { $0.severity == .error }.map { "YAML metadata: \($0.message)" }
    guard errors.isEmpty, let node else { return }
    guard let members = YAMLReader.jsonValue(ofMapping: node) else {
      errors = ["YAML metadata must be a mapping"]
      return
    }
    data = members
    check("sdk", in: Card.sdks)
    check("colorFrom", in: Card.colors)
    check("colorTo", in: Card.colors)
    check("header", in: ["default", "mini"])
    if let text = data["short_description"]?.stringValue, text.count > 60 {
      errors.append("\"short_description\" must be at most 60 characters long")
    }
    if let port = data["app_port"], port.intValue == nil { errors.append("\"app_port\" must be a number") }
    if let pinned = data["pinned"], pinned.boolValue == nil { errors.append("\"pinned\" must be a boolean") }
    if let path = data["base_path"]?.stringValue, !path.hasPrefix("/") { errors.append("\"base_path\" must start with /") }
  }

  private mutating func check(_ key: String, in values: [String]) {
    guard let value = data[key] else { return }
    guard let text = value.stringValue, values.contains(text) else {
      errors.append("\"\(key)\" must be one of [\(values.joined(separator: ", "))]")
      return
    }
  }
}
