import Diagnostics
import Files

extension Rule {
  static let tooMuchContent: Rule = Rule(
    "SF310",
    summary: "The Space has more files, longer paths or larger files than the Hub takes.",
    explanation: """
      A path has at most 1,000 characters, a folder at most 10,000 files, a repository fewer than 100,000, a commit at most \
      25,000 large ones, and no file may have more than 500 GB. What is only data belongs into a dataset or a bucket, mounted \
      as a volume.
      """,
    failing: RuleExample(
      app: ["index.html": "<p>Hello\n", "all.tar": "many bytes\n"], shown: "all.tar", space: "sdk: static\n",
      sizes: ["all.tar": 600_000_000_000]),
    passing: RuleExample(
      app: ["index.html": "<p>Hello\n", "some.tar": "few bytes\n"], shown: "some.tar", space: "sdk: static\n"),
    check: .app { files, space, _ in limits(ContentLimits(), files, space) })

  static func limits(_ limits: ContentLimits, _ files: AppFiles, _ space: SpaceDraft) -> [Finding] {
    var findings = files.files.compactMap { file -> Finding? in
      guard let size = files.size(file), size > limits.fileBytes else { return nil }
      return tooMuchContent.finding(
        "the file has \(ByteText.grouped(size / 1_000_000_000)) GB; at most \(limits.fileBytes / 1_000_000_000) are allowed",
        help: "Split it, or leave it out and mount it as a volume.", at: SourceSpan(file: file.source))
    }
    guard let span = space.sourcePath?.place.value else { return findings }
    func note(_ what: String, _ number: Int, _ of: String, atMost limit: Int, help: String = advice) {
      findings.append(
        tooMuchContent.finding(
          "\(what) has \(ByteText.grouped(number)) \(of); at most \(ByteText.grouped(limit)) are allowed", help: help, at: span)
      )
    }
    // Bytes first: no path has more characters than those.
    let long = files.files.first { $0.path.utf8.count > limits.pathCharacters && $0.path.count > limits.pathCharacters }
    if let long {
      note(
        "the path `\(long.path.prefix(60))…`", long.path.count, "characters", atMost: limits.pathCharacters,
        help: "Shorten it, or leave the file out.")
    }
    if files.files.count > limits.filesInFolder {
      var folders: [String: Int] = [:]
      for file in files.files { folders[ProjectPath.folder(of: file.path), default: 0] += 1 }
      for (folder, count) in folders.sorted(by: { $0.key < $1.key }) where count > limits.filesInFolder {
        note(folder == "." ? "the source folder" : "the folder `\(folder)`", count, "files", atMost: limits.filesInFolder)
      }
    }
    if files.files.count > limits.files { note("the source", files.files.count, "files", atMost: limits.files) }
    if files.files.count > limits.largeFiles {
      let large = files.files.count { files.size($0).map { $0 > limits.largeBytes } ?? false }
      if large > limits.largeFiles { note("the source", large, "files of more than 10 MB", atMost: limits.largeFiles) }
    }
    return findings
  }

  private static let advice = "Leave some out with `source.ignore`, or keep them in a dataset or a bucket, mounted as a volume."
}
