"""Drift is told in an issue while it is there, and put right when that is asked for and nothing else is waiting."""

from .golden import golden
from .story import Story


def drift(story: Story) -> None:
    checks, jobs, host, hub, what = story.checks, story.jobs, story.host, story.hub, story.what
    hub.call("POST", "/api/spaces/acme/b/variables", {"key": "WHO", "value": "@team <b>canary</b> | `x`"})
    host.told()
    ended = jobs.do(jobs.job(story.merged), "drift")
    checks.equal(ended.status, 0, f"{what}: drift is looked for", ended)
    golden(checks, jobs, "drift")
    issues = host.open_issues()
    checks.that(len(issues) == 1 and "acme/b" in issues[0]["body"], f"{what}: an issue is opened", issues)
    checks.that("| <code>acme/b</code> | 1 setting |" in issues[0]["body"], f"{what}: with a table", issues)
    jobs.do(jobs.job(story.merged), "drift")
    checks.equal(len(host.issues), 1, f"{what}: the same one stays")
    hub.call("POST", "/api/spaces/acme/b/variables", {"key": "WHO", "value": "three"})
    host.told()
    jobs.do(jobs.job(story.merged), "drift")
    golden(checks, jobs, "no drift")
    closed = not host.open_issues() and "again" in host.issues[0]["said"][0]
    checks.that(closed, f"{what}: and is closed with a word when it is gone", host.issues)


def put_right(story: Story) -> None:
    checks, jobs, host, what = story.checks, story.jobs, story.host, story.what
    story.hub.call("POST", "/api/spaces/acme/b/variables", {"key": "WHO", "value": "by hand"})
    waiting = jobs.job(story.merged)
    (waiting.folder / "spaces" / "new.space.yaml").write_text("name: new\n")
    ended = jobs.fix(waiting)
    left = ended.status == 0 and "not applied yet" in ended.stderr and len(host.open_issues()) == 1
    checks.that(left, f"{what}: drift is not put right while definitions wait", ended)
    ended = jobs.fix(jobs.job(story.merged))
    right = ended.status == 0 and story.team.values() == {"three", "four"} and not host.open_issues()
    checks.that(right, f"{what}: else it is, and the issue is closed", ended)
