/// How long something took, in its two largest units: `45s`, `2m 5s`, `1h 3m`.
enum Elapsed {
  static func text(_ seconds: Int) -> String {
    if seconds < 60 { return "\(max(0, seconds))s" }
    if seconds < 3600 { return "\(seconds / 60)m \(seconds % 60)s" }
    return "\(seconds / 3600)h \(seconds % 3600 / 60)m"
  }
}
