import Console
import Diagnostics
import Locking
import Reconciler
import SpaceModel

/// Progress of an apply on standard error: one line for each thing that happens, and on a terminal a line that shows what is
/// under way.
public final class ApplyDisplay: Sendable {
  private struct State: Sendable {
    var active: [SpaceID: (text: String, since: Timestamp)] = [:]
    var finished = 0
    var hasStatusLine = false
    /// When something was last written.
    var spoke: Timestamp?
  }

  /// Seconds of silence after which output that is no terminal hears that work goes on: job runners end jobs that say nothing.
  static let patience = 60.0

  private let style: Style
  private let isLive: Bool
  private let isQuiet: Bool
  private let isVerbose: Bool
  private let total: Int
  private let width: @Sendable () -> Int
  private let now: @Sendable () -> Timestamp
  private let write: @Sendable (String) -> Void
  private let state = Locked(State())

  /// - Parameters:
  ///   - isLive: whether the output is a terminal whose last line may be drawn again. Steps and stages show in that line.
  ///   - isVerbose: whether every step and stage has a line of its own even so.
  ///   - total: Spaces that are to be worked on.
  ///   - width: columns of the terminal.
  public init(
    style: Style, isLive: Bool, isQuiet: Bool, isVerbose: Bool, total: Int,
    width: @escaping @Sendable () -> Int = { Terminal.width }, now: @escaping @Sendable () -> Timestamp,
    write: @escaping @Sendable (String) -> Void
  ) {
    self.style = style
    self.isLive = isLive
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    self.total = total
    self.width = width
    self.now = now
    self.write = write
  }

  public func show(_ event: ApplyEvent) {
    guard !isQuiet else { return }
    state.withLock { state in
      var text = state.hasStatusLine ? "\r\u{1B}[K" : ""
      if let line = line(for: event, &state) { text += line + "\n" }
      state.hasStatusLine = false
      if isLive, let status = status(state) {
        text += status
        state.hasStatusLine = true
      }
      if state.spoke == nil || !text.isEmpty { state.spoke = now() }
      if !text.isEmpty { write(text) }
    }
  }

  /// Draws the live line again with the time that has passed; where there is none, says what is under way after a minute of silence.
  public func tick() {
    guard !isQuiet else { return }
    state.withLock { state in
      guard isLive else {
        guard let spoke = state.spoke, now().seconds(since: spoke) >= Self.patience, let status = status(state) else { return }
        state.spoke = now()
        return write("  \(status)\n")
      }
      guard state.hasStatusLine, let status = status(state) else { return }
      write("\r\u{1B}[K" + status)
    }
  }

  /// Clears the live line.
  public func end() {
    state.withLock { state in
      if state.hasStatusLine { write("\r\u{1B}[K") }
      state.hasStatusLine = false
    }
  }

  private func line(for event: ApplyEvent, _ state: inout State) -> String? {
    switch event {
    case .started(let space, let action):
      state.active[space] = (action.rawValue, now())
      return nil
    case .working(let space, let text): return step(space, text, &state)
    case .stage(let space, let stage): return step(space, stage.rawValue, &state)
    case .finished(let space, let action, let seconds):
      state.active[space] = nil
      state.finished += 1
      return "\(style.green("✓")) \(space): \(done(action)) in \(Elapsed.text(Int(seconds.rounded(.up))))"
    case .failed(let space, let failure):
      state.active[space] = nil
      state.finished += 1
      let reason = failure.problem.split(whereSeparator: \.isNewline).first.map(String.init) ?? failure.problem
      return "\(style.red("✗")) \(space): \(Printable.text(reason))"
    case .skipped(let space, let reason):
      return "\(style.yellow("-")) \(space): not begun: \(TerminalText.escaped(reason))"
    }
  }

  /// The stage's name is the Hub's text.
  private func step(_ space: SpaceID, _ text: String, _ state: inout State) -> String? {
    let text = TerminalText.escaped(text)
    state.active[space]?.text = text
    return isLive && !isVerbose ? nil : "  \(space): \(text)"
  }

  private func done(_ action: SpacePlan.Action) -> String {
    switch action {
    case .create: "created"
    case .update: "updated"
    case .move: "moved"
    case .adopt: "taken over"
    case .replace: "replaced"
    case .destroy: "destroyed"
    case .forget: "forgotten"
    case .verify: "verified"
    case .none: "unchanged"
    }
  }

  private func status(_ state: State) -> String? {
    guard !state.active.isEmpty else { return nil }
    let shown = state.active.sorted { $0.key < $1.key }.prefix(3).map { space, work in
      "\(space) \(work.text) \(Elapsed.text(Int(now().seconds(since: work.since))))"
    }
    let more = state.active.count > 3 ? " and \(state.active.count - 3) more" : ""
    let text = "\(state.finished) of \(total) done · \(shown.joined(separator: " · "))\(more)"
    return Columns.cut(text, to: max(20, width() - 1))
  }
}
