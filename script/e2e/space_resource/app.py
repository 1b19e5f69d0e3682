"""The files of a Space: in a folder beside the configuration, and on the Hub."""

import base64
import json
import urllib.request

from harness import Hub, fetch

from .space import Space, api

APP = {"Dockerfile": "FROM busybox\nEXPOSE 7860\nCMD [\"httpd\", \"-f\", \"-p\", \"7860\"]\n", "README.md": "# Chat\n\nTalks.\n", "data.txt": "one\n"}
SOURCE = 'source = { path = "${path.module}/app" }\n'


def app(space: Space, **files: str | None) -> None:
    """Writes the app's files; None deletes one."""
    folder = space.folder / "app"
    folder.mkdir(exist_ok=True)
    for name, text in {**({} if (folder / "Dockerfile").exists() else APP), **files}.items():
        path = folder / name.replace("__", ".")
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text)


def commit(hub: Hub, address: str, path: str, text: str) -> None:
    """A commit of somebody else's."""
    lines = [{"key": "header", "value": {"summary": "from elsewhere"}},
             {"key": "file", "value": {"path": path, "content": base64.b64encode(text.encode()).decode(), "encoding": "base64"}}]
    request = urllib.request.Request(
        f"{hub.endpoint}/api/spaces/{address}/commit/main", method="POST", data="\n".join(json.dumps(line) for line in lines).encode(),
        headers={"Authorization": f"Bearer {hub.token}", "Content-Type": "application/x-ndjson"})
    urllib.request.urlopen(request, timeout=30).read()


def files(hub: Hub, address: str) -> list[str]:
    return sorted(entry["path"] for entry in hub.call("GET", api(address, "/tree/main?recursive=true"))[1])


def raw(hub: Hub, address: str, path: str) -> str:
    return fetch(hub.endpoint, hub.token, "GET", f"/spaces/{address}/resolve/main/{path}")[1].decode()
