// swift-tools-version: 6.1
import PackageDescription

// The Terraform provider has a package of its own so that the root package, which pre-commit builds on users' machines, names
// no NIO and no TLS library. Arrows point down: the program → HuggingFaceProvider → ProviderKit → PluginHost, TFProtocol →
// CtyCore. Everything below HuggingFaceProvider is a general layer for Terraform providers and knows nothing about Spaces.

let kit = Target.Dependency.product(name: "SpaceformKit", package: "spaceform")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let http2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let hpack = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2")
let ssl = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "spaceform-terraform",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "terraform-provider-huggingface", targets: ["terraform-provider-huggingface"])
  ],
  dependencies: [
    .package(name: "spaceform", path: ".."),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
  ],
  targets: [
    // Terraform's types and values, and their encodings.
    .target(name: "CtyCore"),
    // The messages of provider protocol 6 and of go-plugin, generated from the .proto files beside them.
    .target(name: "TFProtocol", dependencies: [protobuf], exclude: ["Protos"]),
    // The process that Terraform starts: handshake, mutual TLS, gRPC over HTTP/2, shutdown, logs.
    .target(name: "PluginHost", dependencies: ["TFProtocol", nioCore, nioPosix, http2, hpack, ssl, crypto]),
    // Schemas, resources, data sources and functions as Swift values, served over the protocol.
    .target(name: "ProviderKit", dependencies: ["CtyCore", "TFProtocol", "PluginHost"]),
    // The provider for Hugging Face Spaces.
    .target(name: "HuggingFaceProvider", dependencies: ["CtyCore", "ProviderKit", kit]),
    // The program.
    .executableTarget(
      name: "terraform-provider-huggingface", dependencies: ["HuggingFaceProvider", "PluginHost", "ProviderKit"]),

    // A provider for the end-to-end checks of values.
    .executableTarget(
      name: "terraform-provider-echo", dependencies: ["CtyCore", "PluginHost", "ProviderKit"], path: "Tests/EchoProvider"),

    .testTarget(name: "CtyCoreTests", dependencies: ["CtyCore"]),
    .testTarget(
      name: "FuzzingTests", dependencies: ["CtyCore"], path: "Tests/Fuzzing", exclude: ["Corpus", "Dictionaries"]),
    .testTarget(
      name: "PluginHostTests", dependencies: ["PluginHost", "TFProtocol", nioCore, nioPosix, http2, hpack, ssl, crypto]),
    .testTarget(name: "ProviderKitTests", dependencies: ["ProviderKit", "PluginHost", "CtyCore", "TFProtocol", protobuf]),
    .testTarget(name: "HuggingFaceProviderTests", dependencies: ["HuggingFaceProvider", "ProviderKit", "CtyCore", kit]),
  ],
  swiftLanguageModes: [.v6]
)
