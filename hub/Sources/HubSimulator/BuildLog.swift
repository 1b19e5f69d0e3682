import SpaceModel

/// The lines of a simulated build and start, as a reader of real ones knows them.
///
/// Only the form of the events is a fact (facts hub-api section 2.12); no source fixes the words, so these are the local Hub's own.
struct BuildLog: Hashable, Sendable {
  private(set) var lines: [Life.LogEntry]
  private let queued: Timestamp

  init(queued now: Timestamp, commit: String) {
    queued = now
    lines = [
      Life.LogEntry(at: now, text: "===== Build Queued at \(BuildLog.clock(now)) / Commit SHA: \(commit.prefix(7)) =====")
    ]
  }

  mutating func add(_ text: String, at time: Timestamp) { lines.append(Life.LogEntry(at: time, text: text)) }

  /// One `-->` and one `DONE` a step, spread evenly over the time the build takes.
  ///
  /// - Parameter fails: the last step ends in an error instead.
  mutating func build(_ steps: [String], cached: Bool, fails: Bool, until built: Timestamp) {
    let steps = steps.isEmpty ? ["FROM scratch"] : steps
    let length = built.seconds(since: queued) / Double(steps.count + 1)
    for (index, step) in steps.enumerated() {
      let begins = queued.advanced(bySeconds: length * Double(index))
      add("--> \(step)", at: begins)
      if fails, index == steps.count - 1 { break }
      add(cached ? "CACHED" : "DONE \(BuildLog.tenths(length))s", at: begins.advanced(bySeconds: length))
    }
    if fails {
      add("/bin/sh: a file of this Space asks for a build error (spaceform-hub: build-error)", at: built)
      add("--> ERROR: process \"/bin/sh -c build\" did not complete successfully: exit code: 1", at: built)
      return
    }
    add("--> Pushing image", at: built.advanced(bySeconds: -length))
    add("DONE \(BuildLog.tenths(length))s", at: built)
  }

  /// What the app writes while it starts, up to the line that says it is there or the traceback that says why it is not.
  ///
  /// - Parameter ready: that line; nil for Gradio's own.
  static func start(
    appFile: String, ready: String?, port: Int, fails: Bool, from built: Timestamp, at started: Timestamp
  ) -> [Life.LogEntry] {
    func line(_ text: String) -> Life.LogEntry { Life.LogEntry(at: started, text: text) }
    let title = Life.LogEntry(at: built, text: "===== Application Startup at \(clock(built)) =====")
    guard fails else {
      return [title, line(ready ?? "* Running on local URL:  http://0.0.0.0:\(port)")]
    }
    return [
      title, line("Traceback (most recent call last):"),
      line("  File \"/home/user/app/\(appFile)\", line 1, in <module>"),
      line("    raise RuntimeError(\"spaceform-hub: runtime-error\")"),
      line("RuntimeError: spaceform-hub: runtime-error"),
    ]
  }

  /// `2026-07-21 10:00:00`.
  private static func clock(_ time: Timestamp) -> String {
    let text = time.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  private static func tenths(_ seconds: Double) -> String {
    let tenths = max(0, Int((seconds * 10).rounded()))
    return "\(tenths / 10).\(tenths % 10)"
  }
}

/// What a build log shows of the files a build reads.
enum BuildSteps {
  /// Longer lines are cut, more lines left out: a log is for reading.
  private static let longest = 200
  private static let most = 40

  /// Instructions of a Dockerfile, lines that continue joined; names in `requirements.txt` and `packages.txt`; nil otherwise.
  static func read(path: String, bytes: [UInt8]) -> [String]? {
    guard ["Dockerfile", "requirements.txt", "packages.txt"].contains(path) else { return nil }
    var steps: [String] = []
    var open = ""
    for line in String(decoding: bytes.prefix(1 << 16), as: UTF8.self).split(separator: "\n") {
      let text = line.drop { $0 == " " || $0 == "\t" }.filter { $0 != "\r" }
      guard !text.isEmpty, !text.hasPrefix("#") else { continue }
      if path == "Dockerfile", text.hasSuffix("\\") {
        open += text.dropLast()
        continue
      }
      steps.append(String((open + text).prefix(longest)))
      open = ""
      if steps.count == most { break }
    }
    return steps
  }
}
