import SpaceModel

extension Rule {
  static let preloadEntry: Rule = Rule(
    "SF212",
    summary: "An entry of `preload_from_hub` is not a repository, files and a commit.",
    explanation: """
      Each entry is one text: a repository, then, after one space each, the files to fetch with commas between them, and a commit \
      by its 40 hexadecimal digits. Only public repositories can be fetched.
      """,
    failing: RuleExample("name: chat\ncard:\n  preload_from_hub: [\"acme/model config.json, model.bin\"]\n"),
    passing: RuleExample("name: chat\ncard:\n  preload_from_hub: [\"acme/model config.json,model.bin\"]\n"),
    check: .space { space, _ in
      (space.card["preload_from_hub"]?.texts ?? []).compactMap { entry in
        problem(with: entry.value).map {
          Rule.preloadEntry.finding(
            $0, help: "Write `OWNER/NAME`, `OWNER/NAME FILE,FILE`, or `OWNER/NAME FILE,FILE COMMIT`.", at: entry.place.value)
        }
      }
    })

  private static func problem(with entry: String) -> String? {
    let parts = entry.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if parts.contains("") { return "`\(entry)` has more than single spaces between its parts" }
    if !SpaceID.isRepository(parts[0]) { return "`\(parts[0])` is not a repository" }
    if parts.count > 1, parts[1].split(separator: ",", omittingEmptySubsequences: false).contains("") {
      return "`\(parts[1])` is not a list of files with commas and no spaces between them"
    }
    if parts.count > 2, !isCommit(parts[2]) { return "`\(parts[2])` is not a commit of 40 hexadecimal digits" }
    return parts.count > 3 ? "`\(entry)` has \(parts.count) parts; at most 3 are allowed" : nil
  }

  private static func isCommit(_ text: String) -> Bool {
    text.utf8.count == 40
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) || (65...70).contains($0) }
  }
}
