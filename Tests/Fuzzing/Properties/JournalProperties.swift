import Diagnostics
import SpaceModel
import State

/// What holds of the reader of journals, whatever the bytes.
enum JournalProperties {
  private static let file = ".spaceform/journal.ndjson"

  static func broken(by input: [UInt8]) -> [String] {
    let journal: OpenJournal?
    do throws(Failure) { journal = try JournalCodec.parse(input, file: file) } catch {
      return DefinitionProperties.broken(error)
    }
    guard let journal else { return [] }
    var broken: [String] = []
    var text = JournalCodec.header(baseLock: journal.baseLock)
    for entry in journal.entries {
      text += JournalCodec.line(entry.intent)
      if let outcome = entry.outcome { text += JournalCodec.line(outcome) }
    }
    do throws(Failure) {
      let back = try JournalCodec.parse(Array(text.utf8), file: file)
      if back?.entries != journal.entries || back?.baseLock != journal.baseLock {
        broken.append("a journal reads back as another one:\n\(text)")
      }
    } catch {
      broken.append("what was written cannot be read: \(error)\n\(text)")
    }
    // A crash may cut it anywhere: what was whole before stays readable, and says no more than the whole did.
    for cut in Set([input.count - 1, input.count / 2, input.count / 3]) where cut > 0 {
      do throws(Failure) {
        let part = try JournalCodec.parse(Array(input[..<cut]), file: file)?.entries ?? []
        if part.map(\.intent) != journal.entries.prefix(part.count).map(\.intent) {
          broken.append("cut after \(cut) of \(input.count) bytes, a journal has other intents")
        }
      } catch {
        broken.append("cut after \(cut) of \(input.count) bytes, a journal cannot be read: \(error)")
      }
    }
    return broken
  }
}
