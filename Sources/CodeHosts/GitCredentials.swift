import Platform
import SpaceModel

/// git's way to a repository on GitHub with the token of a job: a header for that server's addresses, which git takes from variables of the
/// process (git-config(1), `GIT_CONFIG_COUNT`), so that the token is written nowhere.
public enum GitCredentials {
  /// The setting that `actions/checkout` uses too. One that is there already is not to be doubled: GitHub refuses two.
  public static func key(server: String) -> String { "http.\(server)/.extraheader" }

  /// What the header says of the token: what a log must not show either.
  public static func word(token: Secret) -> Secret {
    token.reveal { Secret(Data("x-access-token:\($0)".utf8).base64EncodedString()) }
  }

  /// The variables that are to be set.
  /// - Parameters:
  ///   - server: the address of the code host.
  ///   - token: what the server knows the job by.
  ///   - environment: the process's own, which may hold settings already.
  public static func variables(server: String, token: Secret, beside environment: [String: String]) -> [String: String] {
    let count = environment["GIT_CONFIG_COUNT"].flatMap(Int.init) ?? 0
    return [
      "GIT_CONFIG_KEY_\(count)": key(server: server),
      "GIT_CONFIG_VALUE_\(count)": word(token: token).reveal { "AUTHORIZATION: basic \($0)" },
      "GIT_CONFIG_COUNT": "\(count + 1)",
    ]
  }
}
