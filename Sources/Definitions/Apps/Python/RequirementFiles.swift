import Files

/// `requirements.txt` and every file that it takes in.
struct RequirementFiles {
  /// The first one first; empty when there is none.
  private(set) var all: [Requirements] = []

  init(_ files: AppFiles) {
    var open = ["requirements.txt"]
    var seen: Set<String> = []
    while let path = open.popLast() {
      guard seen.insert(path).inserted, let text = files.text(path) else { continue }
      let requirements = Requirements(text)
      all.append(requirements)
      for reference in requirements.references where reference.kind != .package {
        if let next = RequirementFiles.path(reference, from: path) { open.append(next) }
      }
    }
  }

  /// Where a reference leads, as the Space would have it; nil when that is outside of it, or not to be told.
  /// - Parameter file: the file that names it: what it takes in is beside it, what it installs is seen from the top.
  static func path(_ reference: Requirements.Reference, from file: String) -> String? {
    ProjectPath.joined(reference.kind == .package ? "." : ProjectPath.folder(of: file), reference.path)
  }
}
