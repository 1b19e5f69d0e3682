import HubAPI
import SpaceModel

/// The tokens that this job's identity was traded for: one trade a Space, shared by all calls, and made again before the token runs out.
actor TokenExchange {
  /// Seconds before its end that a token is replaced, where it can be (facts hub-api section 1.5).
  private static let margin = 300.0

  private struct Traded {
    var token: Secret
    var goodUntil: Double
  }

  private let now: @Sendable () -> Double
  private let isRenewable: Bool
  private var traded: [SpaceID: Traded] = [:]
  private var underWay: [SpaceID: Task<Result<ExchangedToken, HubError>, Never>] = [:]
  private var refused: [SpaceID: HubError] = [:]

  init(isRenewable: Bool, now: @escaping @Sendable () -> Double) {
    self.isRenewable = isRenewable
    self.now = now
  }

  /// - Parameter trade: asks the Hub.
  func token(
    for space: SpaceID, _ trade: @escaping @Sendable () async throws(HubError) -> ExchangedToken
  ) async throws(HubError) -> Secret {
    if let known = traded[space], now() < known.goodUntil { return known.token }
    // A publisher that is not there does not appear between two calls of one run.
    if let refusal = refused[space] { throw refusal }
    let task =
      underWay[space]
      ?? Task {
        do throws(HubError) { return .success(try await trade()) } catch { return .failure(error) }
      }
    underWay[space] = task
    let result = await task.value
    underWay[space] = nil
    switch result {
    case .success(let new):
      let life = max(0, Double(new.lifetime) - (isRenewable ? TokenExchange.margin : 0))
      traded[space] = Traded(token: new.token, goodUntil: now() + life)
      return new.token
    case .failure(let error):
      if error.isAboutAccess { refused[space] = error }
      throw error
    }
  }
}

/// What the Hub gives for an identity token.
struct ExchangedToken: Sendable {
  var token: Secret
  /// Seconds.
  var lifetime: Int
}
