import Backlog
import Diagnostics
import Files
import Jira
import Markdown
import Platform

/// The folder of a tracker, and what was read from it.
struct TrackerFolder {
  let path: String
  let source: BacklogSource

  /// - Parameter given: the folder of `-C`; nil for the current one or its `tracker/`.
  init(_ given: String?) throws(Failure) {
    let candidates = given.map { [$0] } ?? [".", "tracker"]
    guard let path = candidates.first(where: { TrackerFolder.exists("\($0)/project.yaml") }) else {
      throw Failure(
        doing: "opening the tracker in \(given ?? "this folder")", problem: "there is no project.yaml",
        help: "Run the command beside project.yaml, or name its folder with -C.")
    }
    self.path = path
    guard let project = try AtomicFile.read("\(path)/project.yaml") else {
      throw Failure(doing: "reading \(path)/project.yaml", problem: "it disappeared")
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/backlog")) ?? []
    var files: [BacklogSource.File] = []
    for name in names.sorted(by: FileListing.precedes) where name.hasSuffix(".yaml") && !name.hasPrefix(".") {
      guard let bytes = try AtomicFile.read("\(path)/backlog/\(name)") else { continue }
      files.append(.init(name: "backlog/\(name)", bytes: bytes))
    }
    source = BacklogSource(project: .init(name: "project.yaml", bytes: project), backlog: files)
  }

  /// Reads and checks everything.
  func checked() -> (backlog: Backlog?, findings: [Finding]) {
    let (backlog, reading) = BacklogReader.read(source)
    guard let backlog else { return (nil, reading) }
    // An item that could not be read is missing, and everything that points at it would be found wrong for that reason alone.
    guard !reading.hasErrors else { return (backlog, reading) }
    let found = BacklogChecks.findings(in: backlog, proofText: proofText) { item in
      // Markup is at most eight times as long as its source; most texts are far too short for the limit.
      let written = (item.description?.value.utf8.count ?? 0) + (item.acceptance?.value.utf8.count ?? 0)
      return written < 4000 ? written : WikiMarkup.text(ItemText.document(of: item)).utf16.count
    }
    return (backlog, reading + found)
  }

  /// A backlog without errors; otherwise what they are is the failure's reason.
  func read() throws(Failure) -> Backlog {
    let (backlog, findings) = checked()
    let errors = findings.count { $0.severity == .error }
    guard let backlog, errors == 0 else {
      throw Failure(
        doing: "reading the backlog", problem: errors == 1 ? "it has an error" : "it has \(errors) errors",
        help: "Run `spaceform-tracker check` to see what is wrong.", status: .findings)
    }
    return backlog
  }

  /// The texts findings point into.
  func texts(for findings: [Finding]) -> [String: String] {
    let wanted = Set(findings.flatMap { [$0.span.file] + $0.related.map(\.span.file) })
    return Dictionary(
      ([source.project] + source.backlog).filter { wanted.contains($0.name) }
        .map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Files that prove something are named from the top of the repository the tracker is in; outside of one they are not looked for.
  private var proofText: (@Sendable (String) -> String?)? {
    guard
      var folder = realpath(path, nil).map({ pointer in
        defer { free(pointer) }
        return String(cString: pointer)
      })
    else { return nil }
    while !TrackerFolder.exists("\(folder)/.git") {
      guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { return nil }
      folder = String(folder[..<slash])
    }
    return { [folder] file in
      guard !file.hasPrefix("/"), !file.split(separator: "/").contains(".."),
        let bytes = try? AtomicFile.read("\(folder)/\(file)")
      else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
