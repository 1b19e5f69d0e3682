import Console
import Diagnostics
import Locking
import Reconciler
import SpaceModel

/// Progress of an apply on standard error: one line for each thing that happens, and on a terminal below them a line for each Space
/// that is under way.
public final class ApplyDisplay: Sendable {
  private struct State: Sendable {
    var progress: ApplyProgress
    var block = LiveBlock()
    /// When the block was last drawn, and when anything was last written.
    var drawn: Timestamp?
    var spoke: Timestamp?
  }

  /// Seconds of silence after which output that is no terminal hears that work goes on: job runners end jobs that say nothing.
  static let patience = 60.0
  /// Seconds that a drawn block stays at least, so that thousands of events do not wait for the terminal.
  static let shortest = 0.05

  private let style: Style
  private let isLive: Bool
  private let isQuiet: Bool
  private let isVerbose: Bool
  private let size: @Sendable () -> Terminal.Size
  private let now: @Sendable () -> Timestamp
  private let write: @Sendable (String) -> Void
  private let state: Locked<State>

  /// - Parameters:
  ///   - style: how words are set off.
  ///   - isLive: whether the output is a terminal whose last lines may be drawn again. Steps and stages show in them.
  ///   - isQuiet: whether only failures are shown.
  ///   - isVerbose: whether every step and stage has a line of its own even so.
  ///   - total: Spaces that are to be worked on.
  ///   - size: of the terminal.
  ///   - write: takes text as it is to be shown.
  ///   - now: the time, for what has lasted how long.
  public init(
    style: Style, isLive: Bool, isQuiet: Bool, isVerbose: Bool, total: Int,
    size: @escaping @Sendable () -> Terminal.Size = { Terminal.size }, now: @escaping @Sendable () -> Timestamp,
    write: @escaping @Sendable (String) -> Void
  ) {
    self.style = style
    self.isLive = isLive
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    self.size = size
    self.now = now
    self.write = write
    state = Locked(State(progress: ApplyProgress(total: total)))
  }

  public func show(_ event: ApplyEvent) {
    guard !isQuiet else { return }
    state.withLock { state in
      let line = line(for: event, &state.progress).map { $0 + "\n" } ?? ""
      guard isLive else {
        if state.spoke == nil || !line.isEmpty { state.spoke = now() }
        return line.isEmpty ? () : write(line)
      }
      if line.isEmpty, let drawn = state.drawn, now().seconds(since: drawn) < Self.shortest { return }
      draw(&state, below: line)
    }
  }

  /// Draws what is under way again with the time that has passed; where that cannot be done, says it after a minute of silence.
  public func tick() {
    guard !isQuiet else { return }
    state.withLock { state in
      if isLive { return draw(&state, below: "") }
      guard let spoke = state.spoke, now().seconds(since: spoke) >= Self.patience, let line = state.progress.line(at: now())
      else { return }
      state.spoke = now()
      write("  \(line)\n")
    }
  }

  /// Takes away what is drawn.
  public func end() {
    state.withLock { state in
      let text = state.block.clearing()
      if !text.isEmpty { write(text) }
    }
  }

  private func draw(_ state: inout State, below line: String) {
    let size = size()
    state.drawn = now()
    let lines = state.progress.block(at: now(), style: style, columns: max(20, size.columns - 1), rows: size.rows)
    let text = state.block.clearing() + line + state.block.drawing(lines)
    if !text.isEmpty { write(text) }
  }

  private func line(for event: ApplyEvent, _ progress: inout ApplyProgress) -> String? {
    switch event {
    case .started(let space, let action):
      progress.start(space, action, at: now())
      return nil
    case .working(let space, let text): return step(space, text, &progress)
    case .stage(let space, let stage): return step(space, stage.rawValue, &progress)
    case .finished(let space, let action, let seconds):
      progress.finish(space)
      return "\(style.green("✓")) \(space): \(done(action)) in \(Elapsed.text(Int(seconds.rounded(.up))))"
    case .failed(let space, let failure):
      progress.finish(space)
      let reason = failure.problem.split(whereSeparator: \.isNewline).first.map(String.init) ?? failure.problem
      return "\(style.red("✗")) \(space): \(Printable.text(reason))"
    case .skipped(let space, let reason):
      return "\(style.yellow("-")) \(space): not begun: \(TerminalText.escaped(reason))"
    }
  }

  /// The stage's name is the Hub's text.
  private func step(_ space: SpaceID, _ text: String, _ progress: inout ApplyProgress) -> String? {
    let text = TerminalText.escaped(text)
    progress.active[space]?.text = text
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
}
