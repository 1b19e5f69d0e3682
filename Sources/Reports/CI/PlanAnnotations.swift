import Diagnostics
import Reconciler
import SpaceModel

/// What a plan does, beside the lines of the definitions that have it done, as commands to GitHub's runner.
///
/// GitHub shows ten of a kind for a step: what is blocked comes as warnings and first, of what changes the strongest first.
public struct PlanAnnotations {
  /// A line of a definition.
  public struct Place: Hashable, Sendable {
    /// From the top of the repository.
    public var file: String
    /// From 1.
    public var line: Int

    public init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  private let place: (SpaceID, String) -> Place?

  /// - Parameter place: where a definition has a setting, by the Space's address and the setting's dotted path; for an empty path, where it
  ///   begins. Nil for a Space without a definition.
  public init(place: @escaping (SpaceID, String) -> Place?) { self.place = place }

  public func text(_ plan: Plan) -> String {
    let blocked = plan.spaces.compactMap { space -> String? in
      guard let refusal = space.blocked ?? space.blockedContent else { return nil }
      return line("warning", space, "", "\(refusal.reason)\n\(refusal.help)")
    }
    let changes = plan.actionable.filter { $0.action != .create }.flatMap { space in space.changes.map { (space, $0) } }
    let created = plan.actionable.filter { $0.action == .create }.compactMap { line("notice", $0, "", "it will be created") }
    let strongest = changes.enumerated().sorted { ($1.element.1.effect, $0.offset) < ($0.element.1.effect, $1.offset) }
    return (blocked + created + strongest.compactMap { line("notice", $0.element.0, $0.element.1.path, words($0.element.1)) })
      .joined()
  }

  private func words(_ change: Change) -> String {
    let lines = ChangeLines(style: .plain, width: 0, isNew: false, marksDrift: true).lines(change)
    return lines.map(Self.trimmed).joined(separator: "\n")
  }

  private static func trimmed(_ line: String) -> String { line.split(separator: " ").joined(separator: " ") }

  private func line(_ name: String, _ space: SpacePlan, _ path: String, _ text: String) -> String? {
    guard let place = place(space.address, path) else { return nil }
    let properties = [("file", place.file), ("line", String(place.line)), ("title", space.address.description)]
    let data = text.split(separator: "\n").map { TerminalText.escaped(String($0)) }.joined(separator: "\n")
    return GitHubCommand(name: name, properties: properties, data: data).text + "\n"
  }
}
