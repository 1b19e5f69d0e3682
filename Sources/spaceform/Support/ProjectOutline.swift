import Diagnostics
import Files
import Platform
import SpaceModel
import YAML

/// The few facts of `spaceform.yaml` that commands need which do not read a whole fleet, or have to work when it has errors.
struct ProjectOutline: Sendable {
  static let defaultInclude = "spaces/**/*.space.yaml"

  /// The name of the state; the folder's name when the file gives none.
  let name: String
  /// The default namespace, of the environment where one is chosen.
  let owner: String?
  /// Names that `--env` takes, in the order of the file.
  let environments: [String]
  /// Where the lock is kept.
  let state: StateDeclaration
  /// Patterns of the Space files.
  let include: [String]
  /// Whether `defaults` names an owner, which then counts more than the project's.
  let defaultsNameOwner: Bool

  /// Reads the file of a project; what cannot be read counts as not said, since `validate` reports it.
  init(_ folder: ProjectFolder) throws(Failure) {
    let bytes = try AtomicFile.read(folder.path + "/" + ProjectFolder.fileName) ?? []
    self.init(bytes, folderName: folder.name, environment: folder.environmentName)
  }

  init(_ bytes: [UInt8], folderName: String, environment: String?) {
    let root = YAMLReader.parse(bytes, file: ProjectFolder.fileName).node
    name = root?["project"]?.string ?? folderName
    let chosen = environment.flatMap { root?["environments"]?[$0] }
    owner = chosen?["owner"]?.string ?? root?["owner"]?.string
    environments = root?["environments"]?.entries?.map(\.name) ?? []
    include = root?["include"]?.elements?.compactMap(\.string) ?? [Self.defaultInclude]
    var state = StateDeclaration.file
    if let declared = root?["state"], declared["store"]?.string == "git" {
      var git = GitStoreDeclaration()
      if let remote = declared["remote"]?.string { git.remote = remote }
      if let branch = declared["branch"]?.string { git.branch = branch }
      if let lease = declared["lease"]?.string.flatMap({ TimeSpan($0) }) {
        git.lease = max(GitStoreDeclaration.shortestLease, lease)
      }
      state = .git(git)
    }
    self.state = state
    defaultsNameOwner = root?["defaults"]?["owner"] != nil || chosen?["defaults"]?["owner"] != nil
  }
}
