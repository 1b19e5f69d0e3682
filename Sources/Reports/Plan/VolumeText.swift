import SpaceModel

/// A volume of a plan on one line.
enum VolumeText {
  static func line(_ json: JSONValue) -> String {
    guard let volume = Volume(json: json) else { return OneLine.text(json) }
    var text = "\(volume.mount)  \(volume.kind.rawValue) \(volume.source)"
    if let revision = volume.revision { text += " at \(revision)" }
    if let path = volume.path { text += ", its folder \(path)" }
    // Only a bucket can be written to, so only there it is worth a word.
    if volume.kind == .bucket { text += volume.readOnly ? ", read-only" : ", writable" }
    return TerminalText.escaped(text)
  }
}
