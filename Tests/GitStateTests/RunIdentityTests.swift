import Testing

@testable import GitState

@Suite("Who a run is") struct RunIdentityTests {
  @Test("a job of GitHub Actions, and its next attempt") func github() {
    let environment = [
      "GITHUB_RUN_ID": "17", "GITHUB_RUN_ATTEMPT": "2", "GITHUB_REPOSITORY": "acme/demos",
      "GITHUB_SERVER_URL": "https://github.com",
      "USER": "runner",
    ]
    let identity = RunIdentity(environment: environment, host: "fv-az1")
    #expect(identity.owner == "acme/demos, run 17 (attempt 2)")
    #expect(identity.run == "github:acme/demos/17")
    #expect(identity.attempt == 2)
    #expect(identity.page == "https://github.com/acme/demos/actions/runs/17")
  }

  @Test("a job of GitLab that is tried again has a higher number in the same pipeline") func gitlab() {
    let environment = [
      "CI_PIPELINE_ID": "9", "CI_JOB_ID": "41", "CI_JOB_NAME": "apply", "CI_PROJECT_PATH": "acme/demos",
      "CI_JOB_URL": "https://gitlab.com/acme/demos/-/jobs/41",
    ]
    let first = RunIdentity(environment: environment, host: "")
    let second = RunIdentity(environment: environment.merging(["CI_JOB_ID": "42"]) { $1 }, host: "")
    #expect(first.run == second.run)
    #expect(first.attempt == 41)
    #expect(second.attempt == 42)
  }

  @Test("any other system names its run itself") func named() {
    let identity = RunIdentity(environment: ["SPACEFORM_RUN_ID": "build-5", "SPACEFORM_RUN_ATTEMPT": "1"], host: "")
    #expect(identity == RunIdentity(owner: "run build-5 (attempt 1)", run: "build-5", attempt: 1))
  }

  @Test("a person is a name and a machine, and no domain") func person() {
    #expect(RunIdentity(environment: ["USER": "ada"], host: "workshop.acme.example") == RunIdentity(owner: "ada@workshop"))
    #expect(RunIdentity(environment: [:], host: "").owner == "somebody")
  }
}

@Suite("The folder of a project on the branch") struct BranchFolderTests {
  @Test(
    "its name is safe everywhere",
    arguments: [
      ("demos", "demos"), ("My demos", "My%20demos"), ("a/b", "a%2Fb"), (".git", "%2Egit"), ("..", "%2E."),
      ("größe", "gr%C3%B6%C3%9Fe"),
    ])
  func names(project: String, path: String) {
    #expect(BranchFolder(project: project, environment: nil).path == path)
    #expect(BranchFolder(project: project, environment: "staging").lock == path + "/staging/spaceform.lock")
  }
}
