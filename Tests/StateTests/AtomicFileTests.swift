import Diagnostics
import Foundation
import Testing

@testable import Files

@Suite("An atomic file") struct AtomicFileTests {
  @Test func `makes a file that is not there, with the mode asked for`() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.replace(folder("a"), with: Array("text".utf8), mode: 0o600)
    #expect(folder.text("a") == "text")
    #expect(folder.mode("a") == 0o600)
    #expect(folder.names == ["a"])
  }

  @Test(arguments: [0, 1, 4095, 4096, 1_000_000]) func `reads back what it wrote`(count: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    try AtomicFile.replace(folder("a"), with: bytes)
    #expect(try AtomicFile.read(folder("a")) == bytes)
  }

  @Test func `reads nil where there is no file, and fails on a folder`() throws {
    let folder = try TemporaryFolder()
    #expect(try AtomicFile.read(folder("none")) == nil)
    #expect(throws: Failure.self) { try AtomicFile.read(folder.path) }
  }

  @Test(arguments: [0o600, 0o640, 0o755] as [mode_t]) func `keeps the mode of the file it replaces`(mode: mode_t) throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "a")
    chmod(folder("a"), mode)
    try AtomicFile.replace(folder("a"), with: Array("new".utf8), mode: 0o644)
    #expect(folder.text("a") == "new")
    #expect(folder.mode("a") == mode)
  }

  @Test func `follows links to the real file, however many, and leaves them links`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder("real"), withIntermediateDirectories: true)
    try folder.write("old", to: "real/file")
    symlink("real/file", folder("inner"))
    symlink(folder("inner"), folder("outer"))
    try AtomicFile.replace(folder("outer"), with: Array("new".utf8))
    #expect(folder.text("real/file") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder("outer")) == folder("inner"))
    #expect(folder.names == ["inner", "outer", "real"])
  }

  @Test func `makes the file a dangling link points to`() throws {
    let folder = try TemporaryFolder()
    symlink("later", folder("link"))
    try AtomicFile.replace(folder("link"), with: Array("new".utf8))
    #expect(folder.text("later") == "new")
  }

  @Test func `refuses a ring of links, a folder, a device and a missing folder, and says which`() throws {
    let folder = try TemporaryFolder()
    symlink("two", folder("one"))
    symlink("one", folder("two"))
    for (path, word) in [
      (folder("one"), "symbolic"), (folder.path, "directory"), ("/dev/null", "device"), (folder("no/file"), "No such file"),
    ] {
      let failure = #expect(throws: Failure.self) { try AtomicFile.replace(path, with: [1]) }
      #expect(failure?.doing == "writing \(path)")
      #expect(failure?.problem.contains(word) == true, "\(failure?.problem ?? "")")
    }
  }

  @Test func `with a failure at any step leaves the old file, or at the last the new one, and no rest`() throws {
    for step in AtomicFile.Step.allCases {
      let folder = try TemporaryFolder()
      try folder.write("old", to: "a")
      let failure = #expect(throws: Failure.self) {
        try AtomicFile.replace(folder("a"), with: Array("new".utf8), mode: 0o644) { $0 == step ? ENOSPC : 0 }
      }
      #expect(failure?.problem.contains("No space left") == true)
      #expect(failure?.help?.contains("space") == true)
      #expect(folder.names == ["a"], "\(step)")
      #expect(folder.text("a") == (step == .syncFolder ? "new" : "old"), "\(step)")
    }
  }

  @Test func `says what the system refused, and the way out`() {
    for code in [ENOSPC, EDQUOT, EFBIG, EACCES, EPERM, EROFS, EBUSY, ENOENT, ELOOP, EIO, EINVAL] {
      let failure = Failure.system("writing a", code: code)
      #expect(failure.help?.hasSuffix(".") == true)
      #expect(failure.problem == String(cString: strerror(code)))
    }
  }

  @Test func `survives a disk that takes only part of the bytes`() async throws {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      try AtomicFile.replace(folder("a"), with: Array("old".utf8))
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 8192, rlim_max: 8192)
      try #require(setFileSizeLimit(&limit) == 0)
      // The kernel takes 8,192 bytes and refuses the rest: a short write, then EFBIG.
      let failure = #expect(throws: Failure.self) {
        try AtomicFile.replace(folder("a"), with: [UInt8](repeating: 1, count: 20_000))
      }
      #expect(failure?.problem == String(cString: strerror(EFBIG)))
      #expect(folder.text("a") == "old")
      #expect(folder.names == ["a"])
    }
  }

  @Test func `never shows a reader half of it`() async throws {
    let folder = try TemporaryFolder()
    let path = folder("a")
    let texts = [UInt8(1), 2].map { [UInt8](repeating: $0, count: 50_000) }
    try AtomicFile.replace(path, with: texts[0])
    try await withThrowingTaskGroup { group in
      group.addTask { for turn in 1...50 { try AtomicFile.replace(path, with: texts[turn % 2]) } }
      group.addTask {
        for _ in 1...200 {
          let seen = try #require(try AtomicFile.read(path))
          #expect(texts.contains(seen))
        }
      }
      try await group.waitForAll()
    }
    #expect(folder.names == ["a"])
  }

  @Test func `clears away what killed writers left, and nothing else`() throws {
    let folder = try TemporaryFolder()
    for name in ["a", ".a.12ab.spaceform-tmp", ".b.12ab.spaceform-tmp", ".a.swp"] { try folder.write("", to: name) }
    try AtomicFile.removeLeftovers(of: folder("a"))
    #expect(folder.names == [".a.swp", ".b.12ab.spaceform-tmp", "a"])
  }
}

/// The first parameter's type differs between the C libraries.
func setFileSizeLimit(_ limit: inout rlimit) -> CInt {
  #if canImport(Glibc)
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  #else
  setrlimit(RLIMIT_FSIZE, &limit)
  #endif
}
