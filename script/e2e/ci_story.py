"""The life of a change, on GitHub and on GitLab: planned on the change request, applied on main, watched for drift.

Every step of the composite actions runs as GitHub's runner runs it, and the script of every GitLab component as its runner does, against a
real git remote, the local Hub, and a local server for the code host. What the code host was asked for is compared with golden files.
"""

import base64
import json
import os
import re
import secrets
import subprocess
import sys
import time
from pathlib import Path

import yaml
from action_runner import Runner
from code_host import CodeHost
from git_server import GitServer
from git_state.team import BRANCH, Team
from harness import PROGRAMS, ROOT, Checks, Ended, Hub, workplace
from issuer import Issuer

GOLDEN = ROOT / "script" / "e2e" / "ci_golden"
ACTIONS = ROOT / "ci" / "github"
TEMPLATES = ROOT / "ci" / "gitlab" / "templates"


class GitHubJobs:
    """Jobs of a repository on GitHub, each on a checkout of its own."""

    name = "github"

    def __init__(self, team: Team, host: CodeHost) -> None:
        self.team, self.host, self.run = team, host, 0

    def job(self, revision: str, change: int | None = None, fork: bool = False, depth: int | None = None) -> Runner:
        self.run += 1
        project = self.team.member(f"job{self.run}", depth=depth)
        shallow = ["--depth", str(depth)] if depth else []
        self.team.git("fetch", "--quiet", *shallow, "origin", revision, cwd=project.folder)
        self.team.git("checkout", "--quiet", "--detach", revision, cwd=project.folder)
        event: dict = {"ref": "refs/heads/main"}
        if change:
            event = {"pull_request": {"number": change, "head": {"sha": revision, "repo": {"full_name": "eve/spaces" if fork else "acme/spaces"}}}}
        place = project.folder.parent / f"{project.folder.name}-event.json"
        place.write_text(json.dumps(event))
        environment = {name: value for name, value in project.environment.items() if name not in ("HF_TOKEN",)}
        environment |= {
            "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_REPOSITORY": "acme/spaces", "GITHUB_SHA": revision,
            "GITHUB_API_URL": self.host.url, "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": str(self.run),
            "GITHUB_RUN_ATTEMPT": "1", "GITHUB_EVENT_PATH": str(place),
            "GITHUB_EVENT_NAME": "pull_request" if change else "push",
        }
        context = {"github.token": self.host.token, "runner.temp": str(self.team.folder / f"temp{self.run}"), "runner.os": "Linux", "runner.arch": "X64"}
        runner = Runner(project.folder, environment, context)
        ended = runner.run(ACTIONS / "setup", {"path": str(PROGRAMS)})
        if ended.status != 0 or not ended.outputs["version"]:
            raise RuntimeError(f"setup: {ended}")
        return runner

    def do(self, runner: Runner, verb: str, **inputs: str):
        if verb in ("plan", "apply", "drift", "preview") and "hf-token" not in {name.replace("_", "-") for name in inputs}:
            inputs["hf_token"] = self.team.hub.token
        return runner.run(ACTIONS / verb, {name.replace("_", "-"): value for name, value in inputs.items()})


    def fix(self, runner: Runner) -> Ended:
        """`ci drift --fix`, which no action does by itself."""
        return program(self.team, runner.folder, runner.environment | {"GITHUB_TOKEN": self.host.token}, "ci", "drift", "--fix")


class GitLabJobs:
    """Jobs of a project on GitLab: the second document of a component, its inputs put in, its script run by sh."""

    name = "gitlab"

    def __init__(self, team: Team, host: CodeHost) -> None:
        self.team, self.host, self.run = team, host, 0

    def job(self, revision: str, change: int | None = None, fork: bool = False, depth: int | None = None):
        self.run += 1
        project = self.team.member(f"lab{self.run}", depth=depth)
        shallow = ["--depth", str(depth)] if depth else []
        self.team.git("fetch", "--quiet", *shallow, "origin", revision, cwd=project.folder)
        self.team.git("checkout", "--quiet", "--detach", revision, cwd=project.folder)
        environment = dict(project.environment)
        environment |= {
            "GITLAB_CI": "true", "CI": "true", "CI_PROJECT_ID": "42", "CI_PROJECT_PATH": "acme/spaces", "CI_COMMIT_SHA": revision,
            "CI_API_V4_URL": self.host.url, "CI_PIPELINE_ID": str(self.run), "CI_JOB_ID": str(1000 + self.run), "CI_JOB_NAME": "spaceform",
            "CI_JOB_URL": f"https://gitlab.com/acme/spaces/-/jobs/{1000 + self.run}",
            "CI_SERVER_URL": f"file://{self.team.folder}",
            "PATH": f"{PROGRAMS}{os.pathsep}{project.environment['PATH']}",
        }
        if not fork:
            environment["SPACEFORM_GITLAB_TOKEN"] = self.host.token
        if change:
            environment |= {
                "CI_MERGE_REQUEST_IID": str(change), "CI_MERGE_REQUEST_PROJECT_ID": "42",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "43" if fork else "42",
            }
        return project.folder, environment

    def fix(self, job) -> Ended:
        return program(self.team, job[0], job[1], "ci", "drift", "--fix")

    def do(self, job, verb: str, **inputs: str) -> Ended:
        folder, environment = job
        if inputs.pop("hf_token", None) == "":
            environment = {name: value for name, value in environment.items() if name != "HF_TOKEN"}
        document = component(verb, {name.replace("-", "_"): value for name, value in inputs.items()})
        (declared,) = document.values()
        words = {name: str(value) for name, value in declared.get("variables", {}).items()}
        script = "\n".join(line for line in declared["script"])
        if "set-url" in script:
            # The remote's address becomes the server's: here the server is a folder.
            (self.team.folder / "acme").mkdir(exist_ok=True)
            link = self.team.folder / "acme" / "spaces.git"
            if not link.exists():
                link.symlink_to(self.team.remote)
        done = subprocess.run(
            ["sh", "-e", "-c", script], cwd=folder, env=environment | words, capture_output=True, text=True, stdin=subprocess.DEVNULL,
            check=False)
        return Ended(["sh", verb], done.returncode, done.stdout, done.stderr)


