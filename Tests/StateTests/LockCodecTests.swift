import SpaceModel
import Testing

@testable import State

@Suite("The lock's text") struct LockCodecTests {
  static let golden = """
    {
      "version": 1,
      "hub": "https://huggingface.co",
      "project": "demos",
      "revision": "0123456789abcdef",
      "spaces": {
        "acme/backend": {
          "id": "b"
        },
        "acme/chat": {
          "card": {
            "tags": [
              "llm",
              "demo"
            ],
            "title": "Chat"
          },
          "content": {
            "commit": "c0ffee",
            "digest": "sha256:aa",
            "live": "c0ffee"
          },
          "depends_on": [
            "acme/api",
            "acme/backend"
          ],
          "id": "66a0f1c2d3e4f5a6b7c8d9e0",
          "prevent_destroy": true,
          "secrets": {
            "API_KEY": {
              "fingerprint": "k:s:f",
              "updated_at": "2026-07-21T10:00:00.123Z",
              "version": 3
            },
            "OTHER": {
              "updated_at": null
            }
          },
          "settings": {
            "dev_mode": false,
            "hardware": "t4-small",
            "replicas": 2,
            "sleep_time": "1h",
            "visibility": "private"
          },
          "variables": {
            "LOG_LEVEL": "info",
            "MODEL_ID": {
              "description": "which \\"model\\"",
              "value": "acme/m"
            }
          },
          "volumes": [
            {
              "mount": "/data",
              "read_only": true,
              "source": "acme/data",
              "type": "bucket"
            },
            {
              "mount": "/m",
              "path": "weights",
              "read_only": true,
              "revision": "main",
              "source": "acme/m",
              "type": "model"
            }
          ]
        }
      }
    }

    """

  @Test func `is the golden text`() throws {
    #expect(LockCodec.text(try Sample.fullLock()) == LockCodecTests.golden)
  }

  @Test func `gives the lock back, and then equal bytes`() throws {
    var lock = try Sample.fullLock()
    let read = try LockCodec.parse(Array(LockCodecTests.golden.utf8), file: "spaceform.lock")
    let chat = try Sample.id("acme/chat")
    // The order of depends_on is not the user's: it is written sorted.
    lock.spaces[chat]?.dependsOn.sort()
    #expect(read == lock)
    #expect(LockCodec.text(read) == LockCodecTests.golden)
  }

  @Test func `of an empty lock, of one without a revision and of odd strings comes back equal`() throws {
    var odd = try Sample.lock("a/b")
    let id = try Sample.id("a/b")
    odd.spaces[id]?.variables = [
      "": RecordedVariable(value: ""), "é💬": RecordedVariable(value: "line\nnext\ttab\u{1}\u{7f}\\\"\u{2028}/"),
    ]
    odd.spaces[id]?.settings = ["x": [1, -2, ["y": nil], [], [:], .double(1.5), true], "big": .int(.max)]
    odd.spaces[id]?.volumes = []
    odd.spaces[id]?.card = [:]
    for lock in [Lock(project: "", hub: "local"), odd] {
      let text = LockCodec.text(lock)
      let read = try LockCodec.parse(Array(text.utf8), file: "spaceform.lock")
      #expect(read == lock)
      #expect(LockCodec.text(read) == text)
    }
  }

  @Test func `is read with CRLF line ends, a byte order mark, and members it does not know`() throws {
    let lock = try Sample.lock("a/b")
    let text = LockCodec.text(lock)
    let crlf = "\u{FEFF}" + text.replacing("\n", with: "\r\n")
    #expect(try LockCodec.parse(Array(crlf.utf8), file: "l") == lock)
    let later = text.replacing(#""id""#, with: #""colour": {"deep": [1]}, "id""#).replacing(
      #""hub""#, with: #""new": 1, "hub""#)
    #expect(later != text)
    #expect(try LockCodec.parse(Array(later.utf8), file: "l") == lock)
  }

  @Test func `has a digest that follows its meaning, not its layout`() throws {
    let lock = try Sample.fullLock()
    let digest = try #require(LockCodec.digest(lock))
    #expect(digest.hasPrefix("sha256:") && digest.utf8.count == 71)
    let crlf = LockCodecTests.golden.replacing("\n", with: "\r\n")
    #expect(try LockCodec.digest(LockCodec.parse(Array(crlf.utf8), file: "l")) == digest)
    var other = lock
    other.revision = nil
    #expect(LockCodec.digest(other) != digest)
    #expect(LockCodec.digest(nil) == nil)
  }

  @Test func `has a record digest that every member changes and that stays across versions`() throws {
    // Changing this value makes every saved plan stale: only on purpose.
    #expect(LockRecord(hubID: "b").digest == "sha256:84a91dee31459ddf46933a42288dfd0ff0fb2a3aae2cc0e6ef84135c8cdd5f71")
    let full = try Sample.fullRecord()
    var variants: [LockRecord] = []
    func variant(_ change: (inout LockRecord) -> Void) {
      var record = full
      change(&record)
      variants.append(record)
    }
    variant { _ in }
    variant { $0.hubID = "x" }
    variant { $0.settings["hardware"] = "cpu-basic" }
    variant { $0.card = nil }
    variant { $0.variables["LOG_LEVEL"]?.note = "n" }
    variant { $0.secrets["OTHER"]?.version = 1 }
    variant { $0.volumes = nil }
    variant { $0.content?.live = nil }
    variant { $0.dependsOn = [] }
    variant { $0.preventDestroy = false }
    #expect(Set(variants.map(\.digest)).count == variants.count)
  }

  @Test func `of a thousand Spaces with two variables and a secret each stays under a megabyte`() throws {
    let lock = try LockCodecTests.fleet(of: 1000)
    let text = LockCodec.text(lock)
    #expect(text.utf8.count <= 1_000_000)
    #expect(try LockCodec.parse(Array(text.utf8), file: "l") == lock)
  }

  static func fleet(of count: Int) throws -> Lock {
    var lock = Lock(project: "demos", hub: "https://huggingface.co", revision: String(repeating: "a", count: 40))
    for number in 0..<count {
      var record = LockRecord(hubID: "66a0f1c2d3e4f5a6" + String(10_000_000 + number))
      record.settings = ["sdk": "docker", "hardware": "cpu-basic", "visibility": "private", "sleep_time": "1h"]
      record.variables = [
        "LOG_LEVEL": RecordedVariable(value: "info"), "MODEL_ID": RecordedVariable(value: "acme/model-\(number)"),
      ]
      record.secrets = [
        "API_KEY": RecordedSecret(
          updatedAt: Timestamp(milliseconds: 1_784_628_000_123), version: 1,
          fingerprint: "0123abcd:" + String(repeating: "5", count: 32) + ":" + String(repeating: "f", count: 64))
      ]
      record.content = RecordedContent(
        digest: "sha256:" + String(repeating: "d", count: 64), commit: String(repeating: "c", count: 40),
        live: String(repeating: "c", count: 40))
      lock.spaces[try Sample.id("acme/space-number-\(number)")] = record
    }
    return lock
  }
}
