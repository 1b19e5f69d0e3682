import Cryptography
import Foundation
import HubAPI
import Locking
import SpaceModel
import Testing

@testable import Hub

@Suite(.timeLimit(.minutes(1))) struct ContentTests {
  @Test func aTreeIsReadWithoutItsFolders() async throws {
    let bench = try Bench { request in
      request.target.contains("cursor")
        ? .answer(200, #"[{"type":"file","path":"z","oid":"g3","size":1}]"#)
        : .answer(
          200,
          #"""
          [{"type":"directory","path":"d","oid":"t"},{"type":"file","path":"d/a","oid":"g1","size":3},
           {"type":"file","path":"big","oid":"g2","size":99,"lfs":{"oid":"s2","size":99,"pointerSize":130}}]
          """#, ["link": "</api/spaces/acme/chat/tree/main?cursor=2>; rel=\"next\""])
    }
    defer { bench.server.stop() }
    let files = try await bench.client.tree(of: Bench.space, revision: "main")
    #expect(
      files == [
        TreeFile(path: "d/a", size: 3, git: "g1"), TreeFile(path: "big", size: 99, git: "g2", lfsSHA256: "s2"),
        TreeFile(path: "z", size: 1, git: "g3"),
      ])
    #expect(bench.server.requests[0].target == "/api/spaces/acme/chat/tree/main?recursive=true&expand=false")
  }

  @Test func theHistoryStopsAtTheLimit() async throws {
    let bench = try Bench { request in
      .answer(
        200,
        #"[{"id":"c\#(request.index)a","title":"t","message":"m","date":"2026-07-21T10:00:00.000Z","authors":[{"user":"jo"}]},{"id":"c\#(request.index)b"}]"#,
        ["link": "</api/spaces/acme/chat/commits/main?p=\(request.index + 1)>; rel=\"next\""])
    }
    defer { bench.server.stop() }
    let commits = try await bench.client.commits(of: Bench.space, limit: 3)
    #expect(commits.map(\.id) == ["c0a", "c0b", "c1a"])
    #expect(commits[0].authors == ["jo"] && commits[0].message == "m")
    #expect(bench.server.requests.count == 2)
  }

  @Test func manyFilesAreAskedAboutInBatches() async throws {
    let bench = try Bench { request in
      guard let body = try? decoded(request.body), let files = body["files"]?.arrayValue else { return .close }
      let answers = files.map { file in
        JSONValue.object(["path": file["path"] ?? .null, "uploadMode": "lfs", "shouldIgnore": false, "oid": "x"])
      }
      return .answer(
        200, JSONValue.object(["files": .array(answers), "commitOid": .string("head\(request.index)")]).canonicalText)
    }
    defer { bench.server.stop() }
    var files = (0..<300).map { PreuploadFile(path: "f\($0)", size: 10, sample: [UInt8](repeating: 65, count: 600)) }
    files[7].size = 0
    let answer = try await bench.client.preupload(files, to: Bench.space)
    #expect(answer.files.count == 300)
    #expect(answer.head == "head0")
    #expect(answer.files["f7"]?.mode == .regular, "an empty file is never an LFS object")
    #expect(answer.files["f8"] == PreuploadAnswer.File(mode: .lfs, existing: "x"))
    let sizes = try bench.server.requests.map { try decoded($0.body)["files"]?.arrayValue?.count }
    #expect(sizes == [256, 44])
    let sample = try decoded(bench.server.requests[0].body)["files"]?.arrayValue?[0]["sample"]?.stringValue
    #expect(sample.flatMap { Data(base64Encoded: $0) }?.count == 512)
  }

  @Test func aPreuploadIsRepeatedForItChangesNothing() async throws {
    let bench = try Bench { request in
      request.index == 0 ? .reset : .answer(200, #"{"files":[{"path":"a","uploadMode":"regular"}],"commitOid":"h"}"#)
    }
    defer { bench.server.stop() }
    let answer = try await bench.client.preupload([PreuploadFile(path: "a", size: 1, sample: [1])], to: Bench.space)
    #expect(answer.files["a"]?.mode == .regular)
    #expect(bench.server.requests[0].body == bench.server.requests[1].body)
  }

  @Test func aCommitIsLinesOfJSON() async throws {
    let bench = try Bench { _ in .answer(200, #"{"success":true,"commitOid":"abc","commitUrl":"u","hookOutput":""}"#) }
    defer { bench.server.stop() }
    let request = CommitRequest(
      summary: "s", description: "d\nSpaceform-Intent: 7", parentCommit: "p",
      operations: [
        .file(path: "a \"b\".txt", bytes: [0, 255, 10]), .lfsFile(path: "big", sha256: "e3", size: 12), .delete(path: "old"),
      ])
    #expect(try await bench.client.commit(request, to: Bench.space) == CommitResult(commit: "abc"))
    let sent = bench.server.requests[0]
    #expect(sent.target == "/api/spaces/acme/chat/commit/main")
    #expect(sent.headers["content-type"] == "application/x-ndjson")
    let lines = try sent.text.split(separator: "\n").map { try decoded(Array($0.utf8)) }
    #expect(
      lines == [
        ["key": "header", "value": ["summary": "s", "description": "d\nSpaceform-Intent: 7", "parentCommit": "p"]],
        ["key": "file", "value": ["path": "a \"b\".txt", "encoding": "base64", "content": "AP8K"]],
        ["key": "lfsFile", "value": ["path": "big", "algo": "sha256", "oid": "e3", "size": 12]],
        ["key": "deletedFile", "value": ["path": "old"]],
      ])
  }

  @Test func aCommitOnAnOldHeadIsRefused() async throws {
    let bench = try Bench { _ in .answer(412, #"{"error":"The branch was updated since you opened this page."}"#) }
    defer { bench.server.stop() }
    let request = CommitRequest(summary: "s", description: "", parentCommit: "p", operations: [])
    let error = await bench.failure { client throws(HubError) in try await client.commit(request, to: Bench.space) }
    #expect(error?.kind == .staleParent)
    #expect(error?.outcomeUnknown == false)
  }

  @Test func largeFilesAreStreamedToTheStorageWithoutTheToken() async throws {
    let path = NSTemporaryDirectory() + "lfs-" + UUID().uuidString
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }

    // The storage loses the first connection, to see that the bytes are sent again from the start.
    let isLost = Locked(false)
    let storage = try ScriptedServer { request in
      let losesThis =
        request.path == "/basic"
        && isLost.withLock { lost in
          defer { lost = true }
          return !lost
        }
      return losesThis ? .reset : .answer(200, "", ["etag": "\"tag\(request.path.suffix(1))\""])
    }
    defer { storage.stop() }
    let at = storage.url
    let bench = try Bench { request in
      if request.path.hasSuffix("verify") { return .answer(200) }
      return .answer(
        200,
        #"""
        {"transfer":"basic","objects":[
          {"oid":"one","size":3000000,"actions":{"upload":{"href":"\#(at)/basic?sig=1"},"verify":{"href":"/verify"}}},
          {"oid":"two","size":3000000,"actions":{"upload":{"href":"\#(at)/done","header":{"chunk_size":"2000000","1":"\#(at)/part1","2":"\#(at)/part2"}}}},
          {"oid":"three","size":1}]}
        """#)
    }
    defer { bench.server.stop() }
    try await bench.client.uploadLFS(
      [
        LFSObject(sha256: "one", size: bytes.count, source: .file(path: path)),
        LFSObject(sha256: "two", size: bytes.count, source: .bytes(bytes)),
        LFSObject(sha256: "three", size: 1, source: .bytes([1])), LFSObject(sha256: "three", size: 1, source: .bytes([1])),
      ], to: Bench.space)

    #expect(storage.requests.allSatisfy { $0.headers["authorization"] == nil })
    let basic = storage.requests.filter { $0.path == "/basic" }
    #expect(basic.count == 2)
    #expect(basic.last?.body == bytes)
    #expect(storage.requests.first { $0.path == "/part1" }?.body == Array(bytes[..<2_000_000]))
    #expect(storage.requests.first { $0.path == "/part2" }?.body == Array(bytes[2_000_000...]))
    let done = try #require(storage.requests.first { $0.path == "/done" })
    #expect(
      try decoded(done.body) == [
        "oid": "two",
        "parts": [["partNumber": 1, "etag": "\"tag1\""], ["partNumber": 2, "etag": "\"tag2\""]],
      ])
    let hub = bench.server.requests
    #expect(hub.map(\.path) == ["/spaces/acme/chat.git/info/lfs/objects/batch", "/verify"])
    #expect(hub[0].headers["content-type"] == "application/vnd.git-lfs+json")
    #expect(try decoded(hub[0].body)["objects"]?.arrayValue?.count == 3)
    #expect(hub[1].headers["authorization"] == "Bearer hf_test_token")
    #expect(try decoded(hub[1].body) == ["oid": "one", "size": 3_000_000])
  }

  @Test func partsOfOneObjectAreSentSideBySideAndNamedInTheirOrder() async throws {
    // No part is taken before four are there.
    let present = NSCondition()
    let count = Locked(0)
    let storage = try ScriptedServer { request in
      if request.method == "PUT" {
        present.lock()
        count.withLock { $0 += 1 }
        present.broadcast()
        let deadline = Date(timeIntervalSinceNow: 20)
        while count.withLock({ $0 }) < 4, present.wait(until: deadline) {}
        let met = count.withLock { $0 }
        present.unlock()
        if met < 4 { return .answer(500, "alone") }
      }
      return .answer(200, "", ["etag": "\"\(request.path.dropFirst())\""])
    }
    defer { storage.stop() }
    let at = storage.url
    let addresses = (1...6).map { #""\#($0)":"\#(at)/\#($0)""# }.joined(separator: ",")
    let bench = try Bench { _ in
      .answer(
        200,
        #"{"objects":[{"oid":"one","size":11,"actions":{"upload":{"href":"\#(at)/end","header":{"chunk_size":2,\#(addresses)}}}}]}"#
      )
    }
    defer { bench.server.stop() }
    let bytes = Array("abcdefghijk".utf8)
    try await bench.client.uploadLFS([LFSObject(sha256: "one", size: 11, source: .bytes(bytes))], to: Bench.space)
    #expect(bench.time.waits.isEmpty, "no part was sent again")
    let parts = storage.requests.filter { $0.method == "PUT" }
    #expect(
      Dictionary(uniqueKeysWithValues: parts.map { ($0.path, $0.text) })
        == ["/1": "ab", "/2": "cd", "/3": "ef", "/4": "gh", "/5": "ij", "/6": "k"])
    let end = try #require(storage.requests.first { $0.path == "/end" })
    #expect(try decoded(end.body)["parts"] == .array((1...6).map { ["partNumber": .int($0), "etag": .string("\"\($0)\"")] }))
  }

  @Test func aPartThatIsRefusedEndsTheUploadOfItsObject() async throws {
    let storage = try ScriptedServer { request in
      request.path == "/2" ? .answer(422, "no") : .answer(200, "", ["etag": "\"t\""])
    }
    defer { storage.stop() }
    let at = storage.url
    let bench = try Bench { _ in
      .answer(
        200,
        #"{"objects":[{"oid":"one","size":3,"actions":{"upload":{"href":"\#(at)/end","header":{"chunk_size":1,"1":"\#(at)/1","2":"\#(at)/2","3":"\#(at)/3"}}}}]}"#
      )
    }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in
      try await client.uploadLFS([LFSObject(sha256: "one", size: 3, source: .bytes([1, 2, 3]))], to: Bench.space)
    }
    #expect(error?.status == 422)
    #expect(!storage.requests.contains { $0.path == "/end" })
  }

  @Test func anObjectThatTheHubRefusesIsNamed() async throws {
    let bench = try Bench { _ in .answer(200, #"{"objects":[{"oid":"one","size":1,"error":{"code":422,"message":"too big"}}]}"#)
    }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in
      try await client.uploadLFS([LFSObject(sha256: "one", size: 1, source: .bytes([1]))], to: Bench.space)
    }
    #expect(error?.kind == .rejected)
    #expect(error?.message == "object one: too big")
  }

  @Test func aFileThatShrankIsNotSent() async throws {
    let bench = try Bench { request in
      .answer(200, #"{"objects":[{"oid":"one","size":5,"actions":{"upload":{"href":"/store"}}}]}"#)
    }
    defer { bench.server.stop() }
    let path = NSTemporaryDirectory() + "short-" + UUID().uuidString
    try Data("abc".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let error = await bench.failure { client throws(HubError) in
      try await client.uploadLFS([LFSObject(sha256: "one", size: 5, source: .file(path: path))], to: Bench.space)
    }
    #expect(error?.message == "\(path) is shorter than announced")
    #expect(bench.server.requests.count == 1)
  }

  @Test func refusedAddressesAreAskedForAgainAndWhatArrivedIsNotSentAgain() async throws {
    let objects = ["a", "b"].map { text in
      LFSObject(sha256: Digest.sha256Hex(Array(text.utf8)), size: 1, source: .bytes(Array(text.utf8)))
    }
    // The second object's first address is over; its second one is good.
    let storage = try ScriptedServer { request in
      request.target.hasSuffix("old") && request.text == "b" ? .answer(403, "<Error/>") : .answer(200, "")
    }
    defer { storage.stop() }
    let place = storage.url
    let bench = try Bench { request in
      let isFirst = request.index == 0
      let entries = objects.map { object -> JSONValue in
        var entry: [String: JSONValue] = ["oid": .string(object.sha256), "size": 1]
        if isFirst || object.sha256 == objects[1].sha256 {
          entry["actions"] = ["upload": ["href": .string("\(place)/\(isFirst ? "old" : "new")")]]
        }
        return .object(entry)
      }
      return .answer(200, JSONValue.object(["objects": .array(entries)]).canonicalText)
    }
    defer { bench.server.stop() }
    try await bench.client.uploadLFS(objects, to: Bench.space)
    #expect(bench.server.requests.count == 2)
    #expect(storage.requests.filter { $0.text == "b" }.map(\.target) == ["/old", "/new"])
  }

  @Test func aStorageThatRefusesIsNotAboutThePersonsRights() async throws {
    let storage = try ScriptedServer { _ in .answer(403, "<?xml version=\"1.0\"?><Error/>") }
    defer { storage.stop() }
    let href = storage.url + "/x?X-Signature=abc"
    let bench = try Bench { _ in .answer(200, #"{"objects":[{"oid":"one","actions":{"upload":{"href":"\#(href)"}}}]}"#) }
    defer { bench.server.stop() }
    let error = await bench.failure { client throws(HubError) in
      try await client.uploadLFS([LFSObject(sha256: "one", size: 1, source: .bytes([1]))], to: Bench.space)
    }
    #expect(error?.kind == .rejected)
    #expect(error.map { "\($0)".contains("abc") } == false, "a signature is not shown")
  }
}
