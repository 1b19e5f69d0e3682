import PluginHost

/// What ConfigureProvider made, for the calls that come after it. A debugged process is configured anew by every run.
actor ClientBox<Client: Sendable> {
  private var client: Client?

  func set(_ client: Client) { self.client = client }

  func get() throws(ProviderError) -> Client {
    guard let client else {
      throw ProviderError(
        "The provider is not configured", detail: "Terraform asked for a resource before it configured the provider.")
    }
    return client
  }
}

/// The calls under way, so that StopProvider, which Ctrl-C leads to, can cancel them.
actor CallsUnderWay {
  private var tasks: [Int: @Sendable () -> Void] = [:]
  private var last = 0

  /// Runs the work so that ``cancelAll()`` reaches it, as does the end of the connection.
  func run<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
    let task = Task { try await work() }
    last += 1
    let number = last
    tasks[number] = { task.cancel() }
    defer { tasks[number] = nil }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  func cancelAll() { for cancel in tasks.values { cancel() } }
}
