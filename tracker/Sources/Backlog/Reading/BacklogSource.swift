/// The files of a tracker's folder: what they are called in findings, and their bytes.
public struct BacklogSource: Sendable {
  public var project: File
  /// In the order they are to be read.
  public var backlog: [File]

  public struct File: Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  public init(project: File, backlog: [File]) {
    self.project = project
    self.backlog = backlog
  }
}
