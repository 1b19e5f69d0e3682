import ArgumentParser
import Console
import Diagnostics
import Files
import Hub
import SpaceModel
import State

/// `spaceform state push`: another lock in place of the one that is there.
struct StatePushCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Put a lock from a file in place of the one that is kept.",
    discussion: """
      For a lock from a backup, from `state pull`, or from the other store when `state` in spaceform.yaml changes. It has to be of this
      project and this Hub, and of a format this program knows. A lock that would forget Spaces, that has another Space at an address, or
      that takes the place of a newer revision is refused without --force; so is any, while an apply is open or what is there cannot be
      read. Nothing is done on the Hub: `spaceform plan` shows what the lock makes of it.

      EXAMPLES
        spaceform state push backup.lock
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var lease: LeaseOptions

  @Argument(help: "The file with the lock.", completion: .file())
  var file: String

  @Flag(help: "Put it there whatever is there now.")
  var force = false

  func run() throws {
    let place = try LockPlace(options, lease)
    guard let bytes = try AtomicFile.read(file) else {
      throw Failure(doing: "reading \(file)", problem: "there is no such file", status: .usage)
    }
    let lock = try LockCodec.parse(bytes, file: file)
    let endpoint = try HubConfiguration.endpoint(options.environment["HF_ENDPOINT"])
    try HubAccess.check(lock, file: file, endpoint: endpoint, project: place.outline.name)
    let doing = "putting \(file) in place of the lock"
    if force {
      let session = try place.store.beginReplacing()
      do throws(Failure) { try session.save(lock) } catch {
        try? session.close(settled: false)
        throw error
      }
      // What an open journal tells is settled by the next apply, by reading.
      try session.close(settled: session.inherited == nil)
    } else {
      try LockEdit.run(place.store, doing: doing) { [folder = place.folder] present throws(Failure) in
        if let objection = try LockReplacement(folder: folder, present: present, new: lock).objection {
          throw Failure(
            doing: doing, problem: objection,
            help: "To do it all the same, pass --force; keep `spaceform state pull` of before.",
            status: .stale)
        }
        return lock
      }
    }
    switch output.format {
    case .json: Terminal.output(JSONValue.object(["format_version": 1, "pushed": .int(lock.spaces.count)]).prettyText)
    case .human:
      let count = lock.spaces.count
      Terminal.output(
        "The lock is the one of \(file) now, with \(count) Space\(count == 1 ? "" : "s"). Nothing was done on the Hub.\n")
    }
  }
}
