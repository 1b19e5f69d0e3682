import Diagnostics
import Platform
import SpaceModel

/// The lease as text: JSON, keys sorted, equal leases equal bytes.
enum LeaseCodec {
  /// The newest format this program writes.
  static let currentVersion = 1

  static func text(_ lease: Lease) -> String {
    var members: [String: JSONValue] = [
      "version": .int(currentVersion), "term": .int(lease.term), "seq": .int(lease.sequence),
      "duration": .string(TimeSpan(seconds: lease.duration).description),
    ]
    if let holder = lease.holder {
      members["owner"] = .string(holder.owner)
      members["session"] = .string(holder.session)
      if let run = holder.run { members["run"] = .string(run) }
      if let attempt = holder.attempt { members["attempt"] = .int(attempt) }
      if let page = holder.page { members["page"] = .string(page) }
    }
    if let session = lease.endedBy { members["ended_by"] = .string(session) }
    return JSONValue.object(members).prettyText
  }

  /// - Parameter file: the name that messages use.
  /// - Throws: what is wrong with it, with the way out.
  static func parse(_ bytes: [UInt8], file: String) throws(Failure) -> Lease {
    let read: LeaseFile
    do {
      read = try JSONDecoder().decode(LeaseFile.self, from: Data(bytes))
    } catch {
      throw damaged(file, "it is not a lease as spaceform writes it")
    }
    guard read.version <= currentVersion else {
      throw Failure(
        doing: "reading \(file)",
        problem: "its format is version \(read.version), and this program reads up to version \(currentVersion)",
        help: "Upgrade spaceform to the version that wrote it.")
    }
    guard let duration = TimeSpan(read.duration)?.seconds, read.version > 0, read.term > 0, read.seq >= 0, duration > 0,
      read.term < 1 << 50, read.seq < 1 << 50, duration < 1 << 32
    else { throw damaged(file, "its numbers are none that spaceform writes") }
    guard (read.owner == nil) == (read.session == nil) else { throw damaged(file, "it names its holder only in part") }
    var lease = Lease(term: read.term, sequence: read.seq, duration: duration, holder: nil, endedBy: read.endedBy)
    if let owner = read.owner, let session = read.session {
      lease.holder = Lease.Holder(
        owner: plain(owner), run: read.run, attempt: read.attempt, page: read.page.map(plain), session: session)
    }
    return lease
  }

  private static func damaged(_ file: String, _ problem: String) -> Failure {
    Failure(
      doing: "reading \(file)", problem: problem,
      help: "When no apply is at work, `spaceform state unlock` writes it anew; nothing else of the state is touched.")
  }

  /// For messages: what somebody wrote there must not move the cursor of a terminal.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.prefix(200).filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
    )
  }
}

private struct LeaseFile: Decodable {
  var version: Int
  var term: Int
  var seq: Int
  var duration: String
  var owner: String?
  var run: String?
  var attempt: Int?
  var page: String?
  var session: String?
  var endedBy: String?

  enum CodingKeys: String, CodingKey {
    case version, term, seq, duration, owner, run, attempt, page, session, endedBy = "ended_by"
  }
}
