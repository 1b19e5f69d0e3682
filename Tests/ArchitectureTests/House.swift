/// Where every target of every package lives: the house of ARCHITECTURE.md as a table.
///
/// The tens digit is the floor (system, vocabulary, edges, engine, faces, programs), the ones digit the step on it: an
/// import leads to a lower number, always. A new target needs a row here, so that somebody decides where it belongs.
struct House {
  var rooms: [String: Room]
  /// The only packages the root package may depend on: everybody who installs a hook builds them.
  var allowedRootDependencies: Set<String>

  struct Room {
    var height: Int
    /// Modules of other people's packages that may be imported here.
    var foreign: Foreign = .none
  }

  enum Foreign {
    case none
    case only(Set<String>)
    case any
  }

  /// Modules of the toolchain that any target may import.
  static let platform: Set<String> = ["Dispatch", "Swift", "Synchronization"]

  /// Those that differ between platforms, or, as Foundation does, make a program several times as large: `Platform` is the door to them.
  static let behindPlatform: Set<String> = ["Darwin", "Foundation", "FoundationEssentials", "Glibc", "Musl"]

  static let spaceform = House(
    rooms: [
      // 0 · system
      "CLibCurl": Room(height: 0), "CLibGit2": Room(height: 0), "CLibYAML": Room(height: 0), "CLibXML2": Room(height: 0),
      "CLibCrypto": Room(height: 0), "CLibCMark": Room(height: 0), "CLibArchive": Room(height: 0), "CPlatform": Room(height: 0),
      "Platform": Room(height: 1, foreign: .only(behindPlatform)), "Locking": Room(height: 2),
      "Parallel": Room(height: 1),
      // 1 · vocabulary
      "SpaceModel": Room(height: 10), "Diagnostics": Room(height: 11), "HubAPI": Room(height: 11),
      "CI": Room(height: 11),
      // 2 · edges
      "Console": Room(height: 20), "Files": Room(height: 20), "Cryptography": Room(height: 20), "YAML": Room(height: 20),
      "XML": Room(height: 20), "Processes": Room(height: 20), "HTTP": Room(height: 20),
      "Git": Room(height: 21), "Hub": Room(height: 21), "CodeHosts": Room(height: 21),
      "Markdown": Room(height: 20), "Archive": Room(height: 20),
      // 3 · engine
      "Content": Room(height: 30), "State": Room(height: 30), "HubSimulator": Room(height: 30, foreign: .only(behindPlatform)),
      "Definitions": Room(height: 31), "GitState": Room(height: 31), "Reconciler": Room(height: 31),
      "Backlog": Room(height: 31),
      // 4 · faces
      "CtyCore": Room(height: 10), "TFProtocol": Room(height: 20, foreign: .any), "PluginHost": Room(height: 21, foreign: .any),
      "ProviderKit": Room(height: 30, foreign: .only(behindPlatform.union(["SwiftProtobuf"]))),
      "HuggingFaceProvider": Room(height: 40),
      "Reports": Room(height: 40), "HubServer": Room(height: 40, foreign: .any),
      "Jira": Room(height: 40), "ScheduleReports": Room(height: 41),
      // 5 · programs
      "Simulation": Room(height: 49, foreign: .only(behindPlatform)),
      "simulate": Room(height: 50, foreign: .only(behindPlatform.union(["ArgumentParser"]))),
      "spaceform": Room(height: 50, foreign: .only(["ArgumentParser"])),
      "spaceform-hub": Room(height: 50, foreign: .any),
      "spaceform-tracker": Room(height: 50, foreign: .only(["ArgumentParser"])),
      "terraform-provider-huggingface": Room(height: 50),
      "terraform-provider-echo": Room(height: 50),
    ],
    allowedRootDependencies: ["swift-argument-parser"])
}
