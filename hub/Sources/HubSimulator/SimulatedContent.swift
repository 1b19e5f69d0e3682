import Cryptography
import HubAPI
import SpaceModel

extension SimulatedHub {
  public func preupload(_ files: [PreuploadFile], to id: SpaceID) async throws(HubError) -> PreuploadAnswer {
    try call("preupload") { world, caller, _ throws(Refusal) in
      try world.preupload(
        files.map { ($0.path, $0.size) }, gitIgnore: nil, gitAttributes: nil, to: id, revision: "main", by: caller)
    }
  }

  /// Objects come from memory only: the simulator reads no files.
  public func uploadLFS(_ objects: [LFSObject], to id: SpaceID) async throws(HubError) {
    for object in objects {
      guard case .bytes(let bytes) = object.source else {
        throw HubError(
          kind: .rejected, call: "lfs-upload", message: "The simulated Hub takes objects from memory, not from files")
      }
      try call("lfs-upload", writes: true) { world, caller, _ throws(Refusal) in
        _ = try world.locate(id, for: caller, .content)
        guard Digest.sha256Hex(bytes) == object.sha256, bytes.count == object.size else {
          throw .rejected("The bytes are not those of \(object.sha256)")
        }
        world.store(largeObject: object.sha256, size: object.size)
      }
      keep(bytes, object.sha256)
    }
  }

  public func commit(_ request: CommitRequest, to id: SpaceID) async throws(HubError) -> CommitResult {
    var commit = PreparedCommit(title: request.summary, message: request.description, parent: request.parentCommit)
    for operation in request.operations {
      switch operation {
      case .file(let path, let bytes): commit.add(file: path, bytes: bytes)
      case .lfsFile(let path, let sha256, let size): commit.add(large: path, sha256: sha256, size: size)
      case .delete(let path): commit.operations.append(.deleteEntry(path))
      }
    }
    let prepared = commit
    return try call("commit", writes: true) { world, caller, now throws(Refusal) in
      CommitResult(commit: try world.commit(prepared, to: id, by: caller, at: now))
    }
  }
}
