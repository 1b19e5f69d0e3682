import CtyCore
import ProviderKit
import SpaceModel

/// `provider::huggingface::parse_space_id`.
let parseSpaceID = ProviderFunction(
  "Takes a Space's address apart",
  description: "Gives the `owner` and the `name` of a Space's address `owner/name`, and its `page` below the Hub's address.",
  parameters: [.init("id", .string, "The Space's address, `owner/name`.")],
  result: .object(["owner": .string, "name": .string, "page": .string])
) { arguments in
  guard let text = arguments[0].stringValue, let id = SpaceID(text) else {
    throw ProviderFunction.Failure(Addresses.checkSpace(arguments[0]) ?? "not the address of a Space", argument: 0)
  }
  return .fields(["owner": .string(id.owner), "name": .string(id.name), "page": .string("spaces/\(id)")])
}