def program(team: Team, folder: Path, environment: dict[str, str], *words: str) -> Ended:
    done = subprocess.run(
        [str(PROGRAMS / "spaceform"), *words], cwd=folder, env=environment | {"HF_TOKEN": team.hub.token}, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False)
    return Ended(["spaceform", *words], done.returncode, done.stdout, done.stderr)


def component(verb: str, inputs: dict[str, str]) -> dict:
    """The second document of a component with its inputs put in, as GitLab does it before it reads the text."""
    spec, text = (TEMPLATES / f"{verb}.yml").read_text().split("\n---\n")
    declared = yaml.safe_load(spec)["spec"]["inputs"]
    values = {name: (entry or {}).get("default") for name, entry in declared.items()} | {"image": "registry.example.org/spaceform:1"} | inputs
    unknown = set(values) - set(declared)
    if unknown:
        raise RuntimeError(f"{verb} has no inputs {unknown}")
    return yaml.safe_load(
        re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: str(values[found[1]]).lower() if isinstance(values[found[1]], bool) else str(values[found[1]]), text))


def golden(checks: Checks, jobs, name: str, calls: list[str]) -> None:
    """Compares what the code host was asked for with a file; SPACEFORM_UPDATE_GOLDEN=1 writes it."""
    text = "\n".join(re.sub(r"\b[0-9a-f]{40}\b", "COMMIT", call) for call in calls) + "\n"
    file = GOLDEN / f"{jobs.name}-{name}.txt"
    if os.environ.get("SPACEFORM_UPDATE_GOLDEN") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    checks.equal(text, file.read_text() if file.exists() else "", f"{jobs.name}: the code host was asked for {name} as recorded")


