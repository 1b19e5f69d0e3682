import Content
import Diagnostics
import SpaceModel
import YAML

/// What holds of a README's reader and composer, whatever the README.
enum CardProperties {
  private static let file = "app/README.md"

  static func broken(by input: [UInt8]) -> [String] {
    let text = String(decoding: input, as: UTF8.self)
    var broken = split(text)
    let readme: Readme?
    do throws(Failure) {
      readme = try ReadmeParser.read(input, file: file)
      if readme != ReadmeParser.parse(text) { broken.append("a README is read as two different things") }
    } catch {
      readme = nil
      broken += DefinitionProperties.broken(error)
    }
    if let readme { for card in cards(like: readme) { broken += composed(readme, card) } }
    broken += composed(nil, readme?.frontMatter)
    let project = InputTree(readme: input)
    return broken + DefinitionProperties.broken(project)
  }

  /// The parts are pieces of the text, and the block begins on the line that is said.
  private static func split(_ text: String) -> [String] {
    guard let (yaml, line, body) = FrontMatter.split(text) else { return [] }
    let bytes = Array(text.utf8)
    let tail = Array(body.utf8)
    guard bytes.suffix(tail.count).elementsEqual(tail) else { return ["the body is not the end of the text"] }
    let head = bytes.dropLast(tail.count)
    var breaks = 0
    var index = 0
    while index < head.count, breaks < line - 1 {
      if head[index] == 0x0D, index + 1 < head.count, head[index + 1] == 0x0A { index += 1 }
      if head[index] == 0x0A || head[index] == 0x0D { breaks += 1 }
      index += 1
    }
    let block = Array(yaml.utf8)
    guard head[index...].prefix(block.count).elementsEqual(block), head[(index + block.count)...].starts(with: "---".utf8)
    else {
      return ["the block does not begin on line \(line)"]
    }
    return []
  }

  /// No card, a small one, and one that holds whatever the README itself does.
  private static func cards(like readme: Readme) -> [[String: JSONValue]?] {
    [nil, ["title": "Chat", "tags": ["a", "b"], "pinned": true], ["extra": .object(readme.frontMatter)]]
  }

  /// What is composed is read back as what was meant, and composing it again changes nothing.
  private static func composed(_ source: Readme?, _ card: [String: JSONValue]?) -> [String] {
    let once = ReadmeComposer.compose(source: source, card: card, sdk: .docker, name: "chat")
    guard let back = ReadmeParser.parse(once.text) else { return ["the composed README cannot be read:\n\(once.text)"] }
    var broken: [String] = []
    if !back.means(once) || JSONValue.object(back.frontMatter).canonicalText != JSONValue.object(once.frontMatter).canonicalText
    {
      broken.append("the composed README is read as something else:\n\(once.text)")
    }
    for (key, value) in card ?? [:] where back.frontMatter[key] != value {
      broken.append("the card's `\(key)` is not in the composed README:\n\(once.text)")
    }
    let twice = ReadmeComposer.compose(source: back, card: card, sdk: .docker, name: "chat")
    if !twice.text.utf8.elementsEqual(once.text.utf8) {
      broken.append("composing again changes the README:\n\(once.text)\n\(twice.text)")
    }
    return broken
  }
}
