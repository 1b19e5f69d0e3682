import HubAPI
import SpaceModel

extension World {
  /// Makes a branch at a revision, `main`'s head when none is named (facts hub-api section 4.5).
  ///
  /// - Parameters:
  ///   - name: the branch's name.
  ///   - revision: where it begins.
  ///   - isEmpty: The branch begins with a commit of its own that has no files and no parent.
  ///   - overwrite: whether a branch that is there is moved.
  ///   - id: the Space.
  ///   - caller: who asks.
  ///   - now: when it is made.
  public mutating func createBranch(
    _ name: String, from revision: String?, isEmpty: Bool = false, overwrite: Bool, on id: SpaceID, by caller: Caller,
    at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .content)
    guard let repository = spaces[hubID]?.repository else { throw .repositoryNotFound(caller) }
    guard let commit = repository.commit(at: revision ?? "main") else { throw .revisionNotFound(revision ?? "main") }
    guard repository.branches[name] == nil || overwrite else {
      throw Refusal(409, .alreadyExists(url: nil), "Reference refs/heads/\(name) already exists")
    }
    if isEmpty, name == "main" { throw .forbidden("refs/heads/main cannot be emptied") }
    try change(hubID, at: now) { space in
      space.repository.branches[name] =
        isEmpty
        ? space.repository.add(
          parent: nil, title: "Initial commit", message: "", files: [:], author: caller.account ?? "system", at: now)
        : commit.id
    }
  }

  public mutating func deleteBranch(_ name: String, on id: SpaceID, by caller: Caller, at now: Timestamp) throws(Refusal) {
    let hubID = try locate(id, for: caller, .content)
    if name == "main" { throw .forbidden("Cannot delete refs/heads/main") }
    guard spaces[hubID]?.repository.branches[name] != nil else { throw .revisionNotFound(name) }
    try change(hubID, at: now) { space in space.repository.branches[name] = nil }
  }

  /// Makes a tag at a revision, with a message or without (facts hub-api section 4.5).
  public mutating func createTag(
    _ tag: String, at revision: String, message: String? = nil, on id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) {
    let hubID = try locate(id, for: caller, .content)
    guard let repository = spaces[hubID]?.repository, let commit = repository.commit(at: revision) else {
      throw .revisionNotFound(revision)
    }
    guard repository.tags[tag] == nil else {
      throw Refusal(409, .alreadyExists(url: nil), "Tag \(tag) already exists")
    }
    try change(hubID, at: now) { space in
      space.repository.tags[tag] = commit.id
      if let message { space.repository.tagMessages = (space.repository.tagMessages ?? [:]).merging([tag: message]) { $1 } }
    }
  }

  public mutating func deleteTag(_ tag: String, on id: SpaceID, by caller: Caller, at now: Timestamp) throws(Refusal) {
    let hubID = try locate(id, for: caller, .content)
    guard spaces[hubID]?.repository.tags[tag] != nil else { throw .revisionNotFound(tag) }
    try change(hubID, at: now) { space in
      space.repository.tags[tag] = nil
      space.repository.tagMessages?[tag] = nil
    }
  }

  /// Replaces a branch's history by one commit with the same files; nothing is rebuilt, the tree is the same.
  public mutating func squash(
    _ branch: String, message: String, on id: SpaceID, by caller: Caller, at now: Timestamp
  ) throws(Refusal) -> String {
    let hubID = try locate(id, for: caller, .content)
    guard let repository = spaces[hubID]?.repository, let head = repository.branches[branch],
      let files = repository.commits[head]?.files
    else { throw .revisionNotFound(branch) }
    return try change(hubID, at: now) { space in
      space.repository.branches[branch] = nil
      return space.repository.add(
        to: branch, title: message, message: "", files: files, author: caller.account ?? "system", at: now)
    }
  }
}
