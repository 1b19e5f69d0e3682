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
