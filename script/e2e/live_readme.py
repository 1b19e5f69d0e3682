"""A card without a source: the README on the Hub is edited in what is declared, and nothing else on the Space changes."""

import urllib.request

from harness import Checks, Hub, Project, workplace

README = "---\ntitle: Chat\nsdk: gradio\ncustom: kept\n---\nWhat it does.\n"


def readme(hub: Hub) -> str:
    request = urllib.request.Request(
        f"{hub.endpoint}/spaces/acme/chat/raw/main/README.md", headers={"Authorization": f"Bearer {hub.token}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def main() -> None:
    checks = Checks()
    with workplace() as folder, Hub(folder / "hub") as hub:
        project = Project.copy(folder / "project", hub)
        for path in project.definitions:
            path.unlink()
        project.write("spaceform.yaml", "version: 1\nproject: cards\nowner: acme\ndefaults: { wait: { for: none } }\n")

        def applied(definition: str, sentence: str) -> str:
            project.write("spaces/chat.space.yaml", "name: chat\n" + definition)
            ended = project.run("apply", "--auto-approve")
            checks.equal(ended.status, 0, sentence, ended)
            ended = project.run("plan", "--detailed-exitcode")
            checks.equal(ended.status, 0, f"{sentence}; the plan after it is empty", ended)
            return readme(hub)

        for name, text in (("README.md", README), ("app.py", "import gradio as gr\ngr.Blocks().launch()\n"), ("requirements.txt", "gradio\n")):
            (project.folder / "apps" / "chatter").mkdir(exist_ok=True)
            project.write(f"apps/chatter/{name}", text)
        applied("source: { path: apps/chatter }\n", "a Space is made from a folder")
        text = applied("card: { title: Other }\n", "one key of the live README is changed")
        checks.equal(text, README.replace("Chat", "Other").replace("---\nWhat", "---\n\nWhat"), "and everything else in it is kept, its sdk too")
        text = applied("sdk: docker\ncard: {}\n", "a declared sdk is written into it")
        checks.that("sdk: docker\n" in text and "title: Other\n" in text and "custom: kept\n" in text, "beside what was there", text)
        before = len(hub.requests())
        project.write("spaces/chat.space.yaml", "name: chat\nsdk: static\nvisibility: public\n")
        ended = project.run("plan", "--format", "json")
        space = ended.json()["spaces"][0]
        checks.equal(ended.status, 1, "with neither card nor source another sdk is no empty plan", ended)
        checks.that("is docker" in space["blocked_content"]["reason"] and "card: {}" in space["blocked_content"]["help"], "but says what to do", ended)
        ended = project.run("apply", "--auto-approve")
        checks.equal(ended.status, 1, "an apply says it too", ended)
        writes = [call["path"] for call in hub.requests()[before:] if call["method"] not in ("GET", "HEAD")]
        checks.equal(writes, ["/api/spaces/acme/chat/settings"], "and applies the settings beside it")
        checks.equal(readme(hub), text, "the README stays")
    checks.finish()


if __name__ == "__main__":
    main()
