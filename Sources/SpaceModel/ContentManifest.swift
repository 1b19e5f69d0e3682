/// The files a Space should have, by content id: what a plan compares without reading a byte again.
public struct ContentManifest: Hashable, Sendable {
  /// Every file but `README.md`, sorted by path.
  public var files: [ContentFile]
  /// Nil when the source has no README and the definition no card.
  public var readme: Readme?
  /// `sha256:` and 64 hex digits over the sorted files, the canonical front matter and the body (DESIGN section 3).
  public var digest: String
  /// False when `card` is declared without `source`: only the live README is edited.
  public var managesFiles: Bool
  /// The text of our `.gitattributes`, which is compared by lines because the Hub adds its own; nil when we have none.
  public var attributes: String?

  public init(
    files: [ContentFile], readme: Readme?, digest: String, managesFiles: Bool, attributes: String? = nil
  ) {
    self.attributes = attributes
    self.files = files
    self.readme = readme
    self.digest = digest
    self.managesFiles = managesFiles
  }
}

/// One file of a Space.
public struct ContentFile: Hashable, Sendable {
  /// Relative to the repository root, `/` between segments.
  public var path: String
  /// Bytes.
  public var size: Int
  public var id: ContentID

  public init(path: String, size: Int, id: ContentID) {
    self.path = path
    self.size = size
    self.id = id
  }
}

/// How a file's content is identified: both ids are of the same bytes; which one the Hub shows depends on how it stores the file.
public struct ContentID: Hashable, Sendable {
  /// `sha1("blob <size>\0" + bytes)` in hex, as git computes it.
  public var git: String
  /// SHA-256 of the bytes in hex, as LFS identifies them.
  public var sha256: String

  public init(git: String, sha256: String) {
    self.git = git
    self.sha256 = sha256
  }
}

/// A `README.md` as it should be: composed text, and the parts it is compared by.
public struct Readme: Hashable, Sendable {
  public var frontMatter: [String: JSONValue]
  public var body: String
  /// The whole file.
  public var text: String

  public init(frontMatter: [String: JSONValue], body: String, text: String) {
    self.frontMatter = frontMatter
    self.body = body
    self.text = text
  }

  /// Equal by meaning: the emitter's layout does not count, nor does white space at either end of the body.
  public func means(_ other: Readme) -> Bool {
    frontMatter == other.frontMatter && Readme.trimmed(body) == Readme.trimmed(other.body)
  }

  /// The body as it is compared and digested: without white space at either end, line ends as `\n`.
  public static func trimmed(_ body: String) -> String {
    let lines = body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let isText = { (line: Substring) in !line.allSatisfy(\.isWhitespace) }
    guard let first = lines.firstIndex(where: isText), let last = lines.lastIndex(where: isText) else { return "" }
    return lines[first...last].joined(separator: "\n")
  }
}
