// swift-tools-version: 6.1
import PackageDescription

// The root package is what every user builds (pre-commit's `language: swift` builds all of it), so it names no server, no
// NIO and no big dependency. A target's floor is the number in its comment; imports point to lower floors only, and
// Tests/ArchitectureTests fails when one does not. The local Hub has its own package in hub/.

let parser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "spaceform",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "spaceform", targets: ["spaceform"]),
    .library(
      name: "SpaceformKit",
      targets: [
        "Locking", "SpaceModel", "Diagnostics", "HubAPI", "HTTP", "Hub", "Git", "YAML", "XML", "Cryptography", "Console",
        "Files",
        "Parallel", "Platform",
        "Content",
        "Definitions",
        "State", "GitState", "Reconciler", "Reports",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // 0 · system: headers of the system's C libraries, and the shims Swift cannot import.
    // Without pkg-config's word, which would link with it: its shim loads it when the first request is made.
    .systemLibrary(name: "CLibCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CLibGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(name: "CPlatform"),

    // The C library and Foundation's essentials, under one name on every platform.
    .target(name: "Platform", dependencies: ["CPlatform"]),

    // A mutex around a value; below everything, since it knows nothing.
    .target(name: "Locking", dependencies: ["Platform"]),

    // Work on all processors, and work that waits, so much at once; knows nothing either.
    .target(name: "Parallel"),

    // 1 · vocabulary: what a Space is, what the Hub says, what a finding is. Values only: no files, no networks.
    .target(name: "SpaceModel", resources: [.embedInCode("Catalogue/catalogue.tsv")]),
    .target(name: "Diagnostics", dependencies: ["SpaceModel"]),
    .target(name: "HubAPI", dependencies: ["SpaceModel"]),

    // 2 · edges: the outside world, one kind each.
    .target(name: "Console", dependencies: ["Diagnostics", "Locking", "Platform", "SpaceModel"]),
    .target(name: "Files", dependencies: ["Diagnostics", "Locking", "Platform", "SpaceModel"]),
    .target(name: "Cryptography", dependencies: ["CLibCrypto", "Diagnostics", "Platform", "SpaceModel"]),
    .target(name: "Processes", dependencies: ["Platform"]),
    .target(
      name: "Git",
      dependencies: ["CLibGit2", "Diagnostics", "Files", "Locking", "Parallel", "Platform", "Processes", "SpaceModel"]),
    .target(name: "YAML", dependencies: ["CLibYAML", "Diagnostics", "SpaceModel"]),
    .target(name: "XML", dependencies: ["CLibXML2", "Diagnostics"]),
    .target(name: "HTTP", dependencies: ["CLibCurl", "HubAPI", "Locking", "Platform", "SpaceModel"]),
    .target(
      name: "Hub",
      dependencies: ["Cryptography", "Diagnostics", "Files", "HTTP", "HubAPI", "Locking", "Parallel", "Platform", "SpaceModel"]),

    // What a CI job's environment says, and the marks by which texts are found again.
    .target(name: "CI", dependencies: ["SpaceModel"]),
    // GitHub and GitLab: comments, issues, and which change request a commit came from.
    .target(name: "CodeHosts", dependencies: ["CI", "Diagnostics", "HTTP", "Locking", "Platform", "SpaceModel"]),

    // 3 · engine: definitions in, plan out, apply journaled.
    .target(name: "Content", dependencies: ["Cryptography", "Diagnostics", "Files", "Git", "HubAPI", "SpaceModel", "YAML"]),
    .target(name: "State", dependencies: ["Cryptography", "Diagnostics", "Files", "Locking", "Platform", "SpaceModel"]),
    .target(
      name: "GitState",
      dependencies: ["Cryptography", "Diagnostics", "Files", "Git", "Locking", "Platform", "SpaceModel", "State"]),
    .target(
      name: "Definitions", dependencies: ["Content", "Diagnostics", "Files", "Locking", "Parallel", "SpaceModel", "YAML"]),
    .target(
      name: "Reconciler",
      dependencies: ["Cryptography", "Diagnostics", "HubAPI", "Locking", "Parallel", "Platform", "SpaceModel", "State"]),

    // 4 · faces: values in, text out.
    .target(
      name: "Reports",
      dependencies: [
        "CI", "Console", "Cryptography", "Definitions", "Diagnostics", "HubAPI", "Locking", "Platform", "Reconciler",
        "SpaceModel",
        "State", "XML",
      ]),

    // 5 · programs: thin commands over all of it.
    .executableTarget(
      name: "spaceform",
      dependencies: [
        parser, "CI", "CodeHosts", "Console", "Content", "Cryptography", "Definitions", "Diagnostics", "Files", "Git",
        "GitState", "Hub", "HubAPI",
        "Locking", "Parallel", "Platform", "Processes", "Reconciler", "Reports", "SpaceModel", "State", "YAML",
      ],
      resources: [
        .embedInCode("Pipelines/spaces.yml"), .embedInCode("Pipelines/drift.yml"), .embedInCode("Pipelines/gitlab-ci.yml"),
      ]),

    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "SpaceModelTests", dependencies: ["SpaceModel"]),
    .testTarget(
      name: "ContentTests", dependencies: ["Content", "Cryptography", "Diagnostics", "Files", "Git", "HubAPI", "SpaceModel"]),
    .testTarget(name: "DefinitionsTests", dependencies: ["Definitions", "Reports", "YAML"], exclude: ["Golden"]),
    .testTarget(
      name: "FuzzingTests",
      dependencies: [
        "CI", "Content", "Definitions", "Diagnostics", "Files", "GitState", "HTTP", "Hub", "HubAPI", "Platform", "Reconciler",
        "Reports",
        "SpaceModel", "State", "YAML",
      ],
      path: "Tests/Fuzzing",
      exclude: ["Corpus", "Dictionaries", "Harness"]),
    .testTarget(name: "CITests", dependencies: ["CI", "CodeHosts", "Diagnostics", "SpaceModel"]),
    .testTarget(name: "XMLTests", dependencies: ["XML", "Diagnostics"]),
    .testTarget(
      name: "HubTests",
      dependencies: ["HTTP", "Hub", "Cryptography", "Files", "Locking", "HubAPI", "Diagnostics", "SpaceModel"]),
    .testTarget(
      name: "StateTests", dependencies: ["State", "Cryptography", "Diagnostics", "Files", "SpaceModel"], exclude: ["Examples"]),
    .testTarget(
      name: "GitStateTests",
      dependencies: ["GitState", "Diagnostics", "Files", "Git", "Locking", "Platform", "SpaceModel", "State"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "spaceform", "Content", "Cryptography", "Definitions", "Diagnostics", "Files", "HubAPI", "SpaceModel", "State",
      ]),
    .testTarget(name: "ReconcilerTests", dependencies: ["Reconciler", "Diagnostics", "HubAPI", "Locking", "State", "Reports"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "CI", "Console", "Definitions", "Diagnostics", "HubAPI", "Locking", "Reconciler", "SpaceModel", "State",
      ],
      exclude: ["Golden"]),
  ],
  swiftLanguageModes: [.v6]
)
