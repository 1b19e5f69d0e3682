import SpaceModel
import Testing

@testable import Reconciler

@Suite("Patterns of secrets to write again")
struct WildcardTests {
  @Test(
    "a star stands for any text, everything else for itself",
    arguments: [
      ("API_KEY", "API_KEY", true), ("API_KEY", "api_key", false), ("API_KEY", "API", false), ("API", "API_KEY", false),
      ("API_KEY", "*", true), ("", "*", true), ("", "", true), ("A", "", false), ("", "A", false),
      ("API_KEY", "API_*", true), ("API_KEY", "*_KEY", true), ("API_KEY", "A*Y", true), ("API_KEY", "A*Z", false),
      ("API_KEY", "*P*K*", true), ("API_KEY", "*K*P*", false), ("aXbXc", "*X*Xc", true), ("aab", "*ab", true),
      ("API_KEY", "API_KEY*", true), ("API_KEY", "**API**KEY**", true), ("a.c", "a?c", false), ("abc", "a.c", false),
    ])
  func matches(text: String, pattern: String, wanted: Bool) {
    #expect(PlanOptions(rewriteSecrets: [pattern]).rewrites(text, of: Scene.api) == wanted)
  }

  @Test("many stars take no time to fail")
  func linear() {
    let text = String(repeating: "a", count: 2000)
    let pattern = String(repeating: "a*", count: 200) + "b"
    #expect(!PlanOptions(rewriteSecrets: [pattern]).rewrites(text, of: Scene.api))
  }

  @Test("a pattern names a key of every Space, or of one")
  func keys() {
    let options = PlanOptions(rewriteSecrets: ["API_*", "acme/chat.TOKEN"])
    #expect(options.rewrites("API_KEY", of: Scene.api))
    #expect(options.rewrites("TOKEN", of: Scene.chat))
    #expect(!options.rewrites("TOKEN", of: Scene.api))
    #expect(!PlanOptions().rewrites("TOKEN", of: Scene.api))
  }
}