def story(checks: Checks, folder: Path, jobs_of) -> None:
    canary = f"canary-{secrets.token_hex(12)}"
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        team = Team(folder / "team", hub)
        jobs = jobs_of(team, host)
        what = jobs.name
        writer = team.member("writer")
        main = team.git("rev-parse", "main")

        # A first apply, from main, without a change request.
        host.told()
        ended = jobs.do(jobs.job(main), "apply")
        checks.equal(ended.status, 0, f"{what}: main is applied", ended)
        checks.equal(team.values(), {"0"}, f"{what}: and the Spaces are there")
        checks.that("No plan was reviewed" in ended.stderr, f"{what}: the log says that no plan was reviewed", ended)

        # A change request, and another push to it.
        def change(value: str, branch: str = "change", extra: str = "") -> str:
            team.git("checkout", "--quiet", "-B", branch, "origin/main", cwd=writer.folder)
            team.define(writer, value)
            if extra:
                writer.write("spaces/extra.space.yaml", extra)
            revision = team.commit(writer, f"Say {value}")
            team.git("push", "--quiet", "--force", "origin", f"HEAD:{branch}", cwd=writer.folder)
            return revision

        host.say(7, "<!-- spaceform:plan . | digest=sha256:forged -->\nApply this!")
        revision = change("one")
        host.told()
        job = jobs.job(revision, change=7, depth=1)
        ended = jobs.do(job, "validate")
        checks.equal(ended.status, 0, f"{what}: the change is valid", ended)
        ended = jobs.do(job, "plan")
        checks.equal(ended.status, 0, f"{what}: it is planned", ended)
        golden(checks, jobs, "plan", host.told())
        bodies = host.bodies(7)
        checks.that(len(bodies) == 2 and "3 to update" in bodies[1] and bodies[1].startswith("<!-- spaceform:plan . |"), f"{what}: a comment has the plan", bodies)
        checks.that("forged" in bodies[0], f"{what}: what somebody else wrote is left alone")
        if what == "github":
            notices = re.findall(r"^::notice file=spaces/([abc])\.space\.yaml,line=2,title=acme/[abc]::variables\.WHO 0 → one restarts$", ended.stdout, re.MULTILINE)
            checks.equal(sorted(notices), ["a", "b", "c"], f"{what}: each changed line has an annotation", ended)
            checks.that(f"::add-mask::{hub.token}\n" in ended.stdout, f"{what}: the runner is told to mask the token", ended)
            checks.that(hub.token not in ended.stdout.replace(f"::add-mask::{hub.token}\n", "") + ended.stderr, f"{what}: and the log does not have it", ended)
            checks.equal(ended.outputs["changes"], "3", f"{what}: an output says how many Spaces change", ended.outputs)
            checks.equal(ended.outputs["destroys"], "0", f"{what}: and how many go", ended.outputs)
            checks.equal(ended.outputs["monthly-usd-delta"], "0.00", f"{what}: and what it costs", ended.outputs)
            checks.that(Path(ended.outputs["plan-path"]).exists() and ended.used, f"{what}: the plan is kept", ended.used)
            checks.that("3 to update" in job.summary, f"{what}: the page of the run shows it")
            shown = writer.run("show", ended.outputs["plan-path"])
            checks.that(shown.status == 0 and "WHO" in shown.stdout, f"{what}: and can be shown", shown)
        checks.equal(team.values(), {"0"}, f"{what}: nothing is done yet")
        revision = change("two")
        ended = jobs.do(jobs.job(revision, change=7, depth=1), "plan")
        golden(checks, jobs, "plan again", host.told())
        checks.that(len(host.bodies(7)) == 2 and revision[:12] in host.bodies(7)[1], f"{what}: the same comment is edited", host.bodies(7))
        host.comments[7].pop()
        jobs.do(jobs.job(revision, change=7), "plan")
        checks.equal(len(host.bodies(7)), 2, f"{what}: a comment that was deleted is made again")
        host.told()

        # Merged, and applied as it was reviewed.
        def merge(branch: str = "change", number: int = 7) -> str:
            team.git("fetch", "--quiet", "origin", cwd=writer.folder)
            team.git("checkout", "--quiet", "-B", "main", "origin/main", cwd=writer.folder)
            team.git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "merge", "--quiet", "--no-ff", "-m", "Merge", f"origin/{branch}", cwd=writer.folder)
            team.git("push", "--quiet", "origin", "main", cwd=writer.folder)
            merged = team.git("rev-parse", "main")
            host.merged[merged] = number
            return merged

        merged = merge()
        ended = jobs.do(jobs.job(merged), "apply")
        checks.equal(ended.status, 0, f"{what}: what was merged is applied", ended)
        checks.equal(team.values(), {"two"}, f"{what}: and is on the Hub")
        golden(checks, jobs, "apply", host.told())
        again = jobs.do(jobs.job(merged), "apply")
        checks.equal(again.status, 0, f"{what}: a run again has nothing to do", again)

        # Somebody changes a Space between review and apply: that was not agreed to.
        revision = change("three", "other")
        jobs.do(jobs.job(revision, change=8), "plan")
        merged = merge("other", 8)
        hub.call("POST", "/api/spaces/acme/a/variables", {"key": "WHO", "value": "by hand"})
        hub.call("PUT", "/api/spaces/acme/b/settings", {"visibility": "public"})
        writer_visible = "visibility: private"
        ended = jobs.do(jobs.job(merged), "apply")
        checks.equal(ended.status, 0, f"{what}: a change by hand of what is to be changed anyway is no other plan", ended)
        team.git("checkout", "--quiet", "-B", "third", "origin/main", cwd=writer.folder)
        team.git("fetch", "--quiet", "origin", cwd=writer.folder)
        team.git("reset", "--quiet", "--hard", "origin/main", cwd=writer.folder)
        writer.write("spaces/a.space.yaml", f"name: a\n{writer_visible}\nvariables: {{ WHO: 'four' }}\n")
        revision = team.commit(writer, "Say four")
        team.git("push", "--quiet", "--force", "origin", "HEAD:third", cwd=writer.folder)
        jobs.do(jobs.job(revision, change=9), "plan")
        merged = merge("third", 9)
        hub.call("POST", "/api/spaces/acme/c/variables", {"key": "WHO", "value": "by hand"})
        host.told()
        job = jobs.job(merged)
        ended = jobs.do(job, "apply")
        checks.equal(ended.status, 5, f"{what}: a plan that does more than was reviewed is not applied", ended)
        checks.that("by hand" in ended.stdout and "on-change" in ended.stderr, f"{what}: it is shown, with the way out", ended)
        checks.equal(host.open_issues(), [], f"{what}: and is no failure that an issue is about")
        if what == "github":
            checks.that("does more than was reviewed" in job.summary, f"{what}: the page of the run says so", job.summary)
        ended = jobs.do(jobs.job(merged), "apply", on_change="apply")
        checks.equal(ended.status, 0, f"{what}: unless that is asked for", ended)
        checks.equal(team.values(), {"three", "four"}, f"{what}: then everything is as defined")

        # An older revision is refused.
        ended = jobs.do(jobs.job(main), "apply")
        checks.equal(ended.status, 5, f"{what}: an older commit is not applied", ended)

        # Drift.
        hub.call("POST", "/api/spaces/acme/b/variables", {"key": "WHO", "value": f"@team <b>{canary[:6]}</b> | `x`"})
        host.told()
        job = jobs.job(merged)
        ended = jobs.do(job, "drift")
        checks.equal(ended.status, 0, f"{what}: drift is looked for", ended)
        golden(checks, jobs, "drift", host.told())
        issues = host.open_issues()
        checks.that(len(issues) == 1 and "acme/b" in issues[0]["body"], f"{what}: an issue is opened", issues)
        checks.that("| <code>acme/b</code> | 1 setting |" in issues[0]["body"], f"{what}: with a table", issues)
        jobs.do(jobs.job(merged), "drift")
        checks.equal(len(host.issues), 1, f"{what}: the same one stays")
        hub.call("POST", "/api/spaces/acme/b/variables", {"key": "WHO", "value": "three"})
        host.told()
        jobs.do(jobs.job(merged), "drift")
        golden(checks, jobs, "no drift", host.told())
        checks.that(not host.open_issues() and "again" in host.issues[0]["said"][0], f"{what}: and is closed with a word when it is gone", host.issues)

        # Drift that is put right, unless something else is waiting.
        hub.call("POST", "/api/spaces/acme/b/variables", {"key": "WHO", "value": "by hand"})
        waiting = jobs.job(merged)
        place = waiting.folder if what == "github" else waiting[0]
        (place / "spaces" / "new.space.yaml").write_text("name: new\n")
        ended = jobs.fix(waiting)
        checks.that(ended.status == 0 and "not applied yet" in ended.stderr and len(host.open_issues()) == 1,
                    f"{what}: drift is not put right while definitions wait", ended)
        ended = jobs.fix(jobs.job(merged))
        checks.that(ended.status == 0 and team.values() == {"three", "four"} and not host.open_issues(), f"{what}: else it is, and the issue is closed", ended)

        # An apply that fails, and one that succeeds.
        team.git("checkout", "--quiet", "-B", "main", "origin/main", cwd=writer.folder)
        writer.write("spaces/d.space.yaml", "name: d\nhardware: no-such-flavour\n")
        broken = team.commit(writer, "A flavour that is not there")
        team.git("push", "--quiet", "origin", "main", cwd=writer.folder)
        job = jobs.job(broken)
        ended = jobs.do(job, "apply")
        checks.that(ended.status not in (0, 5), f"{what}: what the Hub refuses fails the job", ended)
        issues = host.open_issues()
        checks.that(len(issues) == 1 and "fails" in issues[0]["title"] and "acme/d" in issues[0]["body"], f"{what}: an issue tells of it", issues)
        writer.write("spaces/d.space.yaml", "name: d\nvariables: { WHO: 'three' }\n")
        fixed = team.commit(writer, "Another")
        team.git("push", "--quiet", "origin", "main", cwd=writer.folder)
        ended = jobs.do(jobs.job(fixed), "apply")
        checks.that(ended.status == 0 and not host.open_issues(), f"{what}: and is closed by the next success", ended)

        failures(checks, jobs, team, host, change)
        texts = json.dumps([host.comments, host.issues])
        checks.that(team.hub.token not in texts and host.token not in texts, f"{what}: no token is in what was posted")


