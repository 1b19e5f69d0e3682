import Diagnostics
import Files

/// What the Hub takes in a repository and in one commit (facts hub-api section 4.3).
struct ContentLimits {
  var pathCharacters = 1000
  var filesInFolder = 10_000
  var files = 100_000
  /// Of files that git-lfs keeps, in one commit.
  var largeFiles = 25_000
  /// A longer file must be one of those.
  var largeBytes = 10_000_000
  var fileBytes = 500_000_000_000
}

extension Rule {
  static let contentLimits: Rule = Rule(
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
      return contentLimits.finding(
        "the file has \(ByteText.grouped(size / 1_000_000_000)) GB; at most \(limits.fileBytes / 1_000_000_000) are allowed",
        help: "Split it, or leave it out and mount it as a volume.", at: SourceSpan(file: file.source))
    }
    guard let span = space.sourcePath?.place.value else { return findings }
    let advice = "Leave some out with `source.ignore`, or keep them in a dataset or a bucket, mounted as a volume."
    func note(_ what: String, _ number: Int, _ most: Int, _ help: String = advice) {
      findings.append(
        contentLimits.finding(
          "\(what) has \(ByteText.grouped(number)) \(help == advice ? "files" : "characters"); at most \(ByteText.grouped(most)) are allowed",
          help: help, at: span))
    }
    if let long = files.files.first(where: {
      $0.path.utf8.count > limits.pathCharacters && $0.path.count > limits.pathCharacters
    }) {
      note("the path `\(long.path.prefix(60))…`", long.path.count, limits.pathCharacters, "Shorten it, or leave the file out.")
    }
    if files.files.count > limits.filesInFolder {
      var folders: [String: Int] = [:]
      for file in files.files { folders[ProjectPath.folder(of: file.path), default: 0] += 1 }
      for (folder, count) in folders.sorted(by: { $0.key < $1.key }) where count > limits.filesInFolder {
        note(folder == "." ? "the source folder" : "the folder `\(folder)`", count, limits.filesInFolder)
      }
    }
    if files.files.count > limits.files { note("the source", files.files.count, limits.files) }
    if files.files.count > limits.largeFiles {
      let large = files.files.count { files.size($0).map { $0 > limits.largeBytes } ?? false }
      if large > limits.largeFiles {
        findings.append(
          contentLimits.finding(
            "the source has \(ByteText.grouped(large)) files of more than 10 MB; at most \(ByteText.grouped(limits.largeFiles)) are allowed in a commit",
            help: advice, at: span))
      }
    }
    return findings
  }
}
