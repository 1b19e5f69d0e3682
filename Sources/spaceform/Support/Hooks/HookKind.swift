/// When git runs a hook of ours; the raw value is its file name.
enum HookKind: String, CaseIterable, Sendable {
  case preCommit = "pre-commit"
  case prePush = "pre-push"
}
