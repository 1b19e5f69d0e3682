/// Does a number of things that wait, so many at once.
///
/// - Parameters:
///   - count: how many; `work` is called with 0 up to it.
///   - width: how many at once.
///   - work: the thing to do, by its number.
/// - Returns: what each came to, in their order.
/// - Throws: the first failure. It is the reason, and those of the others, which it interrupts, are not.
public func sideBySide<Value: Sendable, Problem: Error>(
  _ count: Int, width: Int, _ work: @escaping @Sendable (Int) async throws(Problem) -> Value
) async throws(Problem) -> [Value] {
  let result: Result<[Int: Value], Problem> = await withTaskGroup(of: (Int, Result<Value, Problem>).self) { group in
    var next = 0
    var failure: Problem?
    var done: [Int: Value] = [:]
    func start() {
      let number = next
      next += 1
      group.addTask {
        do throws(Problem) { return (number, .success(try await work(number))) } catch { return (number, .failure(error)) }
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
