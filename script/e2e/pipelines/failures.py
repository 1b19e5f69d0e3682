"""An apply that fails is told in an issue; neither a code host that fails nor a value that is meant to do harm makes a job fail."""

import json
import re

from .story import Story


def failed_apply(story: Story) -> None:
    """One that fails, and one that succeeds."""
    checks, jobs, host, what = story.checks, story.jobs, story.host, story.what

    def pushed(text: str, message: str) -> str:
        story.writer.write("spaces/d.space.yaml", text)
        revision = story.team.commit(story.writer, message)
        story.team.push(story.writer)
        return revision

    story.branch("main")
    broken = pushed("name: d\nhardware: no-such-flavour\n", "A flavour that is not there")
    ended = jobs.do(jobs.job(broken), "apply")
    checks.that(ended.status not in (0, 5), f"{what}: what the Hub refuses fails the job", ended)
    issues = host.open_issues()
    told = len(issues) == 1 and "fails" in issues[0]["title"] and "acme/d" in issues[0]["body"]
    checks.that(told, f"{what}: an issue tells of it", issues)
    fixed = pushed("name: d\nvariables: { WHO: 'three' }\n", "Another")
    ended = jobs.do(jobs.job(fixed), "apply")
    checks.that(ended.status == 0 and not host.open_issues(), f"{what}: and is closed by the next success", ended)


def unwilling_host(story: Story) -> None:
    """A token that may not write, outages, limits."""
    checks, jobs, host, what = story.checks, story.jobs, story.host, story.what
    revision = story.team.git("rev-parse", "fork")
    host.forbids_writing = True
    ended = jobs.do(jobs.job(revision, change=11), "plan")
    said = ended.status == 0 and "not posted" in ended.stderr and "403" in ended.stderr
    checks.that(said, f"{what}: a token that may not write is said", ended)
    checks.that(("pull-requests: write" if what == "github" else "scope `api`") in ended.stderr, f"{what}: with what it lacks", ended)
    host.forbids_writing = False
    host.refusals = [(503, {}, "down"), (429, {"retry-after": "1"}, "slow down")]
    ended = jobs.do(jobs.job(revision, change=11), "plan")
    checks.that(ended.status == 0 and "five" in host.bodies(11)[0], f"{what}: an outage and a limit are waited out", ended)
    host.refusals = [(429, {"retry-after": "4000"}, "much too much")]
    ended = jobs.do(jobs.job(revision, change=11), "plan")
    checks.that(ended.status == 0 and "limit of calls" in ended.stderr, f"{what}: a limit of an hour is not", ended)


def hostile_values(story: Story) -> None:
    """Values that read like HTML, Markdown or a command to the runner, and definitions that cannot be read."""
    checks, jobs, host, what = story.checks, story.jobs, story.host, story.what
    for value in ("--> <script>alert(1)</script> @everyone ![x](y)", "```\n::error::forged\n```"):
        extra = f"name: extra\nvariables: {{ WHO: {json.dumps(value)} }}\n"
        revision = story.change("lines" if "\n" in value else value, "fork", extra)
        ended = jobs.do(jobs.job(revision, change=11), "plan")
        outside = re.sub(r"(?s)(`{3,})text\n.*?\n\1", "", host.bodies(11)[0])
        harmless = ended.status == 0 and not any(word in outside for word in ("script>", "everyone", "forged"))
        checks.that(harmless, f"{what}: values are text in a block of code and nothing else", outside)
        obeyed = any(line.startswith("::error::forged") for line in ended.stdout.splitlines())
        checks.that(not obeyed, f"{what}: nor commands to the runner", ended)
    revision = story.change("x'\nname: ]", "fork")
    ended = jobs.do(jobs.job(revision, change=11), "plan")
    checks.that(ended.status == 3 and "have errors" in host.bodies(11)[0], f"{what}: definitions with errors are told in the comment", ended)


def no_token_posted(story: Story) -> None:
    texts = json.dumps([story.host.comments, story.host.issues])
    story.checks.that(story.hub.token not in texts and story.host.token not in texts, f"{story.what}: no token is in what was posted")
