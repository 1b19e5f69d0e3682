/// Where a value sits inside another.
public struct CtyPath: Hashable, Sendable, CustomStringConvertible {
  public enum Step: Hashable, Sendable {
    case attribute(String)
    case key(String)
    case index(Int)
  }

  public var steps: [Step]

  public init(_ steps: [Step] = []) { self.steps = steps }

  /// An attribute of the resource.
  public static func attribute(_ name: String) -> CtyPath { CtyPath([.attribute(name)]) }

  public func key(_ key: String) -> CtyPath { CtyPath(steps + [.key(key)]) }
  public func attribute(_ name: String) -> CtyPath { CtyPath(steps + [.attribute(name)]) }
  public func index(_ index: Int) -> CtyPath { CtyPath(steps + [.index(index)]) }

  /// The path as it is written in configuration.
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .attribute(let name): text += text.isEmpty ? name : "." + name
      case .key(let key): text += "[\(JSONText.quoted(key))]"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }
}
