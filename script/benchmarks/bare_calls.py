"""Makes the calls that an apply made, read from a request log, over one connection to a fresh Hub, and prints the seconds taken."""

import http.client
import json
import sys
import time
from urllib.parse import urlsplit

log, endpoint, token = sys.argv[1:]
with open(log, encoding="utf-8") as lines:
    calls = [json.loads(line) for line in lines]
# The log does not name what a create makes; each Space is read right after it was made, and those paths do.
made = iter(dict.fromkeys(call["path"].rsplit("/", 1)[1] for call in calls if call["path"].startswith("/api/spaces/acme/")))
connection = http.client.HTTPConnection(urlsplit(endpoint).netloc)
started = time.perf_counter()
for call in calls:
    path, body, headers = call["path"], None, {"Authorization": f"Bearer {token}"}
    if path == "/api/repos/create":
        name = next(made)
        paid = int(name.rsplit("-", 1)[1]) % 4 == 0
        members = {"name": name, "organization": "acme", "type": "space", "visibility": "private"}
        if paid:
            members |= {"sdk": "gradio", "hardware": "cpu-upgrade", "sleepTimeSeconds": 3600}
        else:
            members |= {"sdk": "docker", "hardware": "cpu-basic"}
        body = json.dumps(members)
        headers["Content-Type"] = "application/json"
    connection.request(call["method"], path + ("?" + call["query"] if call["query"] else ""), body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != call["status"]:
        sys.exit(f"{call['method']} {path}: {answer.status}, where the apply got {call['status']}")
print(time.perf_counter() - started)
