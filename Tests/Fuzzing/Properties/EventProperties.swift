import CI
import Diagnostics
import Platform
import SpaceModel

/// What holds of what a code host says in a job: the event in a file, or a comment that may be ours.
enum EventProperties {
  static func broken(by input: [UInt8]) -> [String] { event(input) + comment(String(decoding: input, as: UTF8.self)) }

  /// Only a request whose head is this repository counts as ours.
  private static func event(_ input: [UInt8]) -> [String] {
    guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(input)) else { return [] }
    let found = CIEnvironment(
      environment: ["GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/spaces", "GITHUB_EVENT_PATH": "event.json"]
    ) { _ in json }
    guard let change = found.change else { return [] }
    let isOurs = json["pull_request"]?["head"]?["repo"]?["full_name"]?.stringValue == "acme/spaces"
    return change.isFromFork == !isOurs ? [] : ["a request of another repository counts as ours"]
  }

  /// What a marker says is read back, whatever else stands behind it; nothing that a value holds ends the marker.
  private static func comment(_ text: String) -> [String] {
    let marker = Marker(.plan, folder: text, environment: text)
    let line = marker.line([("plan", text), ("other", "x")])
    var broken: [String] = []
    if line.contains("\n") || line.components(of: "-->") != 2 { broken.append("a marker is more than one comment: \(line)") }
    if marker.facts(in: line + "\n" + text)?["other"] != "x" { broken.append("a marker is not read back: \(line)") }
    _ = Marker(.plan, folder: ".").facts(in: text)
    return broken
  }
}

extension String {
  /// How many parts this text has between these words.
  fileprivate func components(of separator: String) -> Int { ranges(of: separator).count + 1 }
}
