"""A project with one Space, as the checks put it into their repositories, and what docs/hooks.md has its readers write."""

import re

from harness import ROOT

DOCUMENT = ROOT / "docs" / "hooks.md"
# The hooks as files: what is copied by hand, and what `spaceform hook` installs.
HOOKS = ROOT / "hooks"

PROJECT = "version: 1\nproject: demos\nowner: acme\n"
GOOD = "name: chat\nsdk: docker\nvisibility: private\nsource: { path: apps/chat }\n"
BAD = GOOD + "hardwear: cpu-basic\n"
LOCK = {
    "version": 1,
    "hub": "https://huggingface.co",
    "project": "demos",
    "spaces": {
        "acme/chat": {
            "id": "66a0f1c2d3e4f5a6b7c8d9e0",
            "settings": {"hardware": "cpu-basic", "visibility": "private"},
            "content": {"digest": "sha256:" + "0" * 64, "commit": "4" * 40, "live": "4" * 40},
        }
    },
}
APP = {
    "apps/chat/Dockerfile": "FROM python:3.12-slim\nCOPY app.py /app.py\nEXPOSE 7860\nCMD [\"python\", \"/app.py\"]\n",
    "apps/chat/README.md": "---\ntitle: Chat\nemoji: 💬\nsdk: docker\napp_port: 7860\n---\nA chat.\n",
    "apps/chat/app.py": "print('hello')\n",
    "apps/chat/with space.txt": "a\n",
    "apps/chat/with\nline end.txt": "a\n",
}


def snippet(name: str) -> str:
    """The fenced block of docs/hooks.md that follows `<!-- NAME -->`."""
    found = re.search(rf"^<!-- {re.escape(name)} -->\n+```\w*\n(.*?)^```$", DOCUMENT.read_text(), re.MULTILINE | re.DOTALL)
    if not found:
        raise RuntimeError(f"docs/hooks.md has no block {name}")
    return found.group(1)