def failures(checks: Checks, jobs, team: Team, host: CodeHost, change) -> None:
    """What goes wrong with a code host does not go wrong with the job."""
    what = jobs.name
    revision = change("five", "fork")
    before = len(host.bodies(11))
    host.told()
    ended = jobs.do(jobs.job(revision, change=11, fork=True), "plan", hf_token="")
    checks.equal(ended.status, 0, f"{what}: a fork's change is planned", ended)
    checks.that("Offline" in ended.stdout and "fork" in ended.stderr, f"{what}: offline, and the log says why", ended)
    checks.that(len(host.bodies(11)) == before and not host.told(), f"{what}: and nothing is posted", host.bodies(11))
    ended = jobs.do(jobs.job(revision, change=11), "plan", hf_token="")
    checks.that(ended.status == 0 and "Offline" in host.bodies(11)[0], f"{what}: without a token the comment has an offline plan", ended)
    checks.that("digest=" not in host.bodies(11)[0].splitlines()[0], f"{what}: which nobody can have agreed to", host.bodies(11))
    host.forbids_writing = True
    ended = jobs.do(jobs.job(revision, change=11), "plan")
    checks.that(ended.status == 0 and "not posted" in ended.stderr and "403" in ended.stderr, f"{what}: a token that may not write is said", ended)
    checks.that(("pull-requests: write" if what == "github" else "scope `api`") in ended.stderr, f"{what}: with what it lacks", ended)
    host.forbids_writing = False
    host.refusals = [(503, {}, "down"), (429, {"retry-after": "1"}, "slow down")]
    ended = jobs.do(jobs.job(revision, change=11), "plan")
    checks.that(ended.status == 0 and "five" in host.bodies(11)[0], f"{what}: an outage and a limit are waited out", ended)
    host.refusals = [(429, {"retry-after": "4000"}, "much too much")]
    ended = jobs.do(jobs.job(revision, change=11), "plan")
    checks.that(ended.status == 0 and "limit of calls" in ended.stderr, f"{what}: a limit of an hour is not", ended)
    for value in ("--> <script>alert(1)</script> @everyone ![x](y)", "```\n::error::forged\n```"):
        revision = change(value.replace("\n", "\\n").replace("'", "") if "\n" not in value else "lines", "fork", f"name: extra\nvariables: {{ WHO: {json.dumps(value)} }}\n")
        ended = jobs.do(jobs.job(revision, change=11), "plan")
        body = host.bodies(11)[0]
        outside = re.sub(r"(?s)(`{3,})text\n.*?\n\1", "", body)
        checks.that(ended.status == 0 and "script>" not in outside and "everyone" not in outside and "forged" not in outside,
                    f"{what}: values are text in a block of code and nothing else", outside)
        checks.that(not any(line.startswith("::error::forged") for line in ended.stdout.splitlines()), f"{what}: nor commands to the runner", ended)
    revision = change("x'\nname: ]", "fork")
    ended = jobs.do(jobs.job(revision, change=11), "plan")
    checks.that(ended.status == 3 and "have errors" in host.bodies(11)[0], f"{what}: definitions with errors are told in the comment", ended)


