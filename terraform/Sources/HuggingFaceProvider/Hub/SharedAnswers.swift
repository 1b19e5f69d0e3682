import HubAPI
import Platform
import SpaceModel

/// Answers that many callers ask for at about the same time, each asked of the Hub once.
///
/// Terraform refreshes resource by resource. Here the first one that asks has the whole namespace listed, and those that come while
/// the list is under way, or soon after, get the same answer.
actor SharedAnswers {
  /// How long an answer counts, in seconds: longer than the pause between two resources of one refresh, shorter than anybody's
  /// patience with what was changed elsewhere in the meantime.
  static let window = 5.0

  private let hub: (any HubAPI)?
  private var identity: (answer: Task<Result<Identity, HubError>, Never>, at: Date)?
  private var lists: [String: (answer: Task<Result<[SpaceInfo], HubError>, Never>, at: Date)] = [:]

  private var isCreating = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ hub: (any HubAPI)?) { self.hub = hub }

  func whoami() async throws(HubError) -> Identity {
    if let identity, isFresh(identity.at) { return try await Self.value(of: identity.answer).get() }
    guard let hub else { throw Self.notThere }
    let answer = Task { () -> Result<Identity, HubError> in
      do throws(HubError) { return .success(try await hub.whoami()) } catch { return .failure(error) }
    }
    identity = (answer, Date())
    let result = await Self.value(of: answer)
    if case .failure = result, identity?.answer == answer { identity = nil }
    return try result.get()
  }

  func spaces(ownedBy owner: String) async throws(HubError) -> [SpaceInfo] {
    if let list = lists[owner], isFresh(list.at) { return try await Self.value(of: list.answer).get() }
    guard let hub else { throw Self.notThere }
    let answer = Task { () -> Result<[SpaceInfo], HubError> in
      do throws(HubError) { return .success(try await hub.spaces(ownedBy: owner)) } catch { return .failure(error) }
    }
    lists[owner] = (answer, Date())
    let result = await Self.value(of: answer)
    guard lists[owner]?.answer == answer else { return try result.get() }
    // The window begins when the answer is there: a long list counts as long as a short one. A failure is not kept.
    if case .success = result { lists[owner]?.at = Date() } else { lists[owner] = nil }
    return try result.get()
  }

  /// Makes Spaces one after the other: the Hub refuses concurrent creates on one account.
  func creating<Answer: Sendable>(
    _ create: @Sendable () async throws(HubError) -> Answer
  ) async throws(HubError) -> Answer {
    if isCreating { await withCheckedContinuation { waiting.append($0) } }
    isCreating = true
    defer { if waiting.isEmpty { isCreating = false } else { waiting.removeFirst().resume() } }
    return try await create()
  }

  /// Something was written: what was listed before says nothing any more.
  func forget() { lists = [:] }

  /// The answer, once it is there. Who is cancelled while waiting ends the call: Terraform cancels all or nobody.
  private static func value<Answer: Sendable>(of answer: Task<Answer, Never>) async -> Answer {
    await withTaskCancellationHandler {
      await answer.value
    } onCancel: {
      answer.cancel()
    }
  }

  private func isFresh(_ moment: Date) -> Bool { Date().timeIntervalSince(moment) < Self.window }

  private static let notThere = HubError(kind: .transport, call: "", message: "the Hub cannot be asked yet")
}
