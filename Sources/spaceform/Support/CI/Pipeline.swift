import ArgumentParser
import Diagnostics

/// `init --ci`: for which system a pipeline is written.
enum PipelineSystem: String, CaseIterable, ExpressibleByArgument {
  case github, gitlab
}

/// Where the actions or components are: `OWNER/REPOSITORY@COMMIT`, on GitLab with the server before it.
struct PipelineSource: ExpressibleByArgument, Equatable {
  let place: String
  let commit: String

  /// A tag or a branch can be moved by whoever owns it, so that only a commit's full id will do.
  init?(argument: String) {
    let parts = argument.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[1].count == 40, parts[1].allSatisfy({ $0.isHexDigit && !$0.isUppercase }),
      parts[0].contains("/"), parts[0].utf8.allSatisfy(PipelineSource.isPlain), !parts[0].hasPrefix("/"),
      !parts[0].hasSuffix("/")
    else { return nil }
    (place, commit) = (parts[0], parts[1])
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "._-/:".utf8.contains(byte)
  }
}

/// The files of a pipeline for a project. They are those of `ci/`, with the place of the actions put in.
struct Pipeline {
  let system: PipelineSystem
  let source: PipelineSource?

  private static let commit = String(repeating: "0", count: 40)

  private var place: String { system == .github ? "acme/spaceform" : "gitlab.example.org/acme/spaceform" }

  /// Whether somebody has to write the place and the commit into the files.
  var needsPlace: Bool { source == nil }

  /// Paths in the repository, and what stands there.
  var files: [(path: String, text: String)] {
    let texts: [(path: String, bytes: [UInt8])] =
      switch system {
      case .github:
        [
          (".github/workflows/spaces.yml", PackageResources.spaces_yml),
          (".github/workflows/drift.yml", PackageResources.drift_yml),
        ]
      case .gitlab: [(".gitlab-ci.yml", PackageResources.gitlab_ci_yml)]
      }
    return texts.map { path, bytes in (path, placed(String(decoding: bytes, as: UTF8.self))) }
  }

  private func placed(_ text: String) -> String {
    guard let source else { return text }
    // The lines above the first key say what to fill in.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0.hasPrefix("#") }
    return "# Written by `spaceform init --ci \(system.rawValue)`.\n"
      + lines.joined(separator: "\n").replacing(place, with: source.place).replacing(Pipeline.commit, with: source.commit)
  }
}
