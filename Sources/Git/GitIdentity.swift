/// Who a commit is by.
public struct GitIdentity: Hashable, Sendable {
  public var name: String
  public var email: String

  public init(name: String, email: String) {
    self.name = name
    self.email = email
  }

  /// The one git is configured with, as far as it is; Spaceform's own otherwise, as on most CI machines.
  public init(environment: [String: String], configuration: GitConfiguration) {
    func first(_ texts: String?...) -> String? {
      texts.lazy.compactMap { $0.map { text in String(text.filter { !"<>\n".contains($0) }) } }.first { text in
        text.contains { !$0.isWhitespace }
      }
    }
    name =
      first(environment["GIT_COMMITTER_NAME"], configuration.value("committer.name"), configuration.value("user.name"))
      ?? "Spaceform"
    email =
      first(environment["GIT_COMMITTER_EMAIL"], configuration.value("committer.email"), configuration.value("user.email"))
      ?? "spaceform@localhost"
  }
}
