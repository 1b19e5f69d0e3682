import Archive
import CLibArchive
import Testing

@Suite("A zip file") struct ZipArchiveTests {
  /// The files of an archive, as libarchive reads them.
  private func read(_ bytes: [UInt8]) throws -> [ZipArchive.File] {
    let archive = try #require(archive_read_new())
    defer { archive_read_free(archive) }
    archive_read_support_format_zip(archive)
    return try bytes.withUnsafeBytes { buffer in
      try #require(archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK)
      var files: [ZipArchive.File] = []
      var entry: OpaquePointer?
      while archive_read_next_header(archive, &entry) == ARCHIVE_OK {
        var content = [UInt8](repeating: 0, count: Int(archive_entry_size(entry)))
        let count = content.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
        #expect(count == content.count)
        files.append(ZipArchive.File(name: String(cString: archive_entry_pathname(entry)), bytes: content))
      }
      return files
    }
  }

  @Test("holds files of any size as they are, in their order")
  func roundTrip() throws {
    let files = [
      ZipArchive.File(name: "entities.xml", bytes: (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }),
      ZipArchive.File(name: "empty", bytes: []), ZipArchive.File(name: "a.txt", bytes: Array("é\n".utf8)),
    ]
    let found = try read(try ZipArchive.bytes(files))
    #expect(found.map(\.name) == files.map(\.name))
    #expect(found.map(\.bytes) == files.map(\.bytes))
  }

  @Test("is the same for the same files, and smaller than what repeats itself")
  func steady() throws {
    let files = [ZipArchive.File(name: "a", bytes: [UInt8](repeating: 65, count: 100_000))]
    let first = try ZipArchive.bytes(files)
    #expect(try ZipArchive.bytes(files) == first)
    #expect(first.count < 2000)
  }
}
