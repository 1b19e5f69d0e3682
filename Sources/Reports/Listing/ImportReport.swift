import Console
import SpaceModel

/// What `import` brought under control.
public struct ImportReport: Hashable, Sendable {
  public struct Space: Hashable, Sendable {
    public enum Recording: String, Hashable, Sendable {
      /// The lock did not know the Space.
      case new
      /// The lock recorded another Space at this address, or older content.
      case replaced
      /// The lock knew it, and nothing had to be written there.
      case unchanged
    }

    public struct Content: Hashable, Sendable {
      /// Relative to the project folder.
      public var path: String
      public var commit: String
      /// Files on the Space, and how many of them were written here.
      public var files: Int
      public var written: Int

      public init(path: String, commit: String, files: Int, written: Int) {
        self.path = path
        self.commit = commit
        self.files = files
        self.written = written
      }
    }

    public var address: SpaceID
    /// The definition file, relative to the project folder.
    public var definition: String
    public var isDefinitionNew: Bool
    public var recording: Recording
    public var variables: [String]
    public var secrets: [String]
    public var volumes: Int
    public var content: Content?
    public var notes: [String] = []

    public init(
      address: SpaceID, definition: String, isDefinitionNew: Bool, recording: Recording, variables: [String],
      secrets: [String], volumes: Int, content: Content?
    ) {
      self.address = address
      self.definition = definition
      self.isDefinitionNew = isDefinitionNew
      self.recording = recording
      self.variables = variables
      self.secrets = secrets
      self.volumes = volumes
      self.content = content
    }
  }

  public var spaces: [Space]

  public init(spaces: [Space]) { self.spaces = spaces }

  public var json: JSONValue {
    [
      "format_version": 1,
      "spaces": .array(
        spaces.map { space in
          [
            "address": .string(space.address.description), "definition": .string(space.definition),
            "definition_written": .bool(space.isDefinitionNew), "recorded": .string(space.recording.rawValue),
            "variables": .array(space.variables.map(JSONValue.string)),
            "secrets": .array(space.secrets.map(JSONValue.string)), "volumes": .int(space.volumes),
            "content": space.content.map { content in
              [
                "path": .string(content.path), "commit": .string(content.commit), "files": .int(content.files),
                "written": .int(content.written),
              ]
            } ?? .null,
            "notes": .array(space.notes.map(JSONValue.string)),
          ]
        }),
    ]
  }

  public func text(style: Style) -> String {
    var text = ""
    // What holds of several Spaces is said once, at the end.
    let counts = Dictionary(spaces.flatMap(\.notes).map { ($0, 1) }, uniquingKeysWith: +)
    for space in spaces {
      text += style.bold(space.address.description) + "\n"
      text += "  \(space.isDefinitionNew ? style.green("wrote") : "kept") \(Printable.text(space.definition))\n"
      switch space.recording {
      case .new: text += "  recorded in the lock\n"
      case .replaced: text += "  recorded in the lock, in place of what was there\n"
      case .unchanged: text += "  in the lock already\n"
      }
      if let content = space.content {
        text += "  files: \(content.files) in \(Printable.text(content.path)), \(content.written) written"
        text += ", as of commit \(content.commit.prefix(7))\n"
      }
      if !space.secrets.isEmpty {
        text += "  secrets: \(Printable.text(space.secrets.joined(separator: ", ")))"
        text += " (the values stay on the Hub; a rewrite takes them from environment variables of these names)\n"
      }
      for note in space.notes where counts[note] == 1 { text += "  \(style.yellow("note:")) \(Printable.text(note))\n" }
    }
    for (note, count) in counts.sorted(by: { $0.key < $1.key }) where count > 1 {
      let concerned = spaces.filter { $0.notes.contains(note) }.map(\.address.description).joined(separator: ", ")
      text += "\(style.yellow("note:")) \(Printable.text(note)) (\(concerned))\n"
    }
    return text + "\nNext: `spaceform plan`.\n"
  }
}
