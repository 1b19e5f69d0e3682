import Diagnostics
import Hub
import Reconciler
import SpaceModel

/// An apply of a job: nobody to ask, no saved plan, the state on a branch.
enum CIApplying {
  /// Refuses a state that would go with the job's machine.
  static func requireBranch(_ project: Project) throws(Failure) {
    guard project.fleet.project.state == .file else { return }
    throw Failure(
      doing: "applying in CI", problem: "the state is a file, which goes with the job's machine",
      help: "Put `state: { store: git }` into \(ProjectFolder.fileName): then it is on a branch of the repository.",
      status: .usage)
  }

  static func run(
    _ project: Project, _ hub: HubClient, _ lease: ApplyLease, _ options: GlobalOptions, _ flags: PlanFlags, parallelism: Int,
    mayRollBack: Bool
  ) throws(Failure) -> ApplyRun {
    ApplyRun(
      project: project, hub: hub, secrets: try SecretValues(options, folder: project.folder), session: lease.session,
      options: options, format: .human, flags: flags.options, usesLivePrices: flags.livePrices, comparesFiles: flags.diff,
      parallelism: parallelism, saved: nil, savedName: "", mayAsk: false, mayRollBack: mayRollBack, signals: lease.signals)
  }
}
