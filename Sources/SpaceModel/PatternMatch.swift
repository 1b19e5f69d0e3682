/// Matching with elements that stand for any number of others, as `*` in a name and `**` in a path do.
public enum PatternMatch {
  /// Whether a text matches a pattern in which `*` stands for any text; byte by byte.
  public static func matches(_ pattern: String, _ text: String) -> Bool {
    matches(Array(pattern.utf8), Array(text.utf8), isAny: { $0 == UInt8(ascii: "*") }, matches: ==)
  }

  /// Whether the pattern matches all the elements. Linear in the product of both lengths: only the last "any" is ever tried again.
  ///
  /// - Parameters:
  ///   - pattern: what it is matched with.
  ///   - elements: what is matched.
  ///   - isAny: whether an element of the pattern stands for any number of elements, none included.
  ///   - matches: whether any other element of the pattern matches one element.
  @inlinable
  public static func matches<Pattern, Element>(
    _ pattern: [Pattern], _ elements: [Element], isAny: (Pattern) -> Bool, matches: (Pattern, Element) -> Bool
  ) -> Bool {
    var position = 0
    var next = 0
    var retry: (pattern: Int, element: Int)?
    while next < elements.count {
      if position < pattern.count, isAny(pattern[position]) {
        retry = (position, next)
        position += 1
      } else if position < pattern.count, matches(pattern[position], elements[next]) {
        position += 1
        next += 1
      } else if let last = retry {
        // The last "any" takes one element more.
        retry = (last.pattern, last.element + 1)
        position = last.pattern + 1
        next = last.element + 1
      } else {
        return false
      }
    }
    return pattern[position...].allSatisfy(isAny)
  }
}
