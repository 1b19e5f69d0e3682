import HubSimulator
import SpaceModel

/// A fault that was played: what a replay can be compared by.
struct PlayedFault: Hashable, Sendable {
  var method: String
  var path: String
  var kind: String

  var json: JSONValue { ["method": .string(method), "path": .string(path), "kind": .string(kind)] }
}

extension Core {
  private static let mostPlayed = 10_000

  mutating func notePlayed(_ fault: FaultKind, _ call: Call) {
    if played.count == Core.mostPlayed { played.removeFirst(Core.mostPlayed / 2) }
    played.append(PlayedFault(method: call.method, path: call.path, kind: fault.text))
  }
}

extension Hub {
  /// What a fault does before the call has its turn; an answer when the call does not get one.
  func before(_ call: Call, _ fault: FaultKind?) async -> Answer? {
    switch fault {
    case .status(let status):
      return .refusal(Refusal(status, .server, "The local Hub was asked to fail here"), for: call)
    case .quota, .actionLimit:
      var answer = Answer.refusal(Refusal(429, .rateLimited(after: 1), "Too Many Requests"), for: call)
      answer.headers.append(("Retry-After", "1"))
      return answer
    case .html:
      return Hub.page(502, "502 Bad Gateway")
    case .portal:
      return Hub.page(200, "Please sign in to this network")
    case .slow(let milliseconds):
      try? await Task.sleep(for: .milliseconds(milliseconds))
      return nil
    case .foreignCommit:
      commitFromElsewhere(to: call.subject)
      return nil
    case .resetBefore, .resetAfter, .truncated, .garbage, .wrongShape, .empty, .slowBuild, .skew, nil:
      return nil
    }
  }

  /// What a fault makes of the answer of a call that had its turn.
  func after(_ call: Call, _ fault: FaultKind?, _ answer: Answer) -> Answer {
    switch fault {
    case .garbage: return Answer(body: .bytes(Array("\u{1}\u{2} this is no answer".utf8)))
    case .wrongShape: return .json(["unexpected": [["of": "another"], "shape"]])
    case .empty: return Answer(body: .bytes([]))
    case .slowBuild(let milliseconds):
      if let id = call.subject {
        let now = clock.now
        core.withLock { core in core.world.delay(id, bySeconds: Double(milliseconds) / 1000, at: now) }
      }
      return answer
    default: return answer
    }
  }

  private static func page(_ status: Int, _ title: String) -> Answer {
    let text = "<!doctype html>\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
    return Answer(status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: .bytes(Array(text.utf8)))
  }

  /// Each such commit changes one file to another content.
  private func commitFromElsewhere(to id: SpaceID?) {
    guard let id else { return }
    let now = clock.now
    core.withLock { core in
      var commit = PreparedCommit(title: "A change from elsewhere")
      commit.add(file: "elsewhere.txt", bytes: Array("change \(core.requests)\n".utf8))
      _ = try? core.world.commitFromElsewhere(commit, to: id, author: "someone", at: now)
    }
    folder?.markDirty()
  }
}
