import Diagnostics
import Processes

/// The git program, run in a repository: for what libgit2 cannot do (facts swift-building-blocks section 2) and for what git itself
/// must decide, such as which files are ignored.
public struct GitProgram: Sendable {
  /// What `git -C` gets.
  public let folder: String
  /// The program's whole environment.
  public let environment: [String: String]

  public init(folder: String, environment: [String: String]) {
    self.folder = folder
    var environment = environment
    // Reading must not write: git would otherwise refresh the index, and take its lock, as a by-product.
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    environment["LC_ALL"] = "C"
    // A clone that fetches what it lacks may ask for a password, and nobody may be there to answer.
    environment["GIT_TERMINAL_PROMPT"] = "0"
    self.environment = environment
  }

  public struct Output: Sendable {
    public var status: Int32
    public var bytes: [UInt8]
    /// What git said about it, without white space at the end.
    public var errors: String
  }

  /// The output of a command that must succeed.
  public func output(_ arguments: [String], doing: String) throws(Failure) -> [UInt8] {
    let output = try run(arguments, doing: doing)
    guard output.status == 0 else {
      throw Failure(
        doing: doing,
        problem: "git \(arguments.first ?? "") failed: \(output.errors.isEmpty ? "status \(output.status)" : output.errors)",
        help: "Run `git \(arguments.joined(separator: " "))` in \(folder) to see it.")
    }
    return output.bytes
  }

  /// Fields of a command's `-z` output.
  public func fields(_ arguments: [String], doing: String) throws(Failure) -> [String] {
    try rawFields(arguments, doing: doing).map { String(decoding: $0, as: UTF8.self) }
  }

  /// As `fields`, byte for byte: paths need not be text.
  func rawFields(_ arguments: [String], doing: String) throws(Failure) -> [ArraySlice<UInt8>] {
    GitProgram.rawFields(of: try output(arguments, doing: doing))
  }

  /// What stands between the NULs of `-z` output.
  static func rawFields(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var fields: [ArraySlice<UInt8>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == 0 {
      if index > start { fields.append(bytes[start..<index]) }
      start = index + 1
    }
    if start < bytes.count { fields.append(bytes[start...]) }
    return fields
  }

  /// Runs git to its end, whatever its status. Standard input is empty. Fails when git cannot be started.
  public func run(_ arguments: [String], doing: String) throws(Failure) -> Output {
    // Another by-product, which has a switch of its own.
    let words = ["-C", folder, "-c", "diff.autoRefreshIndex=false"] + arguments
    do throws(ChildProcess.NotStarted) {
      let output = try ChildProcess("git", words, environment: environment).run()
      var text = String(decoding: output.errors, as: UTF8.self)
      while text.last?.isWhitespace == true { text.removeLast() }
      return Output(status: output.status, bytes: output.bytes, errors: text)
    } catch {
      throw Failure(
        doing: doing, problem: "the git program cannot be started: \(error)",
        help: "Install git, and see that it is on the PATH.")
    }
  }
}
