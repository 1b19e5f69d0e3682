import Diagnostics
import Files
import Platform
import SpaceModel

/// A file of JSON.
enum JSONFile {
  static func read(_ path: String) throws(Failure) -> JSONValue {
    guard let bytes = try AtomicFile.read(path) else {
      throw Failure(doing: "reading \(path)", problem: "there is no such file", help: "Check the name.")
    }
    do {
      return try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw Failure(doing: "reading \(path)", problem: "it is not JSON", help: "Check that it is the file you meant.")
    }
  }
}
