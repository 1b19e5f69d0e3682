"""What both clients are given, so that what they send differs only where they do."""

import secrets

GROUP = "66670e5163145ca562cb1988"
TEMPLATE = "SpacesExamples/jupyterlab"
VOLUME = "acme/data"
VOLUME_OF_REPO = "acme/corpus"
FOLDER_OF_LARGE = "data"

SECRETS = {name: secrets.token_hex(24) for name in ("KEY_A", "KEY_B", "KEY_C")}
# What a job's CI would give it. The local Hub reads no more of it than its form.
IDENTITY = f"{secrets.token_hex(8)}.{secrets.token_hex(16)}.{secrets.token_hex(16)}"

# Binary, and above what the Hub takes as a part: one goes whole, one in three parts.
PART_SIZE = 5_000_000
SMALL = bytes(range(256)) * 16
LARGE = bytes(range(256)) * 48 * 1024

APP = {
    "Dockerfile": b"FROM python:3.12-slim\nRUN useradd --uid 1000 user\nUSER user\nCOPY server.py .\nCMD [\"python\", \"server.py\"]\n",
    "server.py": b"import http.server\nhttp.server.test(HandlerClass=http.server.SimpleHTTPRequestHandler, port=7860)\n",
    "gone.txt": b"to be deleted\n",
    "README.md": "---\ntitle: Lone\nemoji: 🌱\ncolorFrom: green\ncolorTo: blue\nsdk: docker\n---\n\nA Space by itself.\n".encode(),
}
# A path whose characters an address has to encode, and a file without a byte.
ODD_NAME = "data/ünï code #1 100%.txt"
EMPTY_NAME = "empty.txt"
EXPAND = ["sha", "private", "sdk", "subdomain", "runtime", "lastModified", "createdAt", "disabled", "region", "resourceGroup"]
PAGE = 1000
