import Diagnostics
import HubAPI
import Parallel
import SpaceModel

/// Adds to a plan what changes inside its files: reads the live ones, a call each, and compares them with ours.
public struct FileComparison: Sendable {
  /// Bytes a file may have on either side; nobody reads the difference of larger ones.
  public static let largestText = 256 << 10
  /// Files of one Space that are compared.
  public static let mostFiles = 200

  private let hub: any HubAPI
  private let contents: any ContentProvider
  private let compare: @Sendable (_ old: [UInt8], _ new: [UInt8]) -> FileDifference
  /// Live files that are read at once.
  private let parallelism: Int

  /// - Parameters:
  ///   - hub: the files as they are.
  ///   - contents: the files as they are wanted.
  ///   - parallelism: files that are read at once.
  ///   - compare: the difference of two texts, to be shown as it is: without secrets.
  public init(
    hub: any HubAPI, contents: any ContentProvider, parallelism: Int = 16,
    compare: @escaping @Sendable (_ old: [UInt8], _ new: [UInt8]) -> FileDifference
  ) {
    self.hub = hub
    self.contents = contents
    self.parallelism = parallelism
    self.compare = compare
  }

  private struct Place: Sendable {
    var space: Int
    var file: Int
  }

  /// The same plan; its operations and their digest are what they were.
  public func compared(_ plan: Plan, _ observation: Observation) async throws(Failure) -> Plan {
    var plan = plan
    var places: [Place] = []
    // All files of a Space that is not born yet are new: there is nothing to compare them with.
    for (space, entry) in plan.spaces.enumerated() where entry.action != .create && entry.action != .replace {
      for file in entry.files.indices {
        if file < Self.mostFiles {
          places.append(Place(space: space, file: file))
        } else {
          plan.spaces[space].files[file].difference = .omitted("more than \(Self.mostFiles) files differ")
        }
      }
    }
    let (spaces, wanted) = (plan.spaces, places)
    let differences = try await sideBySide(wanted.count, width: parallelism) { number throws(Failure) in
      let place = wanted[number]
      return try await difference(spaces[place.space].files[place.file], of: spaces[place.space], observation)
    }
    for (place, difference) in zip(places, differences) {
      plan.spaces[place.space].files[place.file].difference = difference
    }
    return plan
  }

  private func difference(
    _ file: FileChange, of space: SpacePlan, _ observation: Observation
  ) async throws(Failure) -> FileDifference {
    let observed = observation.spaces[space.movedFrom ?? space.address]
    let live = file.operation == .add ? nil : observed?.content.value?.files.first { $0.path == file.path }
    if live?.lfsSHA256 != nil { return .omitted("kept as a large file") }
    if max(file.size, live?.size ?? 0) > Self.largestText { return .omitted("more than \(Self.largestText >> 10) KiB") }
    var old: [UInt8] = []
    if live != nil, let observed {
      do throws(HubError) {
        old = try await hub.file(file.path, of: observed.info.address, revision: observed.info.sha ?? "main")
      } catch {
        throw error.failure(doing: "reading \(file.path) of \(space.address), to show what changes in it")
      }
    }
    return compare(old, try ours(file, of: space.address, observed?.content.value?.readme))
  }

  private func ours(_ file: FileChange, of space: SpaceID, _ live: Readme?) throws(Failure) -> [UInt8] {
    if file.operation == .delete { return [] }
    if file.path == "README.md", let readme = try contents.readme(of: space, over: live) { return Array(readme.text.utf8) }
    return try contents.bytes(of: file.path, in: space)
  }
}
