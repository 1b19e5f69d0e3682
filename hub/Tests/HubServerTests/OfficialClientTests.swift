import Foundation
import HubServer
import Testing

@Suite struct OfficialClientTests {
  /// A Python with huggingface_hub 2.4.0; without one there is no client to judge by.
  static let python = ProcessInfo.processInfo.environment["SPACEFORM_PYTHON"]

  @Test(.enabled(if: python != nil, "SPACEFORM_PYTHON names no Python with huggingface_hub"))
  func theOfficialClientWorksUnchanged() async throws {
    let python = try #require(OfficialClientTests.python)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("official_client.py").path
    try await RunningHub.with(HubOptions(port: 0, speed: 20)) { hub in
      let home = FileManager.default.temporaryDirectory.appendingPathComponent("hf-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: home) }
      let output = Pipe()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = [script]
      process.environment = ProcessInfo.processInfo.environment.merging([
        "HF_ENDPOINT": "http://127.0.0.1:\(hub.port)", "HF_TOKEN": "hf_local", "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HOME": home,
      ]) { _, ours in ours }
      process.standardOutput = output
      process.standardError = output
      let status = try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
        do { try process.run() } catch { continuation.resume(throwing: error) }
      }
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(status == 0, "\(text)")
      #expect(text.contains("checks agreed"))
    }
  }
}
