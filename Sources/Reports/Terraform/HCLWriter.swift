/// Writes Terraform's language as `terraform fmt` would.
struct HCLWriter {
  private(set) var text = ""
  private var depth = 0

  /// A block, with what `body` writes in it; a block before it stands apart.
  mutating func block(_ type: String, _ labels: [String] = [], body: (inout HCLWriter) -> Void) {
    if !text.isEmpty, !text.hasSuffix("{\n") { text += "\n" }
    line(([type] + labels.map { "\"\(HCL.escaped($0))\"" }).joined(separator: " ") + " {")
    depth += 1
    body(&self)
    depth -= 1
    line("}")
  }

  mutating func comment(_ text: String) { line("# " + TerminalText.escaped(text)) }

  /// Attributes one below the other: their equals signs stand in one column where no value takes several lines.
  mutating func attributes(_ members: [HCL.Member]) {
    var rest = members[...]
    while let first = rest.first {
      guard isOneLine(first.value) else {
        line("\(name(first)) = \(written(first.value))")
        rest = rest.dropFirst()
        continue
      }
      let run = rest.prefix { isOneLine($0.value) }
      let width = run.map { name($0).count }.max() ?? 0
      for member in run {
        let name = name(member)
        line(name + String(repeating: " ", count: width - name.count) + " = " + written(member.value))
      }
      rest = rest.dropFirst(run.count)
    }
  }

  mutating func attribute(_ name: String, _ value: HCL) { attributes([HCL.Member(name: name, value: value)]) }

  private mutating func line(_ content: String) { text += String(repeating: "  ", count: depth) + content + "\n" }

  private func name(_ member: HCL.Member) -> String {
    member.isQuoted ? "\"\(HCL.escaped(member.name))\"" : member.name
  }

  private func isOneLine(_ value: HCL) -> Bool {
    switch value {
    case .text, .expression, .template: true
    case .list(let elements): elements.allSatisfy { if case .object = $0 { false } else { isOneLine($0) } }
    case .object(let members): members.isEmpty
    }
  }

  private func written(_ value: HCL) -> String {
    switch value {
    case .text(let text): "\"\(HCL.escaped(text))\""
    case .expression(let expression): expression
    case .template(let parts): template(parts)
    case .list(let elements) where isOneLine(value): "[" + elements.map(written).joined(separator: ", ") + "]"
    case .list(let elements): nested("[", elements.map { written($0, deeper: 1) + "," }, "]")
    case .object(let members) where members.isEmpty: "{}"
    case .object(let members): nested("{", inner(members), "}")
    }
  }

  private func template(_ parts: [HCL.Part]) -> String {
    if case .expression(let expression)? = parts.first, parts.count == 1 { return expression }
    let inside = parts.map { part in
      switch part {
      case .text(let text): HCL.escaped(text)
      case .expression(let expression): "${\(expression)}"
      }
    }
    return "\"\(inside.joined())\""
  }

  private func written(_ value: HCL, deeper: Int) -> String {
    var inner = HCLWriter()
    inner.depth = depth + deeper
    return inner.written(value)
  }

  private func inner(_ members: [HCL.Member]) -> [String] {
    var inner = HCLWriter()
    inner.depth = depth + 1
    inner.attributes(members)
    let indent = String(repeating: "  ", count: depth + 1)
    return inner.text.split(separator: "\n").map { String($0.dropFirst(indent.count)) }
  }

  private func nested(_ open: String, _ lines: [String], _ close: String) -> String {
    let indent = String(repeating: "  ", count: depth)
    return ([open] + lines.map { indent + "  " + $0 } + [indent + close]).joined(separator: "\n")
  }
}
