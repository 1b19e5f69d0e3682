import Foundation

/// What `swift package dump-package` says of one package, as far as the layering needs it.
struct Manifest: Decodable {
  var name: String
  var targets: [Target]
  var products: [Product]
  var dependencies: [PackageDependency]

  struct Target: Decodable {
    var name: String
    /// `regular`, `executable`, `system`, `test`, …
    var type: String
    var path: String?
    var dependencies: [Dependency]

    var isTest: Bool { type == "test" }
  }

  struct Product: Decodable {
    var name: String
    var targets: [String]
  }

  /// A target's dependency: on a target of the same package, or on a product of any.
  enum Dependency: Decodable {
    case target(String)
    /// - Parameter aliases: the names under which this target sees modules of that package, by their own names.
    case product(String, package: String?, aliases: [String: String])

    private enum Key: String, CodingKey { case byName, target, product }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      for key in keyed.allKeys {
        var parts = try keyed.nestedUnkeyedContainer(forKey: key)
        let name = try parts.decode(String.self)
        switch key {
        case .byName, .target: self = .target(name)
        case .product:
          let package = try parts.decodeIfPresent(String.self)
          let aliases = parts.isAtEnd ? nil : try parts.decodeIfPresent([String: String].self)
          self = .product(name, package: package, aliases: aliases ?? [:])
        }
        return
      }
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "neither byName, target nor product"))
    }
  }

  /// A package this one depends on, by the identity SwiftPM gives it.
  struct PackageDependency: Decodable {
    var identity: String
    var isLocal: Bool

    private enum Key: String, CodingKey { case fileSystem, sourceControl, registry }
    private struct Described: Decodable { var identity: String }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      for key in keyed.allKeys {
        if let described = try keyed.decode([Described].self, forKey: key).first {
          identity = described.identity
          isLocal = key == .fileSystem
          return
        }
      }
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a dependency of unknown kind"))
    }
  }

  init(json: Data) throws { self = try JSONDecoder().decode(Manifest.self, from: json) }
}
