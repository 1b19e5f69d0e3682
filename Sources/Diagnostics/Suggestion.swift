/// The nearest known word to a misspelt one, for "did you mean".
public enum Suggestion {
  /// The candidate with the fewest edits (insert, delete, replace, swap of neighbours), when that is close enough to be a
  /// misspelling: at most a third of the word's length, and at least one edit allowed.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    let wanted = Array(word.lowercased())
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased())
      // Every letter more or less is an edit, so that a text of a million letters is compared with nothing.
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let edits = distance(wanted, letters)
      guard edits <= limit else { continue }
      if let best, (best.distance, best.candidate) <= (edits, candidate) { continue }
      best = (candidate, edits)
    }
    return best?.candidate
  }

  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        var best = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforePrevious[column - 1] + 1)
        }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
