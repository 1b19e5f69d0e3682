/// Words of a server or a library, which may be anything.
package enum ForeignText {
  /// Made safe to print: no control characters (they could drive a terminal), one line, at most 500 characters.
  package static func plain(_ text: String) -> String {
    var result = ""
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
      if isControl || scalar == " " {
        pendingSpace = !result.isEmpty
      } else {
        if pendingSpace { result.append(" ") }
        pendingSpace = false
        result.unicodeScalars.append(scalar)
      }
      if result.unicodeScalars.count >= 500 { return result + "…" }
    }
    return result
  }
}
