"""One repository and those who work in it: who writes changes, who merges them, and the jobs that run for both."""

from harness import Checks

from .jobs import Jobs


class Story:
    """The change requests of one repository on one code host, in order."""

    def __init__(self, checks: Checks, jobs: Jobs) -> None:
        self.checks, self.jobs = checks, jobs
        self.team, self.host, self.hub = jobs.team, jobs.host, jobs.team.hub
        self.what = jobs.name
        self.writer = self.team.member("writer")
        # The first revision of main, and the last one that came by a change request.
        self.first = self.merged = self.team.git("rev-parse", "main")

    def branch(self, name: str) -> None:
        """The writer begins a branch at what main is now."""
        self.team.git("fetch", "--quiet", "origin", cwd=self.writer.folder)
        self.team.git("checkout", "--quiet", "-B", name, "origin/main", cwd=self.writer.folder)

    def propose(self, message: str, branch: str) -> str:
        """Everything that the writer has written, as a commit of the branch, whatever was pushed there before."""
        revision = self.team.commit(self.writer, message)
        self.team.push(self.writer, branch, "--force")
        return revision

    def change(self, value: str, branch: str = "change", extra: str = "") -> str:
        """A change request that gives every Space this value, or another push to it."""
        self.branch(branch)
        self.team.define(self.writer, value)
        if extra:
            self.writer.write("spaces/extra.space.yaml", extra)
        return self.propose(f"Say {value}", branch)

    def merge(self, branch: str, number: int) -> str:
        self.branch("main")
        identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        self.team.git(*identity, "merge", "--quiet", "--no-ff", "-m", "Merge", f"origin/{branch}", cwd=self.writer.folder)
        self.team.push(self.writer)
        self.merged = self.team.git("rev-parse", "main")
        self.host.merged[self.merged] = number
        return self.merged
