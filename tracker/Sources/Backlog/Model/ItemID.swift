/// The stable name of an item: letters, a dash, a number, as `PB-0101`. The number alone names the item too, because Jira's
/// importers want integers (facts jira-import section 2.4).
public struct ItemID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let description: String
  /// Unique in a backlog.
  public let number: Int

  /// - Parameter text: nil comes of anything but `PB-0101`: capital letters and digits, a dash, one to nine digits.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, (65...90).contains(first),
      parts[0].count <= 10, parts[0].allSatisfy({ (65...90).contains($0) || (48...57).contains($0) }),
      (1...9).contains(parts[1].count), parts[1].allSatisfy({ (48...57).contains($0) }),
      let number = Int(String(parts[1]) ?? "")
    else { return nil }
    description = text
    self.number = number
  }

  /// The label that finds the item again on any Jira site.
  public var label: String { description.lowercased() }

  public static func < (left: ItemID, right: ItemID) -> Bool { left.number < right.number }
}
