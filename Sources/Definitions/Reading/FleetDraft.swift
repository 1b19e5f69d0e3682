import Diagnostics
import Files
import SpaceModel

/// The whole project as read: what the rules that look across Spaces judge.
struct FleetDraft: Sendable {
  let project: ProjectFile
  /// In the order of their files' paths.
  let spaces: [SpaceDraft]
  /// What is known of each source folder, by path.
  let folders: [String: SourceFolder]
  let names: SpaceNames
  /// The addresses alone, in the same order, for rules that compare all with all.
  let ids: [SpaceID?]
  /// Files that secrets come from, in the project.
  let secretFiles: [SecretFile]

  struct SecretFile: Sendable {
    var path: String
    var place: Place
  }

  init(project: ProjectFile, spaces: [SpaceDraft], folders: [String: SourceFolder]) {
    self.project = project
    self.spaces = spaces
    self.folders = folders
    names = SpaceNames(spaces)
    ids = spaces.map(\.id)
    secretFiles = spaces.flatMap { space in
      space.secrets.compactMap { secret in
        guard case .file(let path) = secret.source, let normal = ProjectPath.normal(path), let place = secret.filePlace else {
          return nil
        }
        return SecretFile(path: normal, place: place)
      }
    }
  }
}

extension FleetDraft {
  /// Where each address stands among the Spaces; of an address there twice, the first.
  func places(by address: (SpaceDraft) -> SpaceID?) -> [SpaceID: Int] {
    Dictionary(
      spaces.enumerated().compactMap { index, space in address(space).map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
  }
}

/// What a source folder holds.
enum SourceFolder: Sendable {
  case missing
  /// It, or a file in it, cannot be read: it leaves the project folder, say.
  case refused(path: String, Failure)
  case present(SourceReadme?)

  var readme: SourceReadme? { if case .present(let readme) = self { readme } else { nil } }
}

/// Finds the Space a reference or `depends_on` names: by name, or by the address it has without an environment.
struct SpaceNames: Sendable {
  enum Match: Sendable {
    case one(Int)
    case none
    /// More than one Space has the name.
    case several([Int])
  }

  /// The first of each name.
  private var byName: [String: Int] = [:]
  /// All of a name that more than one has.
  private var shared: [String: [Int]] = [:]
  private var byAddress: [SpaceID: Int] = [:]

  init(_ spaces: [SpaceDraft]) {
    byName.reserveCapacity(spaces.count)
    byAddress.reserveCapacity(spaces.count)
    for (index, space) in spaces.enumerated() {
      if let name = space.name {
        if let first = byName[name] { shared[name, default: [first]].append(index) } else { byName[name] = index }
      }
      if let id = space.baseID { note(id, index) }
      if let id = space.id, id != space.baseID { note(id, index) }
    }
  }

  private mutating func note(_ id: SpaceID, _ index: Int) {
    if byAddress[id] == nil { byAddress[id] = index }
  }

  /// Every name, sorted.
  var known: [String] { byName.keys.sorted() }

  func find(_ target: String) -> Match {
    if target.utf8.contains(UInt8(ascii: "/")) { return SpaceID(target).flatMap { byAddress[$0] }.map { .one($0) } ?? .none }
    if let several = shared[target] { return .several(several) }
    return byName[target].map { .one($0) } ?? .none
  }
}