def newcomer(checks: Checks, folder: Path) -> None:
    """The commands of docs/ci.md one after the other, then the workflow that they wrote, job by job: from nothing to the first Space."""
    guide = (ROOT / "docs" / "ci.md").read_text().split("## From nothing to the first Space")[1]
    commands = [line[2:] for line in guide.split("```console\n")[1].split("```")[0].splitlines() if line.startswith("$ ")]
    issuer = Issuer("header.payload.signature", "request-token")
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        team = Team(folder / "team", hub)
        place = folder / "team" / "new"
        environment = team.environment | {"COMMIT": "c0ffee" * 6 + "c0de", "PATH": f"{PROGRAMS}{os.pathsep}{team.environment['PATH']}"}
        for name in ("AUTHOR", "COMMITTER"):
            environment |= {f"GIT_{name}_NAME": "Ada", f"GIT_{name}_EMAIL": "ada@example.org"}
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(folder / "team" / "new.git")], env=environment, check=True)
        subprocess.run(["git", "init", "-q", "-b", "main", str(place)], env=environment, check=True)
        subprocess.run(["git", "remote", "add", "origin", f"file://{folder}/team/new.git"], cwd=place, env=environment, check=True)
        checks.equal(len(commands), 6, "the guide has six commands", commands)
        for command in commands:
            done = subprocess.run(["bash", "-c", command], cwd=place, env=environment, capture_output=True, text=True, check=False)
            checks.equal(done.returncode, 0, f"the guide's `{command}` works", done.stdout + done.stderr)
        team.remote = folder / "team" / "new.git"
        jobs = GitHubJobs(team, host)
        revision = team.git("rev-parse", "main")
        workflow = yaml.safe_load((place / ".github" / "workflows" / "spaces.yml").read_text())
        for name, change in (("plan", 1), ("apply", None)):
            runner = jobs.job(revision, change=change)
            runner.environment |= {"ACTIONS_ID_TOKEN_REQUEST_URL": issuer.url, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "request-token"}
            runner.context |= {"secrets.HF_READ_TOKEN": "hf_readonly", "secrets.HF_BOOTSTRAP_TOKEN": hub.token}
            for step in workflow["jobs"][name]["steps"]:
                action, _, commit = step["uses"].partition("@")
                if not action.startswith("acme/spaceform/"):
                    continue
                checks.equal(commit, environment["COMMIT"], f"the job {name} uses actions by their commit")
                inputs = {key: runner.evaluate(str(value), {}) for key, value in step.get("with", {}).items()}
                if action.endswith("/setup"):
                    inputs = {"path": str(PROGRAMS)}
                ended = runner.run(ROOT / action.removeprefix("acme/spaceform/"), inputs)
                checks.equal(ended.status, 0, f"the job {name} runs {action}", ended)
        checks.that(len(host.bodies(1)) == 1 and "1 to create" in host.bodies(1)[0], "the plan was on the pull request", host.bodies(1))
        checks.equal(hub.spaces(), ["acme/hello"], "and the first Space is there")
    issuer.close()


