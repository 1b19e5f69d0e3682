import Files

/// The files that tools keep credentials in, by name, and what such a file has in it when it holds any.
enum CredentialFiles {
  /// The texts one of which must stand in the file; nil when it has no name of this kind.
  static func marks(of path: String) -> [String]? {
    let name = ProjectPath.name(of: path)
    if let marks = byName[name] { return marks }
    if name.hasPrefix("service-account"), name.hasSuffix(".json") { return ["\"private_key\""] }
    return byEnd.first { path == $0.end || path.hasSuffix("/" + $0.end) }?.marks
  }

  private static let byName: [String: [String]] = [
    ".netrc": ["password"], "_netrc": ["password"], ".pypirc": ["password"], ".npmrc": ["_authToken=", "_auth=", "_password="],
    ".yarnrc.yml": ["npmAuthToken:"], ".git-credentials": ["://"], ".pgpass": [":"], ".dockercfg": ["\"auth\""],
    "kubeconfig": ["client-key-data", "token:"],
    "credentials.json": ["\"private_key\"", "\"client_secret\"", "\"refresh_token\""],
    "client_secret.json": ["\"client_secret\""], ".htpasswd": [":"], ".boto": ["secret_access_key"], ".s3cfg": ["secret_key"],
  ]

  private static let byEnd: [(end: String, marks: [String])] = [
    (".aws/credentials", ["aws_secret_access_key"]), (".kube/config", ["client-key-data", "token:"]),
    (".docker/config.json", ["\"auth\""]), (".streamlit/secrets.toml", ["="]), (".huggingface/token", ["hf_"]),
    (".config/gcloud/application_default_credentials.json", ["refresh_token", "private_key"]),
    (".cargo/credentials.toml", ["token"]), (".gem/credentials", [":"]),
  ]

  /// Whether a line that is no comment has one of the marks, and a value behind it that is none to be filled in.
  static func holds(_ marks: [String], _ text: SourceText) -> Bool {
    text.lines.contains { line in
      let words = text.text(line)
      guard let first = words.first(where: { $0 != " " && $0 != "\t" }), first != "#", first != ";" else { return false }
      return marks.contains { mark in
        guard let found = words.range(of: mark) else { return false }
        let value = words[found.upperBound...].drop { " \t=:\"'".contains($0) }
        return value.count > 3 && !value.hasPrefix("${") && !value.hasPrefix("<") && !value.lowercased().hasPrefix("your")
          && !value.allSatisfy { "*x.\"' ,".contains($0) }
      }
    }
  }
}

extension String {
  /// The first place of a short text.
  fileprivate func range(of text: String) -> Range<Index>? {
    var begin = startIndex
    while begin < endIndex {
      if self[begin...].hasPrefix(text) { return begin..<index(begin, offsetBy: text.count) }
      begin = index(after: begin)
    }
    return nil
  }
}
