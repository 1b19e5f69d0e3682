import SpaceModel

/// The keys of `card`: the Hub's front matter keys in our spelling (facts: hub-api section 5.2).
public enum CardKeys {
  static let table = KeyTable(
    [
      Key("title", .text, "The name shown on the Hub."),
      Key("emoji", .text, "The emoji shown on the Hub."),
      Key("color_from", .choice(CardReference.colors), "Where the card's colour gradient begins."),
      Key("color_to", .choice(CardReference.colors), "Where the card's colour gradient ends."),
      Key("short_description", .text, "At most 60 characters."),
      Key("python_version", .text, "In quotes: 3.10 without them is the number 3.1."),
      Key("sdk_version", .text, "Version of Gradio, in quotes."),
      Key("app_file", .text, "The file to run, or the page to show."),
      Key("app_build_command", .text, "Builds a static Space."),
      Key("app_port", .count(minimum: 1, maximum: 65_535), "Port a Docker Space listens on; 7860 when absent."),
      Key("base_path", .text, "Path the Space opens at, beginning with /."),
      Key("full_width", .flag, "Whether the app takes the whole width."),
      Key("header", .choice(CardReference.headers), "The Hub's header above the app."),
      Key("models", .list(.text), "Models the Space uses."),
      Key("datasets", .list(.text), "Datasets the Space uses."),
      Key("tags", .list(.text), "Words the Space is found by."),
      Key("thumbnail", .text, "Address of the picture shown when the Space is shared."),
      Key("pinned", .flag, "Whether the Space stands first on its owner's page."),
      Key("license", .text, "Identifier of the licence."),
      Key("license_name", .text, "Name of a licence of one's own."),
      Key("license_link", .text, "Where that licence is found."),
      Key(
        "suggested_hardware", .name(known: HardwareCatalogue.published.offers.map(\.flavour.rawValue)),
        "Hardware suggested to people who copy the Space; assigns none."),
      Key("suggested_storage", .text, "Ignored by the Hub."),
      Key("hf_oauth", .flag, "Sign-in with the Hub."),
      Key("hf_oauth_scopes", .list(.name(known: CardReference.oauthScopes)), "What the sign-in asks for."),
      Key("hf_oauth_expiration_minutes", .count(minimum: 1), "Minutes a sign-in holds; 480 when absent."),
      Key("hf_oauth_authorized_org", .either([.text, .list(.text)]), "Organisations whose members may sign in."),
      Key("disable_embedding", .flag, "Whether other sites may not show the Space."),
      Key("startup_duration_timeout", .span(allowsNever: false), "How long the app may take to start; 30m when absent."),
      Key("custom_headers", .map(.text), "Cross-origin headers, in lower case."),
      Key("preload_from_hub", .list(.text), "Files fetched when the image is built."),
      Key("duplicated_from", .text, "The Space this one was copied from."),
      Key("dev_mode_folder", .text, "The folder dev mode opens."),
      Key("extra", .map(.anything), "Front matter of one's own, taken as it is."),
    ],
    misplaced: [
      "sdk": "Write `sdk` beside `card`, not inside it.",
      "hardware": "Write `hardware` beside `card`: the Hub ignores it in front matter.",
    ])

  /// The same keys as the Hub spells them: what a README's front matter may hold. Beside them `sdk`, which a definition has
  /// elsewhere, and two that it has in `extra`.
  static let frontMatter = KeyTable(
    [Key("sdk", .text, "What builds and runs the Space.")]
      + table.keys.filter { $0.name != "extra" }.map { Key(hubName(of: $0.name), $0.shape, $0.summary) }
      + [Key("metaTitle", .text, "Known to the Hub's own code."), Key("description", .text, "Known to the Hub's own code.")])

  /// Our key in the Hub's spelling.
  static func hubName(of key: String) -> String { hubNames[key] ?? key }

  /// The key of `card` that stands for a key of the Hub's front matter; nil when there is none.
  public static func ownName(of hubName: String) -> String? {
    hubNames.first { $0.value == hubName }?.key ?? (hubName == "extra" ? nil : table[hubName]?.name)
  }

  /// The Hub's key that a name is another spelling of, in the case of its letters and the signs between its words; nil when there
  /// is none.
  static func hubName(spelledLike name: String) -> String? { hubNamesByLetters[letters(of: name)] }

  private static let hubNamesByLetters = Dictionary(
    frontMatter.names.map { (letters(of: $0), $0) }, uniquingKeysWith: { first, _ in first })

  private static func letters(of name: String) -> String {
    String(name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " })
  }

  private static let hubNames = [
    "color_from": "colorFrom", "color_to": "colorTo", "full_width": "fullWidth", "dev_mode_folder": "dev-mode-folder",
  ]
}