def elsewhere(checks: Checks, folder: Path) -> None:
    """A shell, a dry run, and a project that is a folder of its repository."""
    with Hub(folder / "hub2", speed=200) as hub, CodeHost() as host:
        team = Team(folder / "team2", hub)
        project = team.member("shell")
        ended = project.run("ci", "plan", "--dry-run")
        checks.that(ended.status == 0 and "Neither GitHub Actions nor GitLab" in ended.stderr, "a shell: it says that it found no CI", ended)
        checks.that("output changes=3" in ended.stdout and "--- the summary of the job ---" in ended.stdout, "and a dry run shows what it would leave", ended)
        event = folder / "event.json"
        event.write_text(json.dumps({"pull_request": {"number": 5, "head": {"sha": "c0ffee", "repo": {"full_name": "acme/spaces"}}}}))
        github = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/spaces", "GITHUB_EVENT_PATH": str(event), "GITHUB_API_URL": host.url, "GITHUB_TOKEN": host.token}
        ended = project.run("ci", "plan", "--dry-run", environment=github)
        checks.that("--- the comment on pull request #5 ---" in ended.stdout and not host.told(), "and what it would post, without a call", ended)
        ended = project.run("ci", "plan", "--no-post", environment=github)
        checks.that(ended.status == 0 and not host.told(), "with --no-post nothing is posted", ended)
        project.write("spaceform.yaml", "version: 1\nproject: demos\nowner: acme\n")
        ended = project.run("ci", "apply")
        checks.that(ended.status == 64 and "store: git" in ended.stderr, "a state in a file is refused, with the way out", ended)
        ended = project.run("ci", "apply", "--dry-run")
        checks.equal(ended.status, 64, "an apply is not rehearsed", ended)
        # Two projects in one repository keep a comment each.
        for name in ("one two", "three"):
            (project.folder / name / "spaces").mkdir(parents=True)
            project.write(f"{name}/spaceform.yaml", "version: 1\nproject: demos\nowner: acme\n")
            project.write(f"{name}/spaces/x.space.yaml", f"name: x-{len(name)}\n")
            done = subprocess.run(
                [str(PROGRAMS / "spaceform"), "-C", name, "ci", "plan"], cwd=project.folder, env=project.environment | github,
                capture_output=True, text=True, check=False)
            checks.equal(done.returncode, 0, f"a project in the folder `{name}` is planned", done.stderr)
        first = [body.splitlines()[0].partition(" |")[0] for body in host.bodies(5)]
        checks.equal(first, ["<!-- spaceform:plan one%20two", "<!-- spaceform:plan three"], "each project has a comment of its own")
        # The actions in a folder whose name has a space, on a detached HEAD of a shallow clone.
        jobs = GitHubJobs(team, host)
        writer = team.member("spaces")
        (writer.folder / "my project" / "spaces").mkdir(parents=True)
        writer.write("my project/spaceform.yaml", "version: 1\nproject: mine\nowner: acme\nstate: { store: git }\n")
        writer.write("my project/spaces/y.space.yaml", "name: y\n")
        revision = team.commit(writer, "A folder")
        team.git("push", "--quiet", "origin", "HEAD:main", cwd=writer.folder)
        runner = jobs.job(revision, change=6, depth=1)
        for verb in ("validate", "plan"):
            ended = jobs.do(runner, verb, working_directory="my project")
            checks.equal(ended.status, 0, f"{verb} of a folder whose name has a space", ended)
        checks.that("1 to create" in host.bodies(6)[0] and host.bodies(6)[0].startswith("<!-- spaceform:plan my%20project |"), "and it has its comment", host.bodies(6))
        ended = jobs.do(jobs.job(revision), "apply", working_directory="my project")
        checks.that(ended.status == 0 and "acme/y" in hub.spaces(), "and is applied", ended)
        reports = project.folder / "reports of all"
        ended = project.run("ci", "validate", "--reports", str(reports))
        checks.equal(sorted(path.name for path in reports.iterdir()), ["gl-code-quality-report.json", "spaceform-junit.xml", "spaceform.sarif"], "reports are written where they are wanted")


