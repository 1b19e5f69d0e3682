import Content
import Diagnostics

extension Rule {
  static let missingLargeFile: Rule = Rule(
    "SF309",
    summary: "A file is a git-lfs pointer, and what it stands for is not here.",
    explanation: """
      A clone without git-lfs, or one that fetched no large files, has a text of three lines in the place of each. Publishing \
      that text would break the app, so a plan refuses it. `git lfs pull` fetches the files themselves.
      """,
    failing: RuleExample(
      app: [
        "index.html": "<img src=photo.png>\n",
        "photo.png":
          "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "4d7a", count: 16))\nsize 132735\n",
      ],
      shown: "photo.png", space: "sdk: static\n"),
    passing: RuleExample(
      app: ["index.html": "<img src=photo.svg>\n", "photo.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"],
      shown: "photo.svg", space: "sdk: static\n"),
    check: .appFile { file, text, files in
      guard let text, text.bytes.count < LargeFilePointer.limit, let pointer = LargeFilePointer(Array(text.bytes)),
        !files.hasLargeFile(sha256: pointer.sha256)
      else { return [] }
      return [
        Rule.missingLargeFile.finding(
          "the file is a git-lfs pointer, and the \(ByteText.words(pointer.size)) it stands for are not here",
          help: "Fetch them with `git lfs pull --include=\"\(file.source)\"`.", at: SourceSpan(file: file.source))
      ]
    })
}
