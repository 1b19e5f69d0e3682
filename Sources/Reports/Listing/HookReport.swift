import Console
import SpaceModel

/// What `spaceform hook` did or found: one line for each hook.
public struct HookReport: Hashable, Sendable {
  public enum State: String, Hashable, Sendable {
    case absent = "not_installed"
    case installed
    /// Ours, of another version, edited, or not executable.
    case outdated
    /// Somebody else's.
    case other
  }

  public enum Action: String, Hashable, Sendable {
    case installed, updated, unchanged, removed
    /// Removed, and the hook that was there before is back.
    case restored
    /// Somebody else's hook, left as it is.
    case kept
  }

  public struct Hook: Hashable, Sendable {
    /// As git names it.
    public var type: String
    public var state: State
    /// Nil when nothing was to be done.
    public var action: Action?
    /// File name of the hook that runs before ours.
    public var runsFirst: String?
    /// Where the hook leads, when it is a symbolic link.
    public var link: String?
    public var notes: [String] = []

    public init(type: String, state: State) {
      self.type = type
      self.state = state
    }
  }

  /// Where git looks for hooks here, as messages say it.
  public var folder: String
  public var hooks: [Hook]
  /// Tools that write hooks of this repository too.
  public var managers: [String] = []
  /// What concerns the folder.
  public var notes: [String] = []

  public init(folder: String, hooks: [Hook]) {
    self.folder = folder
    self.hooks = hooks
  }

  public var json: JSONValue {
    [
      "format_version": 1,
      "folder": .string(folder),
      "managers": .array(managers.map(JSONValue.string)),
      "hooks": .array(
        hooks.map { hook in
          [
            "type": .string(hook.type), "state": .string(hook.state.rawValue),
            "action": hook.action.map { .string($0.rawValue) } ?? .null,
            "runs_first": hook.runsFirst.map(JSONValue.string) ?? .null, "link": hook.link.map(JSONValue.string) ?? .null,
            "notes": .array(hook.notes.map(JSONValue.string)),
          ]
        }),
      "notes": .array(notes.map(JSONValue.string)),
    ]
  }

  public func text(style: Style) -> String {
    let width = hooks.map { Columns.count($0.type) }.max() ?? 0
    var lines: [String] = []
    for hook in hooks {
      lines.append("\(style.bold(Columns.padded(hook.type, to: width)))  \(Printable.text(words(hook)))")
      lines += hook.notes.map { "  \(style.dim("note:")) \(Printable.text($0))" }
    }
    lines += notes.map { "\(style.dim("note:")) \(Printable.text($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ hook: Hook) -> String {
    let before = hook.runsFirst.map { "; \($0) runs first" } ?? ""
    let link = hook.link.map { ", a link to \($0)" } ?? ""
    switch (hook.action, hook.state) {
    case (.installed, _): return "installed in \(folder)\(before)"
    case (.updated, _): return "updated in \(folder)\(before)"
    case (.unchanged, .absent): return "not installed: nothing to remove"
    case (.unchanged, _): return "installed already\(link)\(before)"
    case (.removed, _): return "removed from \(folder)"
    case (.restored, _): return "removed from \(folder); the hook that was there before is back"
    case (.kept, _): return "not Spaceform's\(link): left as it is"
    case (nil, .absent): return "not installed"
    case (nil, .installed): return "installed\(link)\(before)"
    case (nil, .outdated):
      let way =
        link.isEmpty ? "`spaceform hook install --type \(hook.type)` renews it" : "the file it leads to is to be renewed"
      return "outdated\(link)\(before): \(way)"
    case (nil, .other): return "another hook\(link), not Spaceform's"
    }
  }
}