def preview(checks: Checks, folder: Path) -> None:
    """Copies for a change request: made, kept up to date, removed with it; and the ones that nobody closed, by age."""
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        team = Team(folder / "team", hub)
        jobs = GitHubJobs(team, host)
        writer = team.member("writer")
        settings = "version: 1\nproject: demos\nowner: acme\ndefaults: { wait: { for: none } }\nstate: { store: git }\n"
        writer.write("spaceform.yaml", settings + "preview: { secrets: [SHARED], ttl: 1h }\n")
        writer.write("spaces/a.space.yaml", "name: a\nvisibility: public\nvariables: { WHO: '0' }\nsecrets: { SHARED: { env: SHARED }, OWN: { env: OWN } }\n")
        writer.write("spaces/b.space.yaml", "name: b\nvariables: { WHO: '0', OTHER: '${space.c.id}' }\n")
        main = team.commit(writer, "Secrets")
        team.git("push", "--quiet", "origin", "HEAD:main", cwd=writer.folder)

        def push(branch: str, text: str) -> str:
            team.git("checkout", "--quiet", "-B", branch, main, cwd=writer.folder)
            if text:
                for line in text.split("|"):
                    name, _, body = line.partition(":")
                    writer.write(f"spaces/{name}.space.yaml", f"name: {name}\n{body}\n")
            revision = team.commit(writer, branch)
            team.git("push", "--quiet", "--force", "origin", f"HEAD:{branch}", cwd=writer.folder)
            return revision

        def job(revision: str, change: int, action: str = "synchronize", **more):
            runner = jobs.job(revision, change=change, **more)
            place = Path(runner.environment["GITHUB_EVENT_PATH"])
            event = json.loads(place.read_text())
            event["action"] = action
            event["pull_request"]["base"] = {"sha": main}
            place.write_text(json.dumps(event))
            runner.environment |= {"SHARED": "shared-value", "OWN": "own-value"}
            return runner

        def run(revision: str, change: int, action: str = "synchronize", **more):
            inputs = {name: more.pop(name) for name in ("target", "expired", "hf_token") if name in more}
            return jobs.do(job(revision, change, action, **more), "preview", **inputs)

        def environments() -> list[str]:
            return team.git("ls-tree", "--name-only", f"{BRANCH}:demos", check=False).split()

        # The Space that changes, and what it refers to.
        secret = "secrets: { SHARED: { env: SHARED }, OWN: { env: OWN } }"
        first = push("one", f"a:visibility: public\nhardware: cpu-upgrade\nsleep_time: 1h\nvariables: {{ WHO: 'one' }}\n{secret}")
        host.told()
        ended = run(first, 7)
        checks.equal(ended.status, 0, "preview: copies are made", ended)
        golden(checks, jobs, "preview", host.told())
        checks.equal(hub.spaces(), ["acme/a-pr-7"], "preview: of the Space that changes, and of no other")
        _, info = hub.call("GET", "/api/spaces/acme/a-pr-7")
        checks.that(info["private"] is True and info["runtime"]["hardware"]["requested"] == "cpu-basic", "preview: private, on free hardware", info)
        _, held = hub.call("GET", "/api/spaces/acme/a-pr-7/secrets")
        checks.equal(sorted(held), ["SHARED"], "preview: with the secret that is permitted, and no other")
        body = host.bodies(7)[-1]
        checks.that(body.startswith("<!-- spaceform:preview . ") and info["host"] in body and "OWN" in body, "preview: a comment says where, and what it goes without", body)
        checks.that(ended.outputs["spaces"] == "1" and ended.outputs["url"] == info["host"], "preview: outputs too", ended.outputs)
        checks.equal(json.loads(ended.outputs["urls"]), {"acme/a": info["host"]}, "preview: all of them as an object", ended.outputs)
        ended = run(push("two", "b:variables: { WHO: 'b', OTHER: '${space.c.id}' }"), 8)
        checks.equal(hub.spaces(), ["acme/a-pr-7", "acme/b-pr-8", "acme/c-pr-8"], "preview: what a Space refers to gets a copy too", ended)
        _, variables = hub.call("GET", "/api/spaces/acme/b-pr-8/variables")
        checks.equal(variables["OTHER"]["value"], "acme/c-pr-8", "preview: and is what it refers to then", variables)

        # Pushed again, rewritten, to something else.
        before = len(host.comments[7])
        ended = run(push("one", "c:variables: { WHO: 'c' }"), 7)
        checks.equal(ended.status, 0, "preview: it follows a branch that is rewritten", ended)
        checks.equal(hub.spaces(), ["acme/b-pr-8", "acme/c-pr-7", "acme/c-pr-8"], "preview: what does not change any more is removed")
        checks.that(len(host.comments[7]) == before and "acme/c-pr-7" in host.bodies(7)[-1], "preview: in the same comment", host.bodies(7))
        ended = run(push("one", ""), 7)
        checks.that(ended.status == 0 and "acme/c-pr-7" not in hub.spaces() and "nothing to preview" in host.bodies(7)[-1], "preview: nothing changes, nothing is there", ended)
        checks.equal(environments(), ["pr-8"], "preview: and no state of it is left")
        checks.equal(run(push("three", ""), 9).status, 0, "preview: a change without a Space is fine")
        checks.equal(host.bodies(9), [], "preview: and gets no comment")

        # Closed, twice.
        ended = run(team.git("rev-parse", "two"), 8, "closed")
        checks.that(ended.status == 0 and hub.spaces() == [] and "removed" in host.bodies(8)[-1], "preview: closed, it is removed", ended)
        checks.equal(environments(), [], "preview: with its state")
        ended = run(team.git("rev-parse", "two"), 8, "closed")
        checks.that(ended.status == 0 and "no preview" in ended.stderr, "preview: to remove it again is fine", ended)

        # What is somebody else's stays.
        hub.call("POST", "/api/repos/create", {"type": "space", "organization": "acme", "name": "a-pr-10", "sdk": "docker"})
        ended = run(first, 10)
        checks.that(ended.status != 0 and "acme/a-pr-10" in ended.stderr + ended.stdout, "preview: an address that is taken is refused", ended)
        checks.that("acme/a-pr-10" in host.bodies(10)[-1], "preview: the comment says so", host.bodies(10))
        run(first, 10, "closed")
        checks.equal(hub.spaces(), ["acme/a-pr-10"], "preview: and what it did not make it does not remove")

        # Left out, refused, explained.
        host.told()
        ended = run(first, 11, fork=True)
        checks.that(ended.status == 0 and "fork" in ended.stderr and not host.told() and hub.spaces() == ["acme/a-pr-10"], "preview: never for a fork", ended)
        runner = job(first, 12, depth=1)
        ended = jobs.do(runner, "preview")
        checks.that(ended.status != 0 and "fetch-depth: 0" in ended.stderr, "preview: a shallow clone is told of", ended)
        ended = jobs.do(runner, "preview", target="b\nc")
        checks.that(ended.status == 0 and {"acme/b-pr-12", "acme/c-pr-12"} <= set(hub.spaces()), "preview: named Spaces need no history", ended)
        ended = program(team, runner.folder, runner.environment, "ci", "preview", "--dry-run", "--target", "a")
        checks.that(ended.status == 0 and "acme/a-pr-12" in ended.stdout and "acme/a-pr-12" not in hub.spaces(), "preview: a dry run shows the plan", ended)
        ended = run(first, 13, hf_token="")
        checks.that(ended.status == 4 and "HF_TOKEN" in ended.stderr, "preview: no token is told of", ended)

        # Nobody closes it: by age. The Hub's clock runs 200 times as fast.
        team.git("checkout", "--quiet", "-B", "main", main, cwd=writer.folder)
        sweep = jobs.job(main)
        run(first, 14)
        ended = jobs.do(sweep, "preview", expired="true")
        checks.that(ended.status == 0 and "acme/a-pr-14" in hub.spaces(), "preview: a young one stays", ended)
        deadline = time.monotonic() + 120
        while "acme/a-pr-14" in hub.spaces() and time.monotonic() < deadline:
            time.sleep(2)
            ended = jobs.do(sweep, "preview", expired="true")
        checks.that(ended.status == 0 and hub.spaces() == ["acme/a-pr-10"], "preview: an old one goes", ended)
        checks.that("nothing changed for 1h" in host.bodies(12)[-1], "preview: and the comment says why", host.bodies(12))
        checks.equal(environments(), [], "preview: no state is left of them")

        # On GitLab, and elsewhere.
        lab = GitLabJobs(team, host)
        place, environment = lab.job(first, change=21)
        environment |= {"CI_MERGE_REQUEST_DIFF_BASE_SHA": main, "SHARED": "shared-value", "OWN": "own-value"}
        host.told()
        ended = program(team, place, environment, "ci", "preview")
        checks.that(ended.status == 0 and "acme/a-pr-21" in hub.spaces() and "acme/a-pr-21" in host.bodies(21)[-1], "preview: GitLab", ended)
        ended = program(team, place, environment, "ci", "preview", "--close")
        checks.that(ended.status == 0 and "acme/a-pr-21" not in hub.spaces(), "preview: GitLab, closed", ended)
        plain = {name: value for name, value in environment.items() if not name.startswith(("CI_", "GITLAB"))}
        ended = program(team, place, plain, "ci", "preview")
        checks.that(ended.status == 64 and "--number" in ended.stderr, "preview: elsewhere it has to be told the number", ended)
        ended = program(team, place, plain, "ci", "preview", "--number", "31", "--base", "origin/main")
        checks.that(ended.status == 0 and "acme/a-pr-31" in hub.spaces(), "preview: and the base", ended)
        texts = json.dumps(host.comments) + "".join(ended.stdout + ended.stderr)
        checks.that(not any(word in texts for word in ("shared-value", "own-value", hub.token)), "preview: no secret is in what was posted")


