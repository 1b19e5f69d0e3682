// The door through which libFuzzer comes in; built by script/fuzz, and not part of the package.

import Foundation

private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["SPACEFORM_FUZZ"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    say("error: SPACEFORM_FUZZ names no target: \(name)")
    exit(64)
  }
  return target
}()

private func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// Runs one input; what does not hold ends the process, which libFuzzer takes for a crash and keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let broken = target.broken(by: Array(UnsafeBufferPointer(start: bytes, count: count)))
  guard !broken.isEmpty else { return 0 }
  for sentence in broken.prefix(10) { say("BROKEN: \(sentence)") }
  abort()
}
