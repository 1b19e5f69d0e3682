import Diagnostics
import SpaceModel
import State

/// What holds of the reader of locks, whatever the bytes.
enum LockProperties {
  private static let file = "spaceform.lock"

  static func broken(by input: [UInt8]) -> [String] {
    read(input) + repaired(input)
  }

  /// What is read is written and read back as the same, and cut off it is refused; what is not read is refused with a way out.
  private static func read(_ input: [UInt8]) -> [String] {
    let lock: Lock
    do throws(Failure) { lock = try LockCodec.parse(input, file: file) } catch { return DefinitionProperties.broken(error) }
    var broken: [String] = []
    let text = LockCodec.text(lock)
    do throws(Failure) {
      let back = try LockCodec.parse(Array(text.utf8), file: file)
      if back != lock { broken.append("a lock reads back as another one:\n\(text)") }
      if LockCodec.text(back) != text { broken.append("writing a lock again gives another text:\n\(text)") }
    } catch {
      broken.append("what was written cannot be read: \(error)\n\(text)")
    }
    let end = input.lastIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? 0
    for cut in Set([end, end / 2, end / 3, max(0, end - 1)]) {
      do throws(Failure) {
        _ = try LockCodec.parse(Array(input[..<cut]), file: file)
        broken.append("a lock cut after \(cut) of \(input.count) bytes is read")
      } catch {
        broken += DefinitionProperties.broken(error)
      }
    }
    return broken
  }

  /// A merge takes nothing that neither side has.
  private static func repaired(_ input: [UInt8]) -> [String] {
    do throws(Failure) {
      guard let repair = try LockRepair.merge(conflicted: input, file: file) else { return [] }
      let disputed = Set(repair.unsettled.map(\.address))
      guard disputed.isDisjoint(with: repair.lock.spaces.keys) else { return ["a disputed record was taken"] }
      return read(Array(LockCodec.text(repair.lock).utf8))
    } catch {
      return DefinitionProperties.broken(error)
    }
  }
}
