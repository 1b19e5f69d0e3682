"""`spaceform import 'OWNER/*'`: a whole account comes under control, the next plan has nothing to do, and another machine that has only
the files can go on."""

import re
import subprocess
from pathlib import Path

from harness import Checks, Hub, Project, workplace

# What exists before: as somebody without Spaceform would have left it.
SPACES = {
    "demo-plain": "sdk: static\nvisibility: public\nsource: { path: apps/demo-plain }\n",
    "demo-paid": "sdk: docker\nvisibility: private\nhardware: t4-small\nsleep_time: 1h\nsource: { path: apps/demo-paid }\n",
    "keys": "sdk: gradio\nvisibility: private\nhardware: cpu-upgrade\nsleep_time: never\nsource: { path: apps/keys }\n"
    "variables:\n  LOG_LEVEL: info\n  DOLLAR: 'cost $${space} is 5'\n  YES: 'yes'\n"
    "  NOTED: { value: '  spaces ', description: 'why: it is so' }\nsecrets: { API_KEY: { env: BENCH_KEY } }\n",
    "disk": "sdk: docker\nvisibility: private\nsource: { path: apps/disk }\nvolumes:\n"
    "  - { type: bucket, source: acme/data, mount: /data, read_only: true }\n  - { type: model, source: acme/m, mount: /m }\n",
    "grouped": "sdk: static\nvisibility: private\nresource_group: 66670e5163145ca562cb1988\nsource: { path: apps/grouped }\n",
}


def lay(project: Project) -> None:
    for path in project.definitions:
        path.unlink()
    project.write("spaceform.yaml", "version: 1\nproject: before\nowner: acme\n")
    for name, text in SPACES.items():
        project.write(f"spaces/{name}.space.yaml", f"name: {name}\n{text}")
        folder = project.folder / "apps" / name
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(f"<p>{name}</p>\n")
        (folder / "Dockerfile").write_text("FROM alpine:3.20\nEXPOSE 7860\nCMD [\"sleep\", \"9\"]\n")
        (folder / "app.py").write_text("print('hi')\n")


def nothing_to_do(checks: Checks, project: Project, sentence: str) -> None:
    ended = project.run("plan", "--detailed-exitcode", "--refresh", "full")
    checks.equal(ended.status, 0, sentence, ended)


def main() -> None:
    checks = Checks()
    with workplace() as folder, Hub(folder / "hub") as hub:
        before = Project.copy(folder / "before", hub, BENCH_KEY="a-value-nobody-sees-4f7a")
        lay(before)
        ended = before.run("apply", "--auto-approve")
        checks.equal(ended.status, 0, "five Spaces exist", ended)
        status, _ = hub.call("PUT", "/api/spaces/acme/demo-plain/settings", {"private": True})
        checks.equal(status, 200, "one was changed by hand")

        project = Project.copy(folder / "after", hub)
        for path in [*project.definitions, project.folder / "spaceform.yaml"]:
            path.unlink()
        subprocess.run(["rm", "-r", str(project.folder / "apps")], check=True)
        project.write("spaceform.yaml", "version: 1\nproject: after\nowner: acme\n")

        ended = project.run("import", "acme/nothing-*")
        checks.that(ended.status == 1 and "none of the 5 Spaces" in ended.stderr, "a pattern that stands for nothing is an error", ended)
        ended = project.run("import", "*/x")
        checks.equal(ended.status, 64, "a star in the owner's place is a slip of the keyboard", ended)

        calls = len(hub.requests())
        ended = project.run("import", "demo-*", "--format", "json")
        checks.equal(sorted(space["address"] for space in ended.json()["spaces"]), ["acme/demo-paid", "acme/demo-plain"], "a part by its name", ended)
        asked = hub.requests()[calls:]
        checks.equal(sum(call["path"] == "/api/spaces" for call in asked), 1, "the owner's list is asked for once")
        checks.that(all(call["method"] == "GET" for call in asked), "nothing is written to the Hub")
        nothing_to_do(checks, project, "settings alone: the plan right after has nothing to do")
        lock = project.lock.read_bytes()

        ended = project.run("import", "acme/*", "--content")
        checks.that(ended.status == 1 and "source: { path: apps/demo-paid }" in ended.stderr, "a Space that is defined without a folder for its files: what to write", ended)
        checks.equal(len(project.definitions), 2, "and nothing was written")
        for name in ("demo-plain", "demo-paid"):
            path = f"spaces/{name}.space.yaml"
            project.write(path, project.read(path) + f"source: {{ path: apps/{name} }}\n")
        ended = project.run("import", "acme/*", "acme/keys", "--content")
        checks.equal(ended.status, 0, "all Spaces of the owner, with their files", ended)
        checks.equal(project.addresses, sorted(f"acme/{name}" for name in SPACES), "each has a definition")
        checks.that(project.lock.read_bytes() != lock, "and a record")
        text = project.read("spaces/keys.space.yaml")
        checks.that(re.search(r"# .*values stay.*\nsecrets:\n  API_KEY: \{ env: API_KEY \}", text), "a secret is named, and said to stay", text)
        checks.that("a-value-nobody-sees" not in "".join(p.read_text(errors="replace") for p in Path(project.folder).rglob("*") if p.is_file() and ".git/" not in str(p)),
                    "its value is nowhere")
        checks.that("$${space} is 5" in text, "a value that looks like a reference stays what it is", text)
        text = project.read("spaces/demo-paid.space.yaml")
        checks.that(re.search(r"# .*\$\d.* an hour.*\nhardware: t4-small\nsleep_time: 1h\n", text), "what it costs stands above the hardware", text)
        keys = re.findall(r"^([a-z_]+):", text, re.M)
        checks.equal(keys, ["name", "sdk", "hardware", "sleep_time", "visibility", "source"], "keys stand in order, and what has its usual value is left out")
        ended = project.run("validate", "--require-files")
        checks.equal(ended.status, 0, "what was written is valid", ended)

        nothing_to_do(checks, project, "with files: the plan right after has nothing to do")
        again = project.run("import", "acme/*", "--format", "json")
        checks.equal({s["recorded"] if "recorded" in s else s.get("recording") for s in again.json()["spaces"]}, {"unchanged"}, "again: nothing changes", again)
        ended = project.run("apply", "--auto-approve", environment={"API_KEY": "x" * 24})
        checks.equal(ended.status, 0, "an apply has nothing to do", ended)
        writes = [call for call in hub.requests()[calls:] if call["method"] != "GET" and "whoami" not in call["path"]]
        checks.equal(writes, [], "and the Hub was never written to")
    checks.finish()


if __name__ == "__main__":
    main()
