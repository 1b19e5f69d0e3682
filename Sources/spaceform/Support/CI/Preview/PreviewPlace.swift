import Console
import Diagnostics
import GitState
import Hub
import Reports
import SpaceModel

/// What every step of a preview works with.
struct PreviewPlace: Sendable {
  let project: Project
  let job: CIJob
  let context: JobContext
  let options: GlobalOptions
  let hub: HubClient
  let declaration: GitStoreDeclaration
  let patience: TimeSpan?
  let parallelism: Int

  init(_ project: Project, _ job: CIJob, _ options: GlobalOptions, patience: TimeSpan?, parallelism: Int) throws(Failure) {
    try CIApplying.requireBranch(project)
    guard case .git(let declaration) = project.fleet.project.state else { preconditionFailure("required above") }
    self.project = project
    self.job = job
    self.options = options
    self.declaration = declaration
    self.patience = patience
    self.parallelism = parallelism
    context = try job.context(project.folder, project: project.fleet.project.name)
    hub = try HubAccess.client(options)
  }

  /// The state of an environment.
  func store(_ environment: String?) throws(Failure) -> GitStateStore {
    try StateAccess.branch(
      project.folder.inEnvironment(environment), project: project.fleet.project.name, declaration, options)
  }

  /// Keeps the comment about a preview up to date.
  /// - Parameter isNew: whether one is written where there is none.
  func comment(_ text: String, on number: Int, isNew: Bool = true) async {
    let marker = context.marker(.preview)
    if job.isDry { return Terminal.output("--- the comment on change \(number) ---\n\(text)\n") }
    await job.post("The comment on change \(number)") {
      isNew
        ? try await $0.comment(text, marker: marker, on: number) : try await $0.revise(text, marker: marker, on: number)
    }
  }
}
