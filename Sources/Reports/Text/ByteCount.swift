/// Sizes for people: whole bytes, then decimal units with one digit.
enum ByteCount {
  static func text(_ bytes: Int) -> String {
    var value = bytes
    for unit in ["kB", "MB", "GB"] {
      if value < 1000 { break }
      let next = value / 1000
      if next < 1000 || unit == "GB" { return "\(next).\(value % 1000 / 100) \(unit)" }
      value = next
    }
    return "\(bytes) B"
  }
}
