import SpaceModel
import Testing

@testable import CI

@Suite("What a job's environment says") struct CIEnvironmentTests {
  private let github = [
    "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/spaces", "GITHUB_SHA": "trialmerge",
    "GITHUB_API_URL": "https://api.github.com",
    "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "7", "GITHUB_EVENT_PATH": "/event.json",
  ]

  private func event(from repository: JSONValue) -> JSONValue {
    ["pull_request": ["number": 12, "head": ["sha": "c0ffee", "repo": repository]]]
  }

  @Test("a pull request is about its own newest commit, not the trial merge")
  func pullRequest() {
    let found = CIEnvironment(environment: github) { $0 == "/event.json" ? event(from: ["full_name": "acme/spaces"]) : nil }
    #expect(found.system == .github && found.revision == "c0ffee")
    #expect(found.change == .init(number: 12, isFromFork: false))
    #expect(found.page == "https://github.com/acme/spaces/actions/runs/7")
    #expect(found.explanation == "GitHub Actions, pull request #12, commit c0ffee.")
  }

  @Test("a fork is one, also when it was deleted")
  func fork() {
    for repository: JSONValue in [["full_name": "somebody/spaces"], .null] {
      #expect(CIEnvironment(environment: github) { _ in event(from: repository) }.change?.isFromFork == true)
    }
  }

  @Test("a push is about the commit that was pushed")
  func push() {
    let found = CIEnvironment(environment: github) { _ in ["ref": "refs/heads/main"] }
    #expect(found.change == nil && found.revision == "trialmerge")
  }

  @Test("a merge request of GitLab, and one of a fork")
  func mergeRequest() {
    let variables = [
      "GITLAB_CI": "true", "CI_PROJECT_ID": "42", "CI_COMMIT_SHA": "c0ffee", "CI_API_V4_URL": "https://gitlab.com/api/v4",
      "CI_MERGE_REQUEST_IID": "3", "CI_MERGE_REQUEST_PROJECT_ID": "42", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "42",
      "CI_JOB_URL": "https://gitlab.com/acme/spaces/-/jobs/9",
    ]
    let found = CIEnvironment(environment: variables) { _ in nil }
    #expect(found.system == .gitlab && found.repository == "42" && found.change == .init(number: 3, isFromFork: false))
    #expect(found.explanation == "GitLab CI/CD, merge request !3, commit c0ffee.")
    let fork = variables.merging(["CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "43"]) { _, new in new }
    #expect(CIEnvironment(environment: fork) { _ in nil }.change?.isFromFork == true)
  }

  @Test("elsewhere there is nobody to post to")
  func elsewhere() {
    let found = CIEnvironment(environment: ["CI": "true"]) { _ in nil }
    #expect(found.system == .other && found.change == nil && found.api == nil)
  }
}
