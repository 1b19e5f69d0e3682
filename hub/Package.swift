// swift-tools-version: 6.1
import PackageDescription

// The local Hub has a package of its own so that the root package, which pre-commit builds on users' machines, names no HTTP
// server. Arrows point down: spaceform-hub → HubServer → HubSimulator → the root's vocabulary.

let kit = Target.Dependency.product(name: "SpaceformKit", package: "spaceform")

let package = Package(
  name: "spaceform-hub",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "spaceform-hub", targets: ["spaceform-hub"]),
    .library(name: "HubSimulator", targets: ["HubSimulator"]),
    .library(name: "HubServer", targets: ["HubServer"]),
  ],
  dependencies: [
    .package(name: "spaceform", path: ".."),
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
      dependencies: ["HubServer", "HubSimulator", kit, .product(name: "ArgumentParser", package: "swift-argument-parser")]),

    // Whole applies in one process against the simulated Hub, made up from a seed; and the program that runs many of them.
    .target(name: "Simulation", dependencies: ["HubSimulator", kit], path: "Tests/Simulation"),
    .executableTarget(
      name: "simulate", dependencies: ["Simulation", kit, .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Tests/simulate"),

    .testTarget(name: "HubSimulatorTests", dependencies: ["HubSimulator", kit]),
    .testTarget(name: "SimulationTests", dependencies: ["Simulation", "HubSimulator", kit]),
    .testTarget(name: "HubServerTests", dependencies: ["HubServer", "HubSimulator", kit]),
  ],
  swiftLanguageModes: [.v6]
)
