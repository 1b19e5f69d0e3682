import Cryptography
import SpaceModel

/// One value for all a Space's content: equal exactly when every file, the front matter and the body are equal.
///
/// SHA-256 over the canonical JSON of `{"body":…,"files":[[path, id],…],"front_matter":{…}}`; body trimmed as `Readme.trimmed` has it,
/// files sorted by path's bytes, README.md left out, `null` for both parts of a README that is not there. The id is always the
/// **git blob id** of the file's bytes, also for a file that the Hub stores by LFS: it can be computed for any file, and does not
/// depend on what the Hub decides about storage. The digest is in locks and plans, so this form may not change (a test pins it).
public enum ContentDigest {
  public static func of(files: [ContentFile], readme: Readme?) -> String {
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let value: JSONValue = .object([
      "files": .array(sorted.map { .array([.string($0.path), .string($0.id.git)]) }),
      "front_matter": readme.map { .object($0.frontMatter) } ?? .null,
      "body": readme.map { .string(Readme.trimmed($0.body)) } ?? .null,
    ])
    return "sha256:" + Digest.sha256Hex(value.canonicalText.utf8)
  }
}
