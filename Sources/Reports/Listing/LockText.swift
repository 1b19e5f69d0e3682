import Console
import Platform
import SpaceModel
import State

/// What the lock knows, for people and programs. A lock holds no value of a secret, so none can be shown.
public struct LockText {
  private let style: Style

  public init(style: Style) { self.style = style }

  public func list(_ lock: Lock) -> String {
    var table = TextTable(["SPACE", "HARDWARE", "VISIBILITY", "COMMIT", "VARIABLES", "SECRETS", "ID"])
    for (address, record) in lock.spaces.sorted(by: { $0.key < $1.key }) {
      table.add([
        address.description, record.settings["hardware"]?.stringValue ?? "-",
        record.settings["visibility"]?.stringValue ?? "-", record.content.map { String($0.commit.prefix(7)) } ?? "-",
        String(record.variables.count), String(record.secrets.count), Printable.text(record.hubID),
      ])
    }
    return table.text { row, _, cell in row == 0 ? style.bold(cell) : cell }
  }

  public func record(_ address: SpaceID, _ record: LockRecord) -> String {
    var lines = [style.bold(address.description), "  id: \(safe(record.hubID))"]
    for (key, value) in record.settings.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(key): \(safe(value.stringValue ?? value.canonicalText))")
    }
    if let content = record.content {
      lines.append("  content:")
      lines.append("    commit: \(content.commit)")
      lines.append("    live: \(content.live ?? "not seen healthy yet")")
      lines.append("    digest: \(content.digest)")
    }
    if let card = record.card {
      lines.append("  card:")
      lines += card.sorted { $0.key < $1.key }.map {
        "    \(safe($0.key)): \(safe($0.value.stringValue ?? $0.value.canonicalText))"
      }
    }
    if !record.variables.isEmpty {
      lines.append("  variables:")
      for (key, variable) in record.variables.sorted(by: { $0.key < $1.key }) {
        lines.append("    \(safe(key)): \(safe(variable.value))" + (variable.note.map { style.dim("  # \(safe($0))") } ?? ""))
      }
    }
    if !record.secrets.isEmpty {
      lines.append("  secrets:")
      for (key, secret) in record.secrets.sorted(by: { $0.key < $1.key }) {
        let version = secret.version.map { "version \($0), " } ?? ""
        lines.append(
          "    \(safe(key)): \(version)written \(secret.updatedAt?.description ?? "at a time the Hub does not name")")
      }
    }
    if let volumes = record.volumes {
      lines.append(volumes.isEmpty ? "  volumes: none" : "  volumes:")
      for volume in volumes {
        lines.append(
          "    \(safe(volume.mount)): \(volume.kind.rawValue) \(safe(volume.source))\(volume.readOnly ? " (read-only)" : "")")
      }
    }
    if !record.dependsOn.isEmpty {
      lines.append("  depends on: \(record.dependsOn.map(\.description).joined(separator: ", "))")
    }
    if record.preventDestroy { lines.append("  prevent_destroy: true") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What came from outside, on one line.
  private func safe(_ text: String) -> String {
    Printable.text(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }

  public static func list(json lock: Lock?) -> JSONValue {
    let spaces = (lock?.spaces ?? [:]).sorted { $0.key < $1.key }
    return [
      "format_version": 1,
      "project": lock.map { .string($0.project) } ?? .null,
      "hub": lock.map { .string($0.hub) } ?? .null,
      "spaces": .array(
        spaces.map { address, record in
          [
            "address": .string(address.description), "id": .string(record.hubID), "settings": .object(record.settings),
            "commit": record.content.map { .string($0.commit) } ?? .null,
            "variables": .array(record.variables.keys.sorted().map(JSONValue.string)),
            "secrets": .array(record.secrets.keys.sorted().map(JSONValue.string)),
          ]
        }),
    ]
  }

  /// The record as it stands in the lock file.
  public static func record(json address: SpaceID, in lock: Lock) -> JSONValue {
    let file = try? JSONDecoder().decode(JSONValue.self, from: Data(LockCodec.text(lock).utf8))
    return [
      "format_version": 1, "address": .string(address.description),
      "record": file?["spaces"]?[address.description] ?? .null,
    ]
  }
}
