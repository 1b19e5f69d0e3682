import Console
import Reconciler
import SpaceModel

/// What happens to the files of one Space: their numbers, then file by file.
struct FileLines {
  /// Files shown without `-v`.
  private static let limit = 20

  let style: Style
  /// Columns of the longest name beside it.
  let width: Int
  let isVerbose: Bool

  func lines(_ space: SpacePlan) -> [String] {
    guard !space.files.isEmpty else { return digestOnly(space) }
    let counts = FileChange.Operation.allCases.compactMap { operation -> String? in
      let count = space.files.filter { $0.operation == operation }.count
      return count == 0 ? nil : "\(count) to \(operation.rawValue)"
    }
    let written = space.files.filter { $0.operation != .delete }
    let size = written.isEmpty ? "" : " (\(ByteCount.text(written.reduce(0) { $0 + $1.size })))"
    let blocked = space.blockedContent == nil ? "" : style.red("  blocked")
    var lines = ["\(Columns.padded("files", to: width))  \(counts.joined(separator: ", "))\(size)\(blocked)"]
    // All files of a Space to be born are new: their number says it.
    let isBorn = space.action == .create || space.action == .replace
    let isCompared = space.files.contains { $0.difference != nil }
    let shown = isVerbose || isCompared ? space.files.count : isBorn ? 0 : Self.limit
    for file in space.files.prefix(shown) { lines += [line(file)] + difference(file) }
    if shown > 0, space.files.count > shown { lines.append("  and \(space.files.count - shown) more (-v lists all)") }
    return lines
  }

  /// Files that were compared by the digest over all of them.
  private func digestOnly(_ space: SpacePlan) -> [String] {
    guard let change = space.changes.first(where: { $0.path == "content" }) else { return [] }
    let what = change.old == nil ? "managed from now on" : "content changed"
    return ["\(Columns.padded("files", to: width))  \(what) (offline: files not compared)"]
  }

  private func line(_ file: FileChange) -> String {
    let mark =
      switch file.operation {
      case .add: style.green("+")
      case .update: style.yellow("~")
      case .delete: style.red("-")
      }
    var text = "  \(mark) \(TerminalText.escaped(file.path))  \(style.dim(ByteCount.text(file.size)))"
    if case .omitted(let reason) = file.difference { text += style.dim("  (\(TerminalText.escaped(reason)))") }
    return text
  }

  private func difference(_ file: FileChange) -> [String] {
    guard case .hunks(let hunks) = file.difference else { return [] }
    return DiffLine.lines(of: hunks).map { line in
      switch line.kind {
      case .added: "      " + style.green(line.text)
      case .removed: "      " + style.red(line.text)
      case .place: "      " + style.cyan(line.text)
      case .context: "      " + line.text
      }
    }
  }
}
