import HubAPI
import SpaceModel

/// One user's request to read the files of a gated Space (huggingface_hub 2.4.0, `AccessRequest`).
public struct AccessRequest: Codable, Hashable, Sendable {
  public enum Status: String, Codable, Hashable, Sendable { case pending, accepted, rejected }

  /// 24 hexadecimal digits.
  public var id: String
  public var user: String
  public var status: Status
  public var date: Timestamp
  /// What the user filled in; nil when nothing was asked.
  public var fields: [String: String]?
  /// Let in without having asked, so that no e-mail address was shared.
  public var wasGranted: Bool
  public var rejectionReason: String?
}

extension World {
  /// Whoever was not let in gets no file of a gated Space: 401 without a token, 403 with one, both with `GatedRepo` (facts hub-api
  /// section 6.2; 401 as in answers recorded in October 2026). Members of the owner need not ask.
  func allowThroughGate(_ caller: Caller, of space: Space) throws(Refusal) {
    guard space.gated != nil else { return }
    let start = "Access to space \(space.address) is restricted"
    guard let grant = caller.grant else {
      throw Refusal(
        401, .unauthenticated,
        "\(start). You must have access to it and be authenticated to access it. Please log in.", code: "GatedRepo")
    }
    let isMember = belongs(grant.account, to: space.address.owner)
    let isAccepted = (space.accessRequests ?? []).contains { $0.user == grant.account && $0.status == .accepted }
    let isAllowed =
      switch grant.power {
      case .read, .write: isMember || isAccepted
      case .oneSpace(let hubID): hubID == space.hubID
      case .fineGrained(let scopes): isMember && scopes.contains { $0.covers(space) && $0.reads }
      }
    guard isAllowed else {
      throw Refusal(403, .forbidden, "\(start) and you are not in the authorized list.", code: "GatedRepo")
    }
  }

  /// The requests of one status, in the order they came (huggingface_hub 2.4.0, `list_pending_access_requests`).
  ///
  /// - Throws: 400 when the Space is not gated, 403 to whoever may not change its settings.
  public func accessRequests(
    _ status: AccessRequest.Status, of id: SpaceID, for caller: Caller
  ) throws(Refusal) -> [AccessRequest] {
    let hubID = try locate(id, for: caller, .settings)
    return try gatedRequests(of: hubID).filter { $0.status == status }
  }

  /// A user asks for access: let in at once where the gate is `auto`. On the Hub this happens in a browser only.
  ///
  /// - Throws: 400 when the Space is not gated or the user has asked before, 404 for a user that does not exist.
  public mutating func askForAccess(
    to id: SpaceID, as user: String, fields: [String: String]?, at now: Timestamp
  ) throws(Refusal) -> AccessRequest {
    guard let hubID = hubID(of: id) else { throw .repositoryNotFound(.anonymous) }
    let requests = try gatedRequests(of: hubID)
    try checkUser(user)
    guard !requests.contains(where: { $0.user == user }) else { throw .rejected("\(user) has asked already") }
    let request = AccessRequest(
      id: newHubID(), user: user, status: spaces[hubID]?.gated == "auto" ? .accepted : .pending, date: now, fields: fields,
      wasGranted: false)
    try change(hubID, at: now) { space in space.accessRequests = requests + [request] }
    return request
  }

  /// Puts a request into another list (huggingface_hub 2.4.0, `_handle_access_request`).
  ///
  /// - Throws: 400 when the Space is not gated, 403 to whoever may not change its settings, 404 for a user that does not exist, for
  ///   a missing request and for one that is in that list.
  public mutating func handleAccess(
    _ matches: AccessRequestKey, _ status: AccessRequest.Status, reason: String?, to id: SpaceID, by caller: Caller,
    at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    var requests = try gatedRequests(of: hubID)
    if case .user(let name) = matches { try checkUser(name) }
    guard let index = requests.firstIndex(where: matches.isKey) else {
      throw Refusal(404, .notFound(.other), "There is no such access request")
    }
    guard requests[index].status != status else {
      throw Refusal(404, .notFound(.other), "The access request is in the \(status.rawValue) list already")
    }
    requests[index].status = status
    requests[index].rejectionReason = status == .rejected ? reason : nil
    try change(hubID, at: now) { space in space.accessRequests = requests }
  }

  /// Lets a user in who need not have asked (huggingface_hub 2.4.0, `grant_access`).
  ///
  /// - Throws: 400 when the Space is not gated or the user has access, 403 to whoever may not change its settings, 404 for a user
  ///   that does not exist.
  public mutating func grantAccess(
    to user: String, of id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .settings)
    var requests = try gatedRequests(of: hubID)
    try checkUser(user)
    let index = requests.firstIndex { $0.user == user }
    guard !belongs(user, to: id.owner), index.map({ requests[$0].status != .accepted }) ?? true else {
      throw .rejected("\(user) has access already")
    }
    if let index {
      requests[index].status = .accepted
      requests[index].rejectionReason = nil
    } else {
      requests.append(
        AccessRequest(id: newHubID(), user: user, status: .accepted, date: now, fields: nil, wasGranted: true))
    }
    try change(hubID, at: now) { space in space.accessRequests = requests }
  }

  private func gatedRequests(of hubID: String) throws(Refusal) -> [AccessRequest] {
    guard let space = spaces[hubID], space.gated != nil else { throw .rejected("The repository is not gated") }
    return space.accessRequests ?? []
  }

  func checkUser(_ name: String) throws(Refusal) {
    guard accounts[name]?.kind == .user else { throw Refusal(404, .notFound(.other), "There is no user \(name)") }
  }
}

/// How a call names a request: by its user, or by its id where names are not shared.
public enum AccessRequestKey: Hashable, Sendable {
  case user(String)
  case id(String)

  func isKey(of request: AccessRequest) -> Bool {
    switch self {
    case .user(let name): request.user == name
    case .id(let id): request.id == id
    }
  }
}
