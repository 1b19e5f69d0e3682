import CodeHosts
import SpaceModel
import Testing

@Suite("git's way to GitHub") struct GitCredentialsTests {
  private let server = "https://github.com"

  @Test("the header is the one of actions/checkout")
  func header() {
    let variables = GitCredentials.variables(server: server, token: Secret("t0ken"), beside: [:])
    #expect(
      variables == [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "http.https://github.com/.extraheader",
        "GIT_CONFIG_VALUE_0": "AUTHORIZATION: basic eC1hY2Nlc3MtdG9rZW46dDBrZW4=",
      ])
  }

  @Test("settings that are there stay")
  func beside() {
    let variables = GitCredentials.variables(server: server, token: Secret("t"), beside: ["GIT_CONFIG_COUNT": "2"])
    #expect(variables["GIT_CONFIG_COUNT"] == "3")
    #expect(variables["GIT_CONFIG_KEY_2"] == "http.https://github.com/.extraheader")
    #expect(variables.count == 3)
  }
}
