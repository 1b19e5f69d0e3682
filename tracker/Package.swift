// swift-tools-version: 6.1
import PackageDescription

// The tracker has a package of its own so that the root package, which pre-commit builds on users' machines, needs no Markdown
// parser. Arrows point down: spaceform-tracker → ScheduleReports → Jira → Backlog → Markdown → the root's edges.

let kit = Target.Dependency.product(name: "SpaceformKit", package: "spaceform")

let package = Package(
  name: "spaceform-tracker",
  platforms: [.macOS(.v14)],
  products: [.executable(name: "spaceform-tracker", targets: ["spaceform-tracker"])],
  dependencies: [
    .package(name: "spaceform", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: [
    // Headers of the system's cmark-gfm and its extensions.
    .systemLibrary(
      name: "CLibCMark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),

    // Headers of the system's libarchive.
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),

    // Markdown as a tree of values, and as HTML.
    .target(name: "Markdown", dependencies: ["CLibCMark", kit]),
    // Zip files.
    .target(name: "Archive", dependencies: ["CLibArchive", kit]),
    // The plan: items, project, calendar; read from YAML with places, checked, scheduled. No files of its own, no clock.
    .target(name: "Backlog", dependencies: ["Markdown", kit]),
    // What Jira imports, and what was saved from it.
    .target(name: "Jira", dependencies: ["Archive", "Backlog", "Markdown", kit]),
    // A schedule as text, JSON, CSV and pictures.
    .target(name: "ScheduleReports", dependencies: ["Backlog", kit]),
    // The program.
    .executableTarget(
      name: "spaceform-tracker",
      dependencies: [
        "Backlog", "Jira", "Markdown", "ScheduleReports", kit,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .testTarget(
      name: "FuzzingTests", dependencies: ["Backlog", "Jira", "Markdown", "ScheduleReports", kit], path: "Tests/Fuzzing",
      exclude: ["Corpus", "Dictionaries"]),
    .testTarget(name: "MarkdownTests", dependencies: ["Markdown", kit]),
    .testTarget(name: "ArchiveTests", dependencies: ["Archive", "CLibArchive"]),
    .testTarget(name: "BacklogTests", dependencies: ["Backlog", kit]),
    .testTarget(name: "JiraTests", dependencies: ["Jira", "Backlog", "Markdown", kit]),
    .testTarget(name: "ScheduleReportsTests", dependencies: ["ScheduleReports", "Backlog", kit]),
  ],
  swiftLanguageModes: [.v6]
)
