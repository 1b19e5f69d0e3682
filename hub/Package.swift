// swift-tools-version: 6.1
import PackageDescription

// The local Hub has a package of its own so that the root package, which pre-commit builds on users' machines, names no HTTP
// server. Arrows point down: spaceform-hub → HubServer → HubSimulator → the root's vocabulary.

// swift-crypto, which comes with the HTTP server, has a target Crypto as well, so the root's is called SpaceformCrypto here.
// SwiftPM looks for aliases by the name of the root's folder, whatever a clone is called.
let folder = Context.packageDirectory.split(separator: "/").dropLast().last.map { $0.lowercased() } ?? "spaceform"
let kit = Target.Dependency.product(
  name: "SpaceformKit", package: folder, moduleAliases: ["Crypto": "SpaceformCrypto"])

let package = Package(
  name: "spaceform-hub",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "spaceform-hub", targets: ["spaceform-hub"]),
    .library(name: "HubSimulator", targets: ["HubSimulator"]),
    .library(name: "HubServer", targets: ["HubServer"]),
  ],
  dependencies: [
    .package(path: ".."),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: [
    // The Hub as a deterministic state machine: no files, no network, no clock of its own.
    .target(name: "HubSimulator", dependencies: [kit]),
    // The state machine behind HTTP: routes, JSON, request log, faults, persistence.
    .target(
      name: "HubServer",
      dependencies: [
        "HubSimulator", kit, .product(name: "Hummingbird", package: "hummingbird"),
      ]),
    // The program.
    .executableTarget(
      name: "spaceform-hub",
      dependencies: ["HubServer", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

    .testTarget(name: "HubSimulatorTests", dependencies: ["HubSimulator", kit]),
    .testTarget(name: "HubServerTests", dependencies: ["HubServer", "HubSimulator", kit]),
  ],
  swiftLanguageModes: [.v6]
)
