import Foundation
import HubSimulator
import SpaceModel

extension Routes {
  /// Info and lists (facts hub-api sections 2.6 and 2.7).
  static let listing: [Route] = [
    Route("GET", "/api/spaces", "list", .quick(list)),
    Route(
      "GET", "/api/spaces/semantic-search", "search",
      .quick { call, core throws(Refusal) in
        var call = call
        call.query += "&search=\(Form.encoded(call.item("q") ?? ""))"
        // Search leaves out what does not run unless it is asked not to; lists do the contrary.
        if call.item("includeNonRunning") == nil { call.query += "&includeNonRunning=false" }
        return try list(call, &core)
      }),
    Route("GET", "/api/spaces/{owner}/{name}", "info", .quick(info)),
    Route("GET", "/api/spaces/{owner}/{name}/revision/{revision}", "info", .quick(info)),
    Route("GET", "/api/settings/repositories", "list-repositories", .quick(repositories)),
    Route("GET", "/api/organizations/{owner}/settings/repositories", "list-repositories", .quick(repositories)),
  ]

  private static func info(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    let id = try call.space()
    let hubID = try core.world.locate(id, for: call.caller, .read)
    guard let space = core.world.settled(hubID, at: call.now) else { throw .repositoryNotFound(call.caller) }
    let revision = call.parameters["revision"] ?? "main"
    let commit = try core.world.commit(id, at: revision, for: call.caller)
    let expand = try SpaceJSON.checked(call.all("expand"))
    if !expand.isEmpty {
      if call.flag("blobs") { throw .rejected("\"blobs\" and \"expand\" exclude each other") }
      return .json(SpaceJSON.projection(space, expand, inList: false, core.world.assumptions))
    }
    return .json(
      SpaceJSON.info(space, files: commit.files, sha: commit.id, blobs: call.flag("blobs"), core.world.assumptions))
  }

  /// Pages of Spaces, by address, or by a property when `sort` names one.
  private static func list(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    let expand = try SpaceJSON.checked(call.all("expand"))
    let full = call.flag("full")
    if full, !expand.isEmpty { throw .rejected("\"full\" and \"expand\" exclude each other") }
    var names = expand
    if expand.isEmpty {
      names = ["author", "createdAt", "likes", "private", "sdk", "tags", "trendingScore"]
      if full { names.formUnion(["cardData", "datasets", "lastModified", "models", "sha", "siblings", "subdomain"]) }
    }
    let cap = max(1, core.world.assumptions.number("list-limit"))
    let limit = min(cap, max(1, call.item("limit").flatMap(Int.init) ?? cap))
    let selection = Selection(call)
    let matching = selection.run(on: &core.world, for: call.caller, at: call.now)
    let offset = selection.offset(of: call.item("cursor"), in: core.world, matching)
    let projection = (full ? "full:" : "") + names.sorted().joined(separator: ",")
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    bytes.reserveCapacity(min(limit, matching.count) * 700)
    let page = matching[offset..<min(matching.count, offset + limit)]
    let assumptions = core.world.assumptions
    for hubID in page {
      guard let space = core.world.settled(hubID, at: call.now) else { continue }
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      bytes += core.fragments.fragment(of: hubID, version: space.version, projection: projection) {
        var value = SpaceJSON.projection(space, names, inList: true, assumptions)
        // Without `expand`, lists with `full` show a runtime that is null (facts hub-api section 2.7).
        if full, case .object(var members) = value {
          members["runtime"] = .null
          value = .object(members)
        }
        return Array(value.canonicalText.utf8)
      }
    }
    bytes.append(UInt8(ascii: "]"))
    var headers: [(name: String, value: String)] = []
    if page.endIndex < matching.count, let last = page.last {
      headers.append(Paging.link(call, cursor: selection.cursor(after: last, at: page.endIndex, core.world)))
    }
    return .json(bytes: bytes, headers: headers)
  }

  private static func repositories(_ call: Call, _ core: inout Core) throws(Refusal) -> Answer {
    guard let account = call.caller.account else { throw .noToken }
    let owner = call.parameters["owner"] ?? account
    guard owner == account || core.world.accounts[owner]?.members[account] != nil else {
      throw .forbidden("You are not a member of \(owner)")
    }
    let found = core.world.hubIDs(ownedBy: owner).compactMap { core.world.spaces[$0] }
    let offset = min(found.count, Paging.offset(call.item("cursor")))
    let end = min(found.count, offset + max(1, core.world.assumptions.number("list-limit")))
    return .json(
      .array(
        found[offset..<end].map { space in
          let used = space.files.values.reduce(0) { $0 + $1.size }
          return [
            "id": .string(space.address.description), "type": "space",
            "updatedAt": .string(space.lastModified.description), "visibility": .string(space.visibility.rawValue),
            "storage": .int(used), "storagePercent": 0,
          ]
        }), headers: end < found.count ? [Paging.link(call, cursor: Paging.cursor(offset: end))] : [])
  }
}

/// `Link` headers of pages: the whole address of the next one, every parameter in it.
enum Paging {
  static func link(_ call: Call, cursor: String) -> (name: String, value: String) {
    let kept = call.query.split(separator: "&").filter { !$0.hasPrefix("cursor=") }
    let query = (kept + ["cursor=\(Form.encoded(cursor))"]).joined(separator: "&")
    return ("Link", "<\(call.endpoint)\(call.path)?\(query)>; rel=\"next\"")
  }

  /// Where a page begins that an opaque cursor names by number.
  static func offset(_ cursor: String?) -> Int {
    guard let cursor, let data = Data(base64Encoded: cursor) else { return 0 }
    return max(0, Int(String(decoding: data, as: UTF8.self)) ?? 0)
  }

  static func cursor(offset: Int) -> String { Data(String(offset).utf8).base64EncodedString() }
}
