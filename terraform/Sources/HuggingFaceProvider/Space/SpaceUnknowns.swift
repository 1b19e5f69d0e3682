import CtyCore

/// What of a configuration cannot be judged yet, because something that it depends on is known only after apply.
struct SpaceUnknowns {
  /// What the Space runs on, and with it all that only some hardware has.
  let hidesHardware: Bool
  /// Which files there are, and with them what they have to be.
  let hidesFiles: Bool

  init(_ config: CtyValue) {
    let decides = ["sdk", "hardware"].contains { config[$0].isUnknown }
    hidesHardware = decides
    hidesFiles =
      decides || config["template"].isUnknown || !config["source"].isWhollyKnown || !config["card"].isWhollyKnown
  }
}
