import HubAPI
import Platform
import SpaceModel

/// The answer to a preupload (facts hub-api section 4.2).
private struct WirePreupload: Decodable {
  struct File: Decodable {
    var path: String
    var uploadMode: PreuploadAnswer.Mode
    var shouldIgnore: Bool?
    var oid: String?
  }
  var files: [File]
  var commitOid: String?
}

extension HubClient {
  /// Files one call may ask about: the official client's own limit.
  static let preuploadBatch = 256

  /// `head` is that of the first call: should the branch move between two, a commit on it is refused as stale.
  public func preupload(_ files: [PreuploadFile], to id: SpaceID) async throws(HubError) -> PreuploadAnswer {
    var answer = PreuploadAnswer(files: [:], head: nil)
    for start in stride(from: 0, to: files.count, by: HubClient.preuploadBatch) {
      let batch = files[start..<min(start + HubClient.preuploadBatch, files.count)]
      let body: JSONValue = [
        "files": .array(
          batch.map { file in
            [
              "path": .string(file.path), "size": .int(file.size),
              "sample": .string(Data(file.sample.prefix(512)).base64EncodedString()),
            ]
          })
      ]
      let call = HubCall.ask(id.apiPath + "/preupload/main", body, of: id)
      let response = try await perform(call)
      let wire = try decode(WirePreupload.self, from: response, call, expected: "how to store each file")
      let told = Dictionary(wire.files.map { ($0.path, $0) }) { _, last in last }
      for file in batch {
        guard let said = told[file.path] else {
          throw malformed(response, call, expected: "how to store each file", found: "\(file.path) is missing")
        }
        // An empty file is never an LFS object, whatever the answer says.
        answer.files[file.path] = PreuploadAnswer.File(
          mode: file.size == 0 ? .regular : said.uploadMode, shouldIgnore: said.shouldIgnore ?? false, existing: said.oid)
      }
      if start == 0 { answer.head = wire.commitOid }
    }
    return answer
  }
}
