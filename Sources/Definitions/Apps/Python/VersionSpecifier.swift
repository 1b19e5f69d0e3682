/// One condition on a package's version: `>=4.0`, `==5.1.*`, `~=5.2` (PEP 440).
struct VersionSpecifier: Sendable, Hashable {
  enum Comparison: String, Sendable, CaseIterable {
    // Longer ones first: they are looked for in this order.
    case arbitrary = "==="
    case compatible = "~="
    case equal = "=="
    case unequal = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case greater = ">"
  }

  let comparison: Comparison
  let version: PackageVersion
  /// `.*` at the end.
  let isPrefix: Bool
  /// As it is written, without blanks at its ends.
  let text: String

  /// Nil when it is none, or one that is not allowed.
  init?(_ text: String) {
    let written = text.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    guard let comparison = Comparison.allCases.first(where: { written.hasPrefix($0.rawValue) }) else { return nil }
    var rest = written.dropFirst(comparison.rawValue.count).drop { $0 == " " }
    let isPrefix = rest.hasSuffix(".*")
    if isPrefix { rest = rest.dropLast(2) }
    guard let version = PackageVersion(String(rest)), !isPrefix || comparison == .equal || comparison == .unequal,
      comparison != .compatible || version.release.count > 1
    else { return nil }
    self.comparison = comparison
    self.version = version
    self.isPrefix = isPrefix
    self.text = written
  }

  /// Whether a version meets it. Whether pre-releases are wanted at all is not asked: one that is named is.
  func allows(_ candidate: PackageVersion) -> Bool {
    switch comparison {
    case .arbitrary: return candidate.description.lowercased() == version.description.lowercased()
    case .equal: return equals(candidate)
    case .unequal: return !equals(candidate)
    case .compatible:
      return candidate.publicPart >= version && candidate.epoch == version.epoch
        && candidate.begins(with: Array(version.release.dropLast()))
    case .atMost: return candidate.publicPart <= version
    case .atLeast: return candidate.publicPart >= version
    case .less:
      // 5.0rc1 is not what somebody means by "before 5.0".
      let isItsPrerelease = candidate.isPrerelease && !version.isPrerelease && candidate.hasRelease(of: version)
      return candidate.publicPart < version && !isItsPrerelease
    case .greater:
      let isItsPost = candidate.post != nil && version.post == nil && candidate.hasRelease(of: version)
      return candidate.publicPart > version && !isItsPost
    }
  }

  private func equals(_ candidate: PackageVersion) -> Bool {
    if isPrefix { return candidate.epoch == version.epoch && candidate.begins(with: version.release) }
    return (version.local.isEmpty ? candidate.publicPart : candidate) == version
  }
}

extension PackageVersion {
  fileprivate func hasRelease(of other: PackageVersion) -> Bool {
    epoch == other.epoch && begins(with: other.release) && other.begins(with: release)
  }
}
