import Diagnostics
import HubAPI
import Locking
import SpaceModel

/// Follows a Space's logs until they are over: the build's log while it builds, then the app's.
///
/// The Hub sends what there is and then what comes. A stream may break or end at any time; the next one starts again from the
/// beginning of the log (facts hub-api section 2.12), and what was shown already is left out. Nothing in a stream says that a log is
/// over, so the stage is asked for now and then.
public struct LogFollowing: Sendable {
  /// Why there is no more to show.
  public enum End: Sendable, Hashable {
    /// The Space came to this stage; nil when it stopped telling one.
    case stage(Stage?)
    /// Nobody reads any more.
    case unread
  }

  /// Which logs to follow.
  public enum Scope: Sendable, Hashable {
    /// The build's log, to the end of the build.
    case build
    /// The app's log, through any number of builds.
    case run
    /// The build's log while the Space builds, else the app's; a new build takes over again.
    case both
  }

  /// Streams that may break in a row without a line in between.
  public static let largestNumberOfFailures = 5

  private let hub: any HubAPI
  private let pollSeconds: Double
  private let sleep: @Sendable (Double) async throws -> Void

  /// - Parameters:
  ///   - hub: the Hub that is asked.
  ///   - pollSeconds: between two looks at the stage.
  ///   - sleep: waits so many seconds, or throws when the task is cancelled.
  public init(
    hub: any HubAPI, pollSeconds: Double = 5,
    sleep: @escaping @Sendable (Double) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
  ) {
    self.hub = hub
    self.pollSeconds = pollSeconds
    self.sleep = sleep
  }

  /// - Parameters:
  ///   - id: the Space.
  ///   - scope: which logs.
  ///   - tail: lines of the past to begin with; of a log that begins while following, all.
  ///   - show: called line by line; false ends it.
  public func follow(
    _ id: SpaceID, _ scope: Scope, tail: Int, show: (LogKind, LogLine) async -> Bool
  ) async throws(Failure) -> End {
    var stage = try await self.stage(of: id)
    // Of a build that failed the app has nothing to say.
    let beginsWithBuild = scope == .build || (scope == .both && (stage?.isBuilding == true || stage == .buildError))
    var kind = beginsWithBuild ? LogKind.build : .run
    var tail: Int? = tail
    while true {
      let lines = try await stream(id, kind, scope, tail: tail) { line in await show(kind, line) }
      guard case .stage(let reached) = lines else { return .unread }
      stage = reached
      switch (kind, scope) {
      case (.build, .both) where stage?.continues == true: kind = .run
      case (.run, .both) where stage?.isBuilding == true: kind = .build
      default: return .stage(stage)
      }
      tail = nil
    }
  }

  private func stage(of id: SpaceID) async throws(Failure) -> Stage? {
    do throws(HubError) { return try await hub.runtime(of: id).stage } catch {
      throw error.failure(doing: "asking for the stage of \(id)")
    }
  }

  /// What the reading side takes from the two tasks that ask the Hub.
  private enum News: Sendable {
    /// None of them was shown before.
    case lines([LogLine])
    case over(Stage?)
    case failed(Failure)
  }

  private func stream(
    _ id: SpaceID, _ kind: LogKind, _ scope: Scope, tail: Int?, show: (LogLine) async -> Bool
  ) async throws(Failure) -> End {
    let (news, inlet) = AsyncStream.makeStream(of: News.self)
    let reading = Task { await read(id, kind, scope, tail: tail, inlet) }
    let watching = Task { await watch(id, kind, scope, inlet) }
    defer {
      reading.cancel()
      watching.cancel()
    }
    for await item in news {
      switch item {
      case .lines(let lines):
        for line in lines {
          if await !show(line) { return .unread }
        }
      case .over(let stage): return .stage(stage)
      case .failed(let failure): throw failure
      }
    }
    return .unread
  }

  /// Streams, one after the other.
  private func read(
    _ id: SpaceID, _ kind: LogKind, _ scope: Scope, tail: Int?, _ inlet: AsyncStream<News>.Continuation
  ) async {
    let replay = Locked(LogReplay())
    // Streams in a row without a new line, and those of them that broke.
    let empty = Locked(0)
    var broken = 0
    var tail = tail
    while !Task.isCancelled {
      replay.withLock { $0.begin() }
      var problem: HubError?
      do throws(HubError) {
        try await hub.followLog(of: id, kind, tail: tail) { lines in
          let new = replay.withLock { replay in lines.filter { replay.isNew($0) } }
          guard !new.isEmpty else { return }
          empty.withLock { $0 = 0 }
          inlet.yield(.lines(new))
        }
      } catch { problem = error }
      // A later stream is asked for everything: more may have been written meanwhile than the tail holds.
      tail = nil
      let count = empty.withLock { count in
        count += 1
        return count
      }
      if count == 1 || problem == nil { broken = 0 }
      if problem != nil { broken += 1 }
      if let problem, problem.isNotFound || problem.isAboutAccess || broken > Self.largestNumberOfFailures {
        inlet.yield(.failed(problem.failure(doing: "following the \(kind.rawValue) log of \(id)")))
        return
      }
      if problem == nil, case .over(let stage)? = await look(id, kind, scope) {
        inlet.yield(.over(stage))
        return
      }
      // One second after an orderly end, then twice as long each time, at most ten.
      let wait = min(10, Double(1 << min(count - 1, 4)))
      guard (try? await sleep(wait)) != nil else { return }
    }
  }

  /// Looks at the stage, for streams that stay open when a log is over.
  private func watch(_ id: SpaceID, _ kind: LogKind, _ scope: Scope, _ inlet: AsyncStream<News>.Continuation) async {
    while (try? await sleep(pollSeconds)) != nil {
      guard let news = await look(id, kind, scope) else { continue }
      // The last lines may still be on their way.
      guard (try? await sleep(1)) != nil else { return }
      inlet.yield(news)
      return
    }
  }

  /// Nil while the log goes on, or when the stage could not be read: the stream says what is wrong then.
  private func look(_ id: SpaceID, _ kind: LogKind, _ scope: Scope) async -> News? {
    guard case .success(let runtime) = await Refresher.attempt({ () async throws(HubError) in try await hub.runtime(of: id) })
    else { return nil }
    let stage = runtime.stage
    let goesOn =
      switch kind {
      case .build: stage.isBuilding
      case .run: (stage.continues && !stage.isBuilding) || (scope == .run && stage.isBuilding)
      }
    return goesOn ? nil : .over(stage)
  }
}

extension Stage {
  /// An image is being built.
  var isBuilding: Bool { self == .building || self == .runningBuilding }

  /// The app runs, or will by itself.
  var continues: Bool { self == .running || isTransitional }
}
