import Diagnostics
import HubAPI
import SpaceModel
import State

/// Reads of the Hub what a plan needs, in as few calls as there are: one list a namespace and page, one whoami, and calls for
/// single Spaces only where keys, volumes or files are managed (DESIGN section 6, facts: hub-api section 8.1).
public struct Refresher: Sendable {
  private let hub: any HubAPI
  private let parseReadme: @Sendable (String) -> Readme?

  /// - Parameters:
  ///   - hub: the Hub that is asked.
  ///   - parseReadme: reads front matter and body; nil when the text has no front matter that is a mapping.
  public init(hub: any HubAPI, parseReadme: @escaping @Sendable (String) -> Readme?) {
    self.hub = hub
    self.parseReadme = parseReadme
  }

  /// Fails only on what makes every plan impossible: no valid token, no Hub, an answer that is not a Hub's.
  ///
  /// Keys of recorded Spaces are asked for while the list is still coming, page by page; keys of the others wait for it.
  ///
  /// - Parameters:
  ///   - fleet: the Spaces as they are defined.
  ///   - manifests: the files that are wanted, by Space.
  ///   - lock: what was applied last; nil when nothing was.
  ///   - refresh: `bulk` or `full`; with `nothing` there is nothing to observe, and it counts as `bulk`.
  public func observe(
    fleet: Fleet, manifests: [SpaceID: ContentManifest], lock: Lock?, refresh: Refresh = .bulk
  ) async throws(Failure) -> Observation {
    let questions = Questions(fleet: fleet, manifests: manifests, lock: lock, refresh: refresh)
    async let identityAnswer = Self.attempt { () async throws(HubError) in
      hub.knowsIdentity ? try await hub.whoami() : Identity.job
    }
    async let listingAnswer = Self.list(questions.owners, among: questions.addresses, hub)
    let identity: Identity
    switch await identityAnswer {
    case .success(let value): identity = value
    case .failure(let error):
      _ = await listingAnswer
      throw error.failure(doing: "asking the Hub at \(hub.endpoint) who the token belongs to")
    }
    var observation = Observation(identity: identity, refresh: refresh)
    let known = questions.keys.filter { lock?.spaces[$0.address] != nil }
    async let earlyAnswers = Self.inParallel(known) { question in await answer(question.address, question.question) }
    let listings = await listingAnswer
    for (owner, listing) in listings.sorted(by: { $0.key < $1.key }) {
      switch listing {
      case .success(let infos):
        for info in infos {
          observation.addresses[info.hubID] = info.address
          if questions.addresses.contains(info.address) {
            observation.spaces[info.address] = ObservedSpace(info: info)
          }
        }
      case .failure(let error):
        if !error.isNotFound && !error.isAboutAccess {
          throw error.failure(doing: "listing the Spaces of \(owner)")
        }
      }
    }
    try await placeMissing(questions, listings, identity, into: &observation)
    let rest = questions.details(of: observation.spaces, asked: Set(known.map(\.address)))
    let answers = await Self.inParallel(rest) { question in await answer(question.address, question.question) }
    try enter(await earlyAnswers + answers, questions, into: &observation)
    observation.quota = await hub.quota
    return observation
  }

  // MARK: Namespaces

  /// What each owner has, the owners side by side.
  /// - Parameter addresses: the Spaces that are wanted, where the client cannot list.
  static func list(
    _ owners: some Sequence<String>, among addresses: Set<SpaceID>, _ hub: any HubAPI
  ) async -> [String: Result<[SpaceInfo], HubError>] {
    let listings = await inParallel(owners) { owner in
      await attempt { () async throws(HubError) in try await hub.spaces(ownedBy: owner, among: addresses) }
    }
    return Dictionary(listings) { first, _ in first }
  }

  /// Absent is not gone: an address counts as absent only if its namespace was listed and the token may read all of it;
  /// otherwise it is asked for by itself, and what stays unclear is unknown.
  private func placeMissing(
    _ questions: Questions, _ listings: [String: Result<[SpaceInfo], HubError>], _ identity: Identity,
    into observation: inout Observation
  ) async throws(Failure) {
    var unclear: [SpaceID] = []
    for address in questions.addresses.sorted() where observation.spaces[address] == nil {
      if case .success? = listings[address.owner], identity.readsWholeNamespace(address.owner) {
        observation.absent.insert(address)
      } else {
        unclear.append(address)
      }
    }
    let answers = await Self.inParallel(unclear) { [hub] address in
      await Self.attempt { () async throws(HubError) in try await hub.space(address) }
    }
    for (address, answer) in answers {
      switch answer {
      case .success(let info):
        observation.addresses[info.hubID] = info.address
        if info.address == address {
          observation.spaces[address] = ObservedSpace(info: info)
        } else {
          observation.unknown[address] = "the Hub answers for \(address) with \(info.address): it was moved"
        }
      case .failure(let error):
        if identity == .job {
          observation.unknown[address] = error.message
        } else if error.isNotFound || error.isAboutAccess {
          observation.unknown[address] =
            "the token of \(identity.name) may not read all of \(address.owner), so a missing Space cannot be told from an invisible one"
        } else if case .moved(let target) = error.kind {
          observation.unknown[address] = "the Hub says it was moved\(target.map { " to \($0)" } ?? "")"
        } else {
          throw error.failure(doing: "reading \(address)")
        }
      }
    }
  }

