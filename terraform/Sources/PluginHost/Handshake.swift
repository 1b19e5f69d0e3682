/// What go-plugin's host and its plugins say to each other before the first call.
enum Handshake {
  static let cookieName = "TF_PLUGIN_MAGIC_COOKIE"
  static let cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"

  /// For a person who starts the program by hand.
  static let hint = """
    This program is a Terraform provider. Terraform starts it; it is not to be run by hand.
    With -debug it serves a debugging session: it prints TF_REATTACH_PROVIDERS, to be set for terraform.

    """

  /// Why this host cannot be served; nil when it can.
  /// - Parameter versions: `PLUGIN_PROTOCOL_VERSIONS`, what the host speaks, separated by commas; nil when it does not say.
  static func refusal(versions: String?) -> String? {
    guard let versions, !versions.isEmpty else { return nil }
    let spoken = versions.split(separator: ",").map { $0.filter { $0 != " " } }
    guard !spoken.contains("6") else { return nil }
    return """
      This provider speaks protocol 6, which Terraform has since 1.0; what started it speaks \(spoken.joined(separator: ", ")).
      Use a newer Terraform.

      """
  }

  /// The line that tells the host where the plugin listens.
  static func line(socket: String, certificate: String, isMultiplexed: Bool) -> String {
    "1|6|unix|\(socket)|grpc|\(certificate)" + (isMultiplexed ? "|false" : "") + "\n"
  }

  /// The variable that makes Terraform use a process that is already there, and a line to paste.
  static func reattach(address: String, socket: String, process: Int32) -> String {
    let json =
      #"{"\#(address)":{"Protocol":"grpc","ProtocolVersion":6,"Pid":\#(process),"Test":true,"#
      + #""Addr":{"Network":"unix","String":"\#(socket)"}}}"#
    return "TF_REATTACH_PROVIDERS='\(json)'\n"
  }
}

/// The socket of one plugin process.
enum SocketPath {
  /// The longest path that a Unix socket can have, in bytes.
  static let limit = 103

  /// A path in the folder the host names, else in the temporary folder, else in /tmp when that would be too long.
  static func new(environment: [String: String], process: Int32) -> String {
    let folders = [environment["PLUGIN_UNIX_SOCKET_DIR"], environment["TMPDIR"]].compactMap { $0 }.filter { !$0.isEmpty }
    let name = "plugin\(process)-\(UInt32.random(in: 0 ..< .max))"
    for folder in folders {
      let path = (folder.hasSuffix("/") ? folder : folder + "/") + name
      if path.utf8.count <= limit { return path }
    }
    return "/tmp/" + name
  }
}
