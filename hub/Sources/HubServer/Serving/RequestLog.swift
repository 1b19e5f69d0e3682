import Foundation
import Locking
import SpaceModel

/// One JSON object a line for every call: method, path, query, status, account, time. Never a body, never a token.
final class RequestLog: Sendable {
  private let handle: Locked<FileHandle>

  /// Opens the file for appending; it is made when it is not there.
  init(path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    guard descriptor >= 0 else {
      throw ServeFailure(
        problem: "cannot open the request log \(path): \(String(cString: strerror(errno)))",
        help: "Name a file in a folder that exists and that you may write.")
    }
    handle = Locked(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
  }

  func note(method: String, path: String, query: String, status: Int, account: String?, at time: Timestamp) {
    let line: JSONValue = [
      "method": .string(method), "path": .string(path), "query": .string(query), "status": .int(status),
      "account": account.map(JSONValue.string) ?? .null, "at": .string(time.description),
    ]
    let bytes = Data((line.canonicalText + "\n").utf8)
    handle.withLock { handle in try? handle.write(contentsOf: bytes) }
  }
}

/// Why the server cannot run: what happened and the way out.
public struct ServeFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public var problem: String
  public var help: String
  public init(problem: String, help: String) {
    self.problem = problem
    self.help = help
  }
  public var description: String { "\(problem). \(help)" }
}
