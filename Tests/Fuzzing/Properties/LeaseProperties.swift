import Diagnostics

@testable import GitState

/// What holds of the reader of leases, whatever the bytes.
enum LeaseProperties {
  private static let file = "lease.json"

  /// What is read is written and read back as the same; what is not read is refused with a way out.
  static func broken(by input: [UInt8]) -> [String] {
    let lease: Lease
    do throws(Failure) { lease = try LeaseCodec.parse(input, file: file) } catch { return DefinitionProperties.broken(error) }
    let text = LeaseCodec.text(lease)
    do throws(Failure) {
      let back = try LeaseCodec.parse(Array(text.utf8), file: file)
      return LeaseCodec.text(back) == text ? [] : ["a lease reads back as another one:\n\(text)"]
    } catch {
      return ["what was written cannot be read: \(error)\n\(text)"]
    }
  }
}
