"""Files and builds."""

from pathlib import Path

from harness import Checks, Hub

from .app import APP, SOURCE, app, commit, files, raw
from .space import Space, api


def content(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "content", hub)
    at = space.address
    put = f"POST {api(at, '/commit/main')}"
    app(space)
    (space.folder / "app" / "terraform.tfstate").write_text("a secret")
    (space.folder / "app" / ".env").write_text("a secret")
    space.declare(SOURCE)
    space.settled("a Space is made with its files", calls=["POST /api/repos/create", put])
    checks.equal([path for path in files(hub, at) if path != ".gitattributes"], ["Dockerfile", "README.md", "data.txt"], "all of them, and no state")
    values = space.values()
    checks.equal((values["stage"], values["current_hardware"]), ("RUNNING", "cpu-basic"), "it runs when apply ends")
    checks.equal(values["commit"], space.info()["sha"], "the commit is the Space's head")
    checks.that(values["content_digest"].startswith("sha256:"), "and its files have a digest", values["content_digest"])
    checks.that("sdk: docker" in raw(hub, at, "README.md"), "the README has its front matter")
    app(space, data__txt="two\n")
    actions, _ = space.changes()
    checks.equal(actions, ["update"], "a file that changed is planned")
    space.settled("it is written", calls=[put])
    checks.equal(raw(hub, at, "data.txt"), "two\n", "on the Hub")
    app(space, data__txt=None, more__txt="more\n")
    space.settled("one goes and one comes", calls=[put])
    checks.that("data.txt" not in files(hub, at) and "more.txt" in files(hub, at), "on the Hub", files(hub, at))
    card = SOURCE + 'card = { title = "Chat", emoji = "\U0001F4AC", color_from = "blue", color_to = "indigo", extra = { note = [1, true] } }\n'
    space.changed(card, ["card"], [put], "a card is laid over the README")
    checks.that("title: Chat" in raw(hub, at, "README.md") and "Talks." in raw(hub, at, "README.md"), "on the Hub")
    commit(hub, at, "more.txt", "theirs")
    ended = space.plan()
    checks.equal(ended.status, 2, "a commit of somebody else's is noticed", ended)
    space.failed("has 1 commit that is not ours.*overwrite_foreign = true.*from elsewhere", "and not overwritten", place="source")
    checks.equal(raw(hub, at, "more.txt"), "theirs", "their file is there")
    space.declare(card + "overwrite_foreign = true\n")
    space.settled("unless it is allowed", calls=[put])
    checks.equal(raw(hub, at, "more.txt"), "more\n", "then it goes")
    space.declare(card)
    space.settled("it is forbidden again", calls=[])
    commit(hub, at, "theirs.txt", "theirs")
    space.settled("where nothing of ours was changed, their commit is taken over", calls=[])
    space.declare('card = { title = "Chat only" }')
    space.settled("without a source the card alone is managed", calls=[put])
    checks.that("title: Chat only" in raw(hub, at, "README.md") and "more.txt" in files(hub, at), "and files stay")
    space.declare("")
    space.settled("without both nothing is", calls=[])
    checks.equal(space.values()["content_digest"], None, "and there is no digest")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")


def builds(checks: Checks, folder: Path, hub: Hub) -> None:
    space = Space(checks, folder / "builds", hub, address="acme/broken")
    app(space, Dockerfile=APP["Dockerfile"] + "# spaceform-hub: build-error\n")
    space.declare(SOURCE)
    space.failed("BUILD_ERROR.*the end of its build log", "a build that fails is an error, with the end of its log")
    checks.that("acme/broken" in hub.spaces(), "the Space is there")
    listed = space.run("state", "list").stdout
    checks.that("huggingface_space.s" in listed, "and in the state", listed)
    checks.that("is tainted" in space.run("plan").text, "Terraform will make it anew")
    checks.equal(space.run("untaint", "huggingface_space.s").status, 0, "unless it is untainted")
    checks.equal(space.plan().status, 2, "it is not done while it does not run")
    app(space, Dockerfile=APP["Dockerfile"])
    space.settled("with a file that builds it is repaired", calls=["POST /api/spaces/acme/broken/commit/main"])
    app(space, Dockerfile=APP["Dockerfile"] + "# spaceform-hub: runtime-error\n")
    space.failed("RUNTIME_ERROR.*the end of its run log", "an app that fails to start, too")
    checks.equal(space.values()["stage"], "RUNTIME_ERROR", "the state says so")
    ended = space.plan()
    checks.equal(ended.status, 2, "and the next plan waits for it again", ended)
    app(space, Dockerfile=APP["Dockerfile"])
    space.settled("repaired again")
    checks.equal(space.run("destroy", "-auto-approve").status, 0, "destroy")
