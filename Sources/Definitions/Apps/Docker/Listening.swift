/// Where the program of a container listens, as far as its command line says.
struct Listening: Sendable {
  /// A value of the command line, and where it stands.
  struct Said<Value: Sendable>: Sendable {
    var value: Value
    var place: Range<Int>
  }

  let server: Server
  let program: DockerWord
  private(set) var hosts: [Said<String>] = []
  private(set) var ports: [Said<Int>] = []
  /// Said on the command line, but in a way that only a shell or a configuration file can tell.
  private(set) var isHostUnknown = false
  private(set) var isPortUnknown = false

  /// Nil when the program is no server that is known, or its options cannot be told.
  /// - Parameter hasFile: whether the Space has a file of this name.
  init?(_ command: StartCommand, hasFile: (String) -> Bool) {
    guard let server = Server.named(command.program) else { return nil }
    self.server = server
    program = command.programWord
    var arguments = command.arguments[...]
    if let verb = server.verb {
      guard let place = arguments.firstIndex(where: { $0.literal == verb }) else { return nil }
      arguments = arguments[(place + 1)...]
    }
    guard read(arguments, command) else { return nil }
    func isSet(_ name: String) -> Bool {
      command.variables.isSet(name) || command.assignments.contains { $0.name == name }
    }
    let isElsewhere = server.files.contains(where: hasFile)
    if hosts.isEmpty, isElsewhere || server.hostVariables.contains(where: isSet) { isHostUnknown = true }
    if ports.isEmpty, isElsewhere || server.portVariables.contains(where: isSet) { isPortUnknown = true }
  }

  private mutating func read(_ arguments: ArraySlice<DockerWord>, _ command: StartCommand) -> Bool {
    var index = arguments.startIndex
    while index < arguments.endIndex {
      let word = arguments[index]
      index += 1
      // A word that only a shell can tell may hold options.
      guard let text = command.isShell ? word.resolved(command.variables) : word.literal else {
        if let name = optionHead(of: word) {
          if server.elsewhere.contains(name) { return false }
          if isKnown(name) { note(option: name, nil, word.range) }
          continue
        }
        // Behind an option it is that option's value.
        let previous = index - 2 >= arguments.startIndex ? arguments[index - 2].literal : nil
        guard let previous, previous.hasPrefix("-"), !previous.contains("=") else { return false }
        continue
      }
      let (name, joined) = Listening.split(text)
      guard name.hasPrefix("-"), name.count > 1 else {
        if server.hasPositional { note(positional: text, word) }
        continue
      }
      if server.elsewhere.contains(name) {
        if server.name == "http.server" {
          if joined == nil { index += 1 }
        } else {
          return false
        }
      } else if isKnown(name) {
        if let joined {
          note(option: name, joined, word.range(ofLast: joined.utf8.count))
        } else if index < arguments.endIndex {
          let value = arguments[index]
          index += 1
          note(
            option: name, command.isShell ? value.resolved(command.variables) : value.literal,
            value.range(ofLast: value.content.count))
        }
      } else if let short = (server.ports + server.binds).first(where: { $0.count == 2 && text.hasPrefix($0) }) {
        let value = String(text.dropFirst(2))
        note(option: short, value, word.range(ofLast: value.utf8.count))
      }
    }
    return true
  }

  /// `--name` of `--name=value`.
  private static func split(_ text: String) -> (name: String, value: String?) {
    guard text.hasPrefix("--"), let equals = text.firstIndex(of: "=") else { return (text, nil) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private func optionHead(of word: DockerWord) -> String? {
    guard case .text(let text) = word.pieces.first, text.hasPrefix("--"), let equals = text.firstIndex(of: "=") else {
      return nil
    }
    return String(text[..<equals])
  }

  private func isKnown(_ option: String) -> Bool {
    server.hosts.contains(option) || server.ports.contains(option) || server.binds.contains(option)
  }

  private mutating func note(option: String, _ value: String?, _ place: Range<Int>) {
    let value = value.map { String($0.drop { $0 == " " }) }
    if server.hosts.contains(option) {
      // Of an option given twice the last one holds.
      hosts = value.map { [Said(value: $0, place: place)] } ?? []
      isHostUnknown = value == nil
    } else if server.ports.contains(option) {
      let number = value.flatMap { Int($0) }
      ports = number.map { [Said(value: $0, place: place)] } ?? []
      isPortUnknown = number == nil
    } else if let value {
      note(bind: value, place)
    } else {
      isHostUnknown = true
      isPortUnknown = true
    }
  }

  private mutating func note(bind: String, _ place: Range<Int>) {
    guard !bind.hasPrefix("unix:"), !bind.hasPrefix("fd:"), !bind.contains("//") else {
      isHostUnknown = true
      isPortUnknown = true
      return
    }
    let isBracketed = bind.hasPrefix("[") && bind.hasSuffix("]")
    guard let colon = bind.lastIndex(of: ":"), !isBracketed else {
      hosts.append(Said(value: bind, place: place))
      return
    }
    let host = String(bind[..<colon])
    let port = String(bind[bind.index(after: colon)...])
    let isWhole = place.count == bind.utf8.count
    hosts.append(
      Said(
        value: host.isEmpty ? "0.0.0.0" : host,
        place: isWhole ? place.lowerBound..<place.lowerBound + host.utf8.count : place))
    if let number = Int(port) {
      ports.append(Said(value: number, place: isWhole ? place.upperBound - port.utf8.count..<place.upperBound : place))
    } else {
      isPortUnknown = true
    }
  }

  private mutating func note(positional text: String, _ word: DockerWord) {
    let place = word.range(ofLast: word.content.count)
    if let port = Int(text) {
      ports.append(Said(value: port, place: place))
    } else if text.contains(":"), server.name == "manage.py" {
      note(bind: text, place)
    }
  }

  // MARK: Verdicts

  /// Whether nobody outside the container reaches an address.
  static func isLoopback(_ host: String) -> Bool {
    let host = host.lowercased()
    return host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
  }

  /// The address when it is said, and only reached from inside the container.
  var loopback: Said<String>? {
    guard !isHostUnknown, let first = hosts.first, hosts.allSatisfy({ Listening.isLoopback($0.value) }) else { return nil }
    return first
  }

  /// The port when it is said, and not the one that is called.
  func port(otherThan called: Int) -> Said<Int>? {
    guard !isPortUnknown, let first = ports.first, !ports.contains(where: { $0.value == called }) else { return nil }
    return first
  }

  /// The address it takes when none is said.
  var hostByDefault: Server.Host? { hosts.isEmpty && !isHostUnknown ? server.host : nil }
  /// The port it takes when none is said.
  var portByDefault: Int? { ports.isEmpty && !isPortUnknown ? server.port : nil }
}
