import CtyCore
import ProviderKit
import SpaceModel

/// The attributes of `huggingface_space`: those of a definition under the same names, and what the Hub says of the Space.
enum SpaceSchema {
  static let schema = Schema(
    """
    A Space. What is not declared is not managed: it is neither compared nor changed. Names, values and rules are those of \
    Spaceform's definitions.
    """, declared + computed)

  private static let declared: [Attribute] = [
    Attribute(
      "name", .string, .required,
      "The Space's name, or its whole address `owner/name`. Another name renames the Space in place, nothing is lost."),
    Attribute(
      "owner", .string, .optionalComputed,
      "The user or organisation that the Space belongs to. Without it, and with a bare `name`, the provider's `default_owner`."),
    setting("sdk", .string, "Without it what the README in `source` says, else `docker`."),
    setting("hardware", .string, "Without it `cpu-basic`."),
    setting("sleep_time", .string),
    setting("visibility", .string),
    setting("region", .string, "Another one makes a new Space.").replacing(),
    setting("resource_group", .string),
    Attribute(
      "template", .string, .optional,
      "The official template to create from; used at creation only. Another one makes a new Space; none lets it go."),
    setting("dev_mode", .bool),
    setting("replicas", .number),
    Attribute(
      "variables", .map(.string), .optional,
      "Public environment variables. Those declared here are written and those no longer declared deleted; others are left alone."
    ),
    Attribute(
      "variable_descriptions", .map(.string), .optionalComputed,
      "What variables are for, by their names; shown on the Hub. Undeclared ones are left alone."),
    Attribute(
      "secrets", .map(.string), .optional,
      """
      Private environment variables by name. The values are in no plan and no state, and take ephemeral values. A new name is written, \
      one that is no longer declared deleted, one that somebody else has written since written again. A new value is noticed when \
      `secrets_version` changes, or when `SPACEFORM_LOCK_KEY` is set.
      """
    ).sensitive().writeOnly(),
    Attribute(
      "secrets_version", .number, .optional, "Any whole number from 0 on; change it to have all `secrets` written again."
    )
    .validated { value in
      value.numberValue?.int.map { $0 >= 0 } == true ? nil : "It is a whole number from 0 on."
    },
    Attribute(
      "volumes", .nested(.set, volume), .optional, "Mounted storage: when declared, all of it. Each `mount` stands once."),
    Attribute(
      "source", .nested(.single, source), .optional,
      """
      The folder the Space's files come from: what git tracks or does not ignore, outside of git all files; never `.env` files nor \
      Terraform's own.
      """),
    Attribute(
      "card", .dynamic, .optional,
      "What the README's front matter says, over the source's own: an object with the keys of a definition's `card`."),
    Attribute(
      "overwrite_foreign", .bool, .optional,
      "Whether commits on the Space that were not made from here are discarded. Otherwise they keep files from being written."),
    Attribute(
      "wait", .nested(.single, wait), .optional, "Whether and how long apply waits until the Space is live."),
    SpaceTimeouts.attribute,
  ]

  private static let computed: [Attribute] = [
    Attribute("id", .string, .computed, "The Space's address, `owner/name`."),
    Attribute("page", .string, .computed, "Its page on the Hub."),
    Attribute("host", .string, .computed, "The bare host name of the app."),
    Attribute("url", .string, .computed, "Where the app answers: `https://` and the host."),
    Attribute("stage", .string, .computed, "What the Space is doing, as the Hub says it."),
    Attribute("current_hardware", .string, .computed, "The hardware it runs on; null when it does not run."),
    Attribute("commit", .string, .computed, "The last commit of its branch `main`."),
    Attribute(
      "content_digest", .string, .computed,
      "SHA-256 over the managed files; null when none are managed, or somebody else has committed since."),
    Attribute(
      "secrets_updated_at", .map(.string), .computed, "When the Hub last took a value for each of `secrets`."),
  ]

  private static let volume = [
    Attribute("type", .string, .required, "`bucket`, `model`, `dataset` or `space`."),
    Attribute("source", .string, .required, "The bucket or repository, `owner/name`."),
    Attribute("mount", .string, .required, "Where it is mounted: an absolute path."),
    Attribute(
      "read_only", .bool, .optional, "Repositories are always read-only; buckets only when this says so."),
    Attribute("revision", .string, .optional, "A repository's branch, tag or commit; `main` without it."),
    Attribute("path", .string, .optional, "A folder inside the source."),
  ]

  private static let source = [
    Attribute("path", .string, .required, "The folder; begin it with `${path.module}`."),
    Attribute("ignore", .list(.string), .optional, "Patterns of files to leave out, as in `.gitignore`."),
    Attribute(
      "prune", .bool, .optional, "Whether files on the Space that are not in the folder are deleted; true without it."),
  ]

  private static let wait = [
    Attribute(
      "until", .string, .optional,
      "`running` or `none`. Without it `running` where there is a `source` or a `template`, else `none`."),
    Attribute("timeout", .string, .optional, "How long at most: 90s, 30m, 2h. Without it 30m."),
  ]

  /// A setting of definitions, with their own words.
  private static func setting(_ name: String, _ type: CtyType, _ more: String = "") -> Attribute {
    let summary = Setting[name]?.summary ?? ""
    return Attribute(name, type, .optionalComputed, more.isEmpty ? summary : "\(summary) \(more)")
  }
}
