/// Which Spaces a change can affect: its own definition, its source, the project file, or a Space it names.
struct Affected: Sendable {
  /// By the Spaces' places in the fleet; nil for those that stay as they were.
  let reasons: [CheckedFiles.Reason?]
  /// Whether the definitions themselves changed, so that rules which look across the fleet have something new to judge.
  let touchesDefinitions: Bool

  /// - Parameter touched: nil for everything.
  init(_ fleet: FleetDraft, touched: TouchedPaths?) {
    guard let touched else {
      reasons = fleet.spaces.map { _ in .everything }
      touchesDefinitions = true
      return
    }
    if touched.contains(fleet.project.file) {
      reasons = fleet.spaces.map { _ in .project }
      touchesDefinitions = true
      return
    }
    let own = fleet.spaces.map { touched.contains($0.file) }
    // A definition that is gone is not among the Spaces: it is a touched path that the patterns match.
    let isGone = fleet.project.globs.contains { glob in touched.mayTouch(glob) }
    touchesDefinitions = own.contains(true) || isGone
    reasons = fleet.spaces.indices.map { index in
      if own[index] { return .definition }
      let space = fleet.spaces[index]
      if let source = space.source?.value.path, touched.touches(source) { return .source }
      guard own.contains(true) || isGone, space.namesOthers else { return nil }
      return space.mentions.contains { mention in
        switch fleet.names.find(mention.target) {
        case .one(let other): own[other]
        case .none, .several: true
        }
      } ? .reference : nil
    }
  }
}
