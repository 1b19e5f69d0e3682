"""A change request is planned for review, and what was merged is applied as it was reviewed, or not at all."""

import re
from pathlib import Path

from action_runner import Ran, Runner

from .golden import golden
from .story import Story


def first_apply(story: Story) -> None:
    """From main, without a change request."""
    checks, jobs, what = story.checks, story.jobs, story.what
    story.host.told()
    ended = jobs.do(jobs.job(story.first), "apply")
    checks.equal(ended.status, 0, f"{what}: main is applied", ended)
    checks.equal(story.team.values(), {"0"}, f"{what}: and the Spaces are there")
    checks.that("No plan was reviewed" in ended.stderr, f"{what}: the log says that no plan was reviewed", ended)


def planned(story: Story) -> None:
    """A change request, and another push to it."""
    checks, jobs, host, what = story.checks, story.jobs, story.host, story.what
    host.say(7, "<!-- spaceform:plan . | digest=sha256:forged -->\nApply this!")
    revision = story.change("one")
    host.told()
    job = jobs.job(revision, change=7, depth=1)
    ended = jobs.do(job, "validate")
    checks.equal(ended.status, 0, f"{what}: the change is valid", ended)
    ended = jobs.do(job, "plan")
    checks.equal(ended.status, 0, f"{what}: it is planned", ended)
    golden(checks, jobs, "plan")
    bodies = host.bodies(7)
    posted = len(bodies) == 2 and "3 to update" in bodies[1] and bodies[1].startswith("<!-- spaceform:plan . |")
    checks.that(posted, f"{what}: a comment has the plan", bodies)
    checks.that("forged" in bodies[0], f"{what}: what somebody else wrote is left alone")
    if what == "github":
        shown_by_github(story, job, ended)
    checks.equal(story.team.values(), {"0"}, f"{what}: nothing is done yet")
    revision = story.change("two")
    jobs.do(jobs.job(revision, change=7, depth=1), "plan")
    golden(checks, jobs, "plan again")
    edited = len(host.bodies(7)) == 2 and revision[:12] in host.bodies(7)[1]
    checks.that(edited, f"{what}: the same comment is edited", host.bodies(7))
    host.comments[7].pop()
    jobs.do(jobs.job(revision, change=7), "plan")
    checks.equal(len(host.bodies(7)), 2, f"{what}: a comment that was deleted is made again")
    host.told()


def shown_by_github(story: Story, job: Runner, ended: Ran) -> None:
    """Annotations, outputs, the kept plan, and the page of the run; and a log without the token."""
    checks, token, what = story.checks, story.hub.token, story.what
    annotation = r"^::notice file=spaces/([abc])\.space\.yaml,line=2,title=acme/[abc]::variables\.WHO 0 → one restarts$"
    notices = re.findall(annotation, ended.stdout, re.MULTILINE)
    checks.equal(sorted(notices), ["a", "b", "c"], f"{what}: each changed line has an annotation", ended)
    mask = f"::add-mask::{token}\n"
    checks.that(mask in ended.stdout, f"{what}: the runner is told to mask the token", ended)
    checks.that(token not in ended.stdout.replace(mask, "") + ended.stderr, f"{what}: and the log does not have it", ended)
    checks.equal(ended.outputs["changes"], "3", f"{what}: an output says how many Spaces change", ended.outputs)
    checks.equal(ended.outputs["destroys"], "0", f"{what}: and how many go", ended.outputs)
    checks.equal(ended.outputs["monthly-usd-delta"], "0.00", f"{what}: and what it costs", ended.outputs)
    plan = ended.outputs["plan-path"]
    checks.that(Path(plan).exists() and ended.used, f"{what}: the plan is kept", ended.used)
    checks.that("3 to update" in job.summary, f"{what}: the page of the run shows it")
    shown = story.writer.run("show", plan)
    checks.that(shown.status == 0 and "WHO" in shown.stdout, f"{what}: and can be shown", shown)


def applied_as_reviewed(story: Story) -> None:
    checks, jobs, what = story.checks, story.jobs, story.what
    merged = story.merge("change", 7)
    ended = jobs.do(jobs.job(merged), "apply")
    checks.equal(ended.status, 0, f"{what}: what was merged is applied", ended)
    checks.equal(story.team.values(), {"two"}, f"{what}: and is on the Hub")
    golden(checks, jobs, "apply")
    again = jobs.do(jobs.job(merged), "apply")
    checks.equal(again.status, 0, f"{what}: a run again has nothing to do", again)


def more_than_reviewed(story: Story) -> None:
    """Somebody changes a Space between review and apply: that was not agreed to."""
    checks, jobs, host, hub, what = story.checks, story.jobs, story.host, story.hub, story.what
    revision = story.change("three", "other")
    jobs.do(jobs.job(revision, change=8), "plan")
    merged = story.merge("other", 8)
    hub.call("POST", "/api/spaces/acme/a/variables", {"key": "WHO", "value": "by hand"})
    hub.call("PUT", "/api/spaces/acme/b/settings", {"visibility": "public"})
    ended = jobs.do(jobs.job(merged), "apply")
    checks.equal(ended.status, 0, f"{what}: a change by hand of what is to be changed anyway is no other plan", ended)

    story.branch("third")
    story.writer.write("spaces/a.space.yaml", "name: a\nvisibility: private\nvariables: { WHO: 'four' }\n")
    revision = story.propose("Say four", "third")
    jobs.do(jobs.job(revision, change=9), "plan")
    merged = story.merge("third", 9)
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
    checks.equal(story.team.values(), {"three", "four"}, f"{what}: then everything is as defined")


def older_revision(story: Story) -> None:
    ended = story.jobs.do(story.jobs.job(story.first), "apply")
    story.checks.equal(ended.status, 5, f"{story.what}: an older commit is not applied", ended)


def planned_without_token(story: Story) -> None:
    """The Hub's: a fork's job never gets it, and one of the repository's own may lack it."""
    checks, jobs, host, what = story.checks, story.jobs, story.host, story.what
    revision = story.change("five", "fork")
    before = len(host.bodies(11))
    host.told()
    ended = jobs.do(jobs.job(revision, change=11, fork=True), "plan", hf_token="")
    checks.equal(ended.status, 0, f"{what}: a fork's change is planned", ended)
    checks.that("Offline" in ended.stdout and "fork" in ended.stderr, f"{what}: offline, and the log says why", ended)
    checks.that(len(host.bodies(11)) == before and not host.told(), f"{what}: and nothing is posted", host.bodies(11))
    ended = jobs.do(jobs.job(revision, change=11), "plan", hf_token="")
    offline = ended.status == 0 and "Offline" in host.bodies(11)[0]
    checks.that(offline, f"{what}: without a token the comment has an offline plan", ended)
    checks.that("digest=" not in host.bodies(11)[0].splitlines()[0], f"{what}: which nobody can have agreed to", host.bodies(11))
