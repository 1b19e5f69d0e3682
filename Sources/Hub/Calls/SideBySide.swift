import HubAPI

/// Does a number of things, so many at once.
///
/// - Parameters:
///   - count: how many; `work` is called with 0 up to it.
///   - width: how many at once.
/// - Returns: what each came to, in their order.
/// - Throws: the first failure. It is the reason, and those of the others, which it interrupts, are not.
func sideBySide<Value: Sendable>(
  _ count: Int, width: Int, _ work: @escaping @Sendable (Int) async throws(HubError) -> Value
) async throws(HubError) -> [Value] {
  let result: Result<[Int: Value], HubError> = await withTaskGroup(of: (Int, Result<Value, HubError>).self) { group in
    var next = 0
    var failure: HubError?
    var done: [Int: Value] = [:]
    func start() {
      let number = next
      next += 1
      group.addTask {
        do throws(HubError) { return (number, .success(try await work(number))) } catch { return (number, .failure(error)) }
      }
    }
    while next < min(width, count) { start() }
    while let (number, result) = await group.next() {
      switch result {
      case .success(let value):
        done[number] = value
        if failure == nil, next < count { start() }
      case .failure(let error):
        failure = failure ?? error
        group.cancelAll()
      }
    }
    return failure.map { .failure($0) } ?? .success(done)
  }
  let done = try result.get()
  return (0..<count).compactMap { done[$0] }
}