  // MARK: Single Spaces

  private enum Detail: Sendable {
    case variables(Reading<[String: LiveVariable]>)
    case secrets(Reading<[String: LiveSecret]>)
    case volumes(Reading<[Volume]>)
    case content(Reading<ObservedContent>)
  }

  /// What was asked of a Space that turned out not to be there is not looked at: the list knows better.
  private func enter(
    _ answers: [(Questions.Asked, Result<Detail, HubError>)], _ questions: Questions, into observation: inout Observation
  ) throws(Failure) {
    for (asked, answer) in answers {
      guard var space = observation.spaces[asked.address] else { continue }
      switch answer {
      case .success(.variables(let value)):
        if questions.variables.contains(asked.address) { space.variables = value }
        if questions.listsKeys { space.keys.variables = value.map { Set($0.keys) } }
      case .success(.secrets(let value)):
        if questions.secrets.contains(asked.address) { space.secrets = value }
        if questions.listsKeys { space.keys.secrets = value.map { Set($0.keys) } }
      case .success(.volumes(let value)): space.volumes = value
      case .success(.content(let value)): space.content = value
      case .failure(let error): throw error.failure(doing: "reading \(asked.address)")
      }
      observation.spaces[asked.address] = space
    }
  }

  /// What the token may not read is `unreadable`, not a failure.
  private func answer(_ address: SpaceID, _ question: Questions.Question) async -> Result<Detail, HubError> {
    do throws(HubError) {
      switch question {
      case .variables: return .success(.variables(.value(try await hub.variables(of: address))))
      case .secrets: return .success(.secrets(.value(try await hub.secrets(of: address))))
      case .volumes:
        let live = try await hub.runtime(of: address).volumes ?? []
        if live.contains(where: { $0.source.hasPrefix("****") }) {
          return .success(.volumes(.unreadable("a volume's source is hidden from this token")))
        }
        return .success(.volumes(.value(live.compactMap(\.volume).sorted())))
      case .content(let manifest, let recorded, let head):
        return .success(.content(.value(try await content(of: address, manifest, recorded, head: head))))
      }
    } catch {
      guard error.isAboutAccess || error.isNotFound else { return .failure(error) }
      switch question {
      case .variables: return .success(.variables(.unreadable(error.message)))
      case .secrets: return .success(.secrets(.unreadable(error.message)))
      case .volumes: return .success(.volumes(.unreadable(error.message)))
      case .content: return .success(.content(.unreadable(error.message)))
      }
    }
  }

  private func content(
    of address: SpaceID, _ manifest: ContentManifest, _ recorded: RecordedContent?, head: String
  ) async throws(HubError) -> ObservedContent {
    var observed = ObservedContent(files: try await hub.tree(of: address, revision: head))
    if manifest.readme != nil, observed.files.contains(where: { $0.path == "README.md" }) {
      let text = String(decoding: try await hub.file("README.md", of: address, revision: head), as: UTF8.self)
      observed.readme = parseReadme(text) ?? Readme(frontMatter: [:], body: text, text: text)
    }
    if let ours = manifest.files.first(where: { $0.path == ".gitattributes" }),
      let theirs = observed.files.first(where: { $0.path == ".gitattributes" }), !theirs.holds(ours.id)
    {
      let text = String(decoding: try await hub.file(".gitattributes", of: address, revision: head), as: UTF8.self)
      observed.attributes = text.split(whereSeparator: \.isNewline).map(String.init)
    }
    if recorded?.commit != head {
      let commits = try await hub.commits(of: address, limit: 100)
      observed.commits = Array(commits.prefix { $0.id != recorded?.commit })
      observed.reachesRecorded = observed.commits.count < commits.count
    } else {
      observed.reachesRecorded = true
    }
    return observed
  }

  // MARK: Tasks

  static func attempt<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws(HubError) -> Value
  ) async -> Result<Value, HubError> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  /// All questions at once, as far as the client's own connections go, with a bound on tasks so that memory stays flat.
  static func inParallel<Item: Sendable, Answer: Sendable>(
    _ items: some Sequence<Item>, _ body: @escaping @Sendable (Item) async -> Answer
  ) async -> [(Item, Answer)] {
    await withTaskGroup(of: (Item, Answer).self) { group in
      var pending = items.makeIterator()
      var answers: [(Item, Answer)] = []
      answers.reserveCapacity(items.underestimatedCount)
      for _ in 0..<64 {
        guard let item = pending.next() else { break }
        group.addTask { (item, await body(item)) }
      }
      while let answer = await group.next() {
        answers.append(answer)
        if let item = pending.next() { group.addTask { (item, await body(item)) } }
      }
      return answers
    }
  }
}

extension Identity {
  /// A job whose tokens are for single Spaces: it has no account.
  static let job = Identity(name: "this job", token: .other("exchanged"))
}