def credentials(checks: Checks, folder: Path) -> None:
    """The checkout keeps no credential; git gets the job's token from the verb, and a header that is there already is not doubled."""
    with Hub(folder / "hub", speed=200) as hub, CodeHost() as host:
        team = Team(folder / "team", hub)
        word = base64.b64encode(f"x-access-token:{host.token}".encode()).decode()
        server = GitServer(team.folder, f"basic {word}")
        team.git("config", "http.receivepack", "true")
        jobs = GitHubJobs(team, host)
        main = team.git("rev-parse", "main")
        for what in ("no credential", "a credential"):
            runner = jobs.job(main)
            runner.environment["GITHUB_SERVER_URL"] = server.url
            team.git("remote", "set-url", "origin", f"{server.url}/{team.remote.name}", cwd=runner.folder)
            if what == "a credential":
                team.git("config", f"http.{server.url}/.extraheader", f"AUTHORIZATION: basic {word}", cwd=runner.folder)
            before = (runner.folder / ".git" / "config").read_text()
            server.refused, asked = 0, len(server.asked)
            ended = jobs.do(runner, "apply")
            checks.that(ended.status == 0 and len(server.asked) > asked and server.refused == 0, f"credentials: an apply where the checkout left {what}", ended)
            checks.that(what == "a credential" or f"::add-mask::{word}" in ended.stdout, "credentials: the log is told to mask the header", ended)
            checks.that(word not in ended.stdout.replace(f"::add-mask::{word}", "") + ended.stderr, "credentials: and does not show it", ended)
            checks.equal((runner.folder / ".git" / "config").read_text(), before, f"credentials: nothing is written down ({what})")
        runner = jobs.job(main)
        runner.environment["GITHUB_SERVER_URL"] = "https://github.invalid"
        team.git("remote", "set-url", "origin", f"{server.url}/{team.remote.name}", cwd=runner.folder)
        ended = jobs.do(runner, "apply")
        checks.that(ended.status == 1 and server.refused > 0 and word not in ended.stderr, "credentials: no other server gets the token", ended)
        server.close()


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        which = sys.argv[1:] or ["github", "gitlab", "preview", "credentials", "newcomer", "elsewhere"]
        if "github" in which:
            story(checks, folder / "github", GitHubJobs)
        if "gitlab" in which:
            story(checks, folder / "gitlab", GitLabJobs)
        if "preview" in which:
            preview(checks, folder / "preview")
        if "credentials" in which:
            credentials(checks, folder / "credentials")
        if "newcomer" in which:
            newcomer(checks, folder / "newcomer")
        if "elsewhere" in which:
            (folder / "elsewhere").mkdir()
            elsewhere(checks, folder / "elsewhere")
    checks.finish()


if __name__ == "__main__":
    main()
