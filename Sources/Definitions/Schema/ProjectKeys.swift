import SpaceModel

/// The keys of `spaceform.yaml`.
enum ProjectKeys {
  static let table = KeyTable([
    Key("version", .count(minimum: 1), "The format of this file: 1.", isRequired: true),
    Key("project", .text, "Name of this project's state; the folder's name when absent."),
    Key("owner", .text, "User or organisation of Spaces that name none."),
    Key("include", .list(.text), "Patterns of the Space files; `spaces/**/*.space.yaml` when absent."),
    Key("defaults", .table(SpaceKeys.defaults), "Settings of every Space that does not say otherwise."),
    Key("environments", .map(.table(environment)), "Copies of the fleet, chosen by --env."),
    Key("removed", .list(.table(removal)), "Spaces that are no longer defined, and what becomes of them."),
    Key("policy", .table(policy), "Rules every Space must keep."),
    Key("cost", .table(cost), "What the estimate assumes."),
    Key("preview", .table(preview), "What a preview of a pull request may hold."),
    Key("state", .table(state), "Where the lock is kept."),
  ])

  private static let environment = KeyTable([
    Key("owner", .text, "Owner of the environment's Spaces that name none."),
    Key("suffix", .text, "Put after the name of every Space."),
    Key("defaults", .table(SpaceKeys.defaults), "Laid over the project's defaults."),
  ])

  private static let removal = KeyTable([
    Key("space", .address, "The Space that is no longer defined.", isRequired: true),
    Key("destroy", .flag, "true deletes it on the Hub; false only forgets it.", isRequired: true),
  ])

  private static let policy = KeyTable([
    Key("allowed_hardware", .list(.text), "The only flavours a Space may have."),
    Key("max_monthly_usd", .number(minimum: 0, maximum: nil), "Upper bound of the fleet's cost in a month; more is an error."),
    Key("warn_monthly_usd", .number(minimum: 0, maximum: nil), "As max_monthly_usd, with a warning."),
    Key("require_sleep_time_on_paid_hardware", .flag, "Whether paid hardware must be put to sleep when idle."),
    Key("allow_public", .flag, "Whether Spaces may be public; true when absent."),
    Key("name_pattern", .text, "Regular expression that every Space name must match."),
  ])

  private static let cost = KeyTable([
    Key("active_hours_per_day", .number(minimum: 0, maximum: 24), "Hours a day a Space that can sleep is awake.")
  ])

  private static let preview = KeyTable([
    Key("secrets", .list(.text), "Secrets a preview gets."),
    Key("volumes", .list(.text), "Mounts a preview gets."),
    Key("ttl", .span(allowsNever: false), "How long a preview lives."),
  ])

  private static let state = KeyTable([
    Key("store", .choice(["file", "git"]), "file: beside this one; git: on a branch of a remote."),
    Key("remote", .text, "The remote of a git store: its name, or its address; origin when absent."),
    Key("branch", .text, "The branch of a git store; spaceform-state when absent."),
    Key(
      "lease", .span(allowsNever: false),
      "How long a run may hold a git store without a sign of life; from 3m to 1d, 5m when absent."),
  ])
}
