import HubAPI
import SpaceModel
import State

/// What reading one Space back proves about a write whose answer was lost (DESIGN section 5, "Journal").
enum Evidence {
  enum Creation: Sendable {
    case ours(SpaceInfo)
    case absent
    /// There is a Space, and it is not the one we asked for.
    case foreign(String)
  }

  /// A create is ours when the Space was born no earlier than the intent, in Hub time, and its history holds nothing but the
  /// Hub's first commit and commits with our mark. `Date` headers have whole seconds, so two are allowed.
  ///
  /// When the address leads to another one, somebody has renamed the Space, and may have committed to it as well: then it is
  /// ours when it was born while the call was under way. The record keeps the plan from making it a second time, and what
  /// others committed stays theirs.
  /// - Parameter recorded: ids of Spaces that the lock has: one of them that the address leads to is not the one that was to be made.
  static func ofCreation(
    _ address: SpaceID, _ intent: Intent, recorded: Set<String>, _ hub: any HubAPI
  ) async throws(HubError) -> Creation {
    do throws(HubError) {
      let info = try await hub.space(address)
      if info.address != address, recorded.contains(info.hubID) { return .absent }
      guard let born = info.createdAt else { return .foreign("the Hub does not say when it was born") }
      guard born >= intent.at.advanced(bySeconds: -2) else { return .foreign("born \(born), before the intent") }
      if info.address != address, born.seconds(since: intent.at) < JournalSettlement.longestCall { return .ours(info) }
      let commits = try await hub.commits(of: info.address, limit: 20)
      let others = commits.dropLast().filter { !CommitMark.isOurs($0) }
      return others.isEmpty ? .ours(info) : .foreign("it has commits of others")
    } catch {
      if error.isNotFound { return .absent }
      throw error
    }
  }

  /// The newest commit that carries the mark of one of these intents, if the history holds one.
  static func commit(
    of address: SpaceID, _ intents: [String], _ hub: any HubAPI
  ) async throws(HubError) -> CommitRecord? {
    try await hub.commits(of: address, limit: 20).first { commit in
      CommitMark.intent(of: commit).map(intents.contains) ?? false
    }
  }
}

/// The line in a commit's description by which it can be recognised.
enum CommitMark {
  private static let prefix = "Spaceform-Intent: "

  static func line(_ intent: Intent) -> String { prefix + intent.id }

  static func intent(of commit: CommitRecord) -> String? {
    for text in [commit.message, commit.title] {
      for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix(prefix) {
        return String(line.dropFirst(prefix.count))
      }
    }
    return nil
  }

  static func isOurs(_ commit: CommitRecord) -> Bool { intent(of: commit) != nil }
}
