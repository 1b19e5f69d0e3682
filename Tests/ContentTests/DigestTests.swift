import Cryptography
import Diagnostics
import Testing

@Suite("Digests") struct DigestTests {
  @Test("SHA-256 and SHA-1 of FIPS 180's examples") func knownVectors() {
    #expect(Digest.sha256Hex("abc".utf8) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest.sha256Hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(Digest.sha1Hex("abc".utf8) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    let million = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(Digest.sha256Hex(million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    #expect(Digest.sha1Hex(million) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
  }

  @Test("a collection without contiguous storage digests like an array") func anyCollection() {
    let bytes: [UInt8] = [1, 2, 3, 4]
    #expect(Digest.sha256Hex(bytes.reversed() as ReversedCollection) == Digest.sha256Hex([4, 3, 2, 1] as [UInt8]))
  }

  @Test("git's blob ids of the empty file and of a line") func blobIDs() {
    #expect(Digest.gitBlobID([]) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    #expect(Digest.gitBlobID("hello\n".utf8) == "ce013625030ba8dba906f756967f9e9ca394464a")
    let both = Digest.ids(of: "hello\n".utf8)
    #expect(both.git == "ce013625030ba8dba906f756967f9e9ca394464a")
    #expect(both.sha256 == "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03")
  }

  @Test("HMAC-SHA-256 of RFC 4231's cases 1, 2 and 6 (a key longer than a block)") func hmac() {
    #expect(
      Digest.hmacSHA256Hex(key: [UInt8](repeating: 0x0b, count: 20), message: Array("Hi There".utf8))
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    #expect(
      Digest.hmacSHA256Hex(key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    #expect(
      Digest.hmacSHA256Hex(
        key: [UInt8](repeating: 0xaa, count: 131),
        message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8))
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    // An empty key must not become a null pointer, which libcrypto takes for "the key of the last call".
    #expect(
      Digest.hmacSHA256Hex(key: [], message: []) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }

  @Test("a file larger than the read buffer digests like its bytes in memory") func bigFile() throws {
    let folder = try ScratchFolder()
    let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    try folder.write("big.bin", bytes)
    let digest = try Digest.ofFile(folder.path + "/big.bin")
    #expect(digest.size == bytes.count)
    #expect(digest.git == Digest.gitBlobID(bytes))
    #expect(digest.sha256 == Digest.sha256Hex(bytes))
  }

  @Test("a missing file and a folder are failures that name the path") func unreadable() throws {
    let folder = try ScratchFolder()
    for path in [folder.path + "/none", folder.path] {
      let failure = #expect(throws: Failure.self) { try Digest.ofFile(path) }
      #expect(failure?.doing == "reading \(path)")
    }
  }

  @Test("random bytes have the length asked for and differ from call to call") func random() {
    #expect(RandomBytes.hex(count: 16).utf8.count == 32)
    #expect(RandomBytes.hex(count: 0).isEmpty)
    #expect(RandomBytes.hex(count: 16) != RandomBytes.hex(count: 16))
  }
}
