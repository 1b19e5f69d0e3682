/// One sentence about an import or a dependency that does not point down.
struct Violation: Hashable, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// One `import` in one source file.
struct SourceImport: Hashable {
  var target: String
  var module: String
  /// `path:line`, for the reader.
  var place: String
}

/// The rules of the house, applied to values: manifests and imports in, violations out.
struct Layering {
  var house: House

  /// Targets without a row, and dependencies that do not point down.
  func violations(in manifest: Manifest, isRoot: Bool) -> [Violation] {
    var found: [Violation] = []
    for target in manifest.targets where !target.isTest {
      guard let room = house.rooms[target.name] else {
        found.append(Violation("\(target.name) has no row in House.swift: decide on which floor it lives"))
        continue
      }
      for case .target(let name) in target.dependencies {
        guard let below = house.rooms[name] else { continue }
        if below.height >= room.height {
          found.append(Violation("\(target.name) depends on \(name), which is not below it (\(room.height) → \(below.height))"))
        }
      }
    }
    if isRoot {
      for dependency in manifest.dependencies where !house.allowedRootDependencies.contains(dependency.identity) {
        found.append(
          Violation("the root package depends on \(dependency.identity), which everybody who installs a hook would build"))
      }
    }
    return found
  }

  /// Imports of modules that are not below, that the manifest does not declare, or that this floor may not see.
  ///
  /// - Parameter manifests: all packages, so that a product can be opened to its targets.
  func violations(of imports: [SourceImport], in manifest: Manifest, among manifests: [Manifest]) -> [Violation] {
    let declared = Dictionary(
      manifest.targets.map { ($0.name, modules(of: $0, among: manifests)) }, uniquingKeysWith: { first, _ in first })
    let aliases = Dictionary(manifest.targets.map { ($0.name, ownNames(for: $0)) }, uniquingKeysWith: { first, _ in first })
    return imports.compactMap { written -> Violation? in
      var found = written
      found.module = aliases[written.target]?[written.module] ?? written.module
      guard !House.platform.contains(found.module), let room = house.rooms[found.target] else { return nil }
      guard let below = house.rooms[found.module] else {
        let allowed =
          switch room.foreign {
          case .none: false
          case .only(let modules): modules.contains(found.module)
          case .any: true
          }
        return allowed ? nil : Violation("\(found.place): \(found.target) may not import \(found.module)")
      }
      if below.height >= room.height {
        return Violation("\(found.place): \(found.target) imports \(found.module), which is not below it")
      }
      if declared[found.target]?.contains(found.module) != true {
        return Violation("\(found.place): \(found.target) imports \(found.module), which its manifest does not declare")
      }
      return nil
    }
  }

  /// A module's own name by the name under which this target imports it.
  private func ownNames(for target: Manifest.Target) -> [String: String] {
    var names: [String: String] = [:]
    for case .product(_, _, let aliases) in target.dependencies {
      for (own, alias) in aliases { names[alias] = own }
    }
    return names
  }

  /// The house's own modules a target may import by its manifest: its target dependencies, and the targets of its products.
  private func modules(of target: Manifest.Target, among manifests: [Manifest]) -> Set<String> {
    var names: Set<String> = []
    for dependency in target.dependencies {
      switch dependency {
      case .target(let name):
        names.insert(name)
      case .product(let name, let package, _):
        for manifest in manifests where package == nil || manifest.name == package {
          for product in manifest.products where product.name == name { names.formUnion(product.targets) }
        }
      }
    }
    return names
  }
}

extension SourceImport {
  /// The imports of one file's text. Attributes, access levels and `import struct X.Y` are understood; text in strings that
  /// looks like an import is taken for one, which errs on the safe side.
  static func all(in text: String, target: String, path: String) -> [SourceImport] {
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor"]
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
      let code = line.prefix { $0 != ";" }
      var words = code.split(whereSeparator: \.isWhitespace)[...]
      while let first = words.first,
        first.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains(first)
      {
        words.removeFirst()
      }
      guard words.popFirst() == "import", var module = words.popFirst() else { return nil }
      if kinds.contains(module), let next = words.popFirst() { module = next }
      return SourceImport(target: target, module: String(module.prefix { $0 != "." }), place: "\(path):\(number + 1)")
    }
  }
}
