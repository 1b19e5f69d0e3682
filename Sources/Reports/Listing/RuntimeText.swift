import Console
import HubAPI
import SpaceModel

/// What the Hub answered to something done to a Space that runs.
public enum RuntimeText {
  public static func text(_ runtime: SpaceRuntime, of address: SpaceID, style: Style) -> String {
    let hardware = runtime.hardware.current ?? runtime.hardware.requested
    return "\(address) is \(style.bold(Printable.text(runtime.stage.rawValue)))"
      + (hardware.map { " on \(Printable.text($0.rawValue))" } ?? "") + "\n"
  }

  public static func json(_ runtime: SpaceRuntime, of address: SpaceID) -> JSONValue {
    [
      "format_version": 1, "address": .string(address.description), "stage": .string(runtime.stage.rawValue),
      "hardware": runtime.hardware.current.map { .string($0.rawValue) } ?? .null,
      "requested_hardware": runtime.hardware.requested.map { .string($0.rawValue) } ?? .null,
    ]
  }
}
