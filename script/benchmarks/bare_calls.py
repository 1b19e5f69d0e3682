"""Makes the calls that an apply made, read from a request log, over one connection to a fresh Hub, and prints the seconds taken."""

import http.client
import json
import sys
import time
from urllib.parse import urlsplit

log, endpoint, token = sys.argv[1:]
with open(log, encoding="utf-8") as lines:
    calls = [json.loads(line) for line in lines]
connection = http.client.HTTPConnection(urlsplit(endpoint).netloc)
number = 0
started = time.perf_counter()
for call in calls:
    path, body, headers = call["path"], None, {"Authorization": f"Bearer {token}"}
    if path == "/api/repos/create":
        paid = number % 4 == 0
        members = {"name": f"space-{number:04d}", "organization": "acme", "type": "space", "visibility": "private"}
        members |= {"sdk": "gradio", "hardware": "cpu-upgrade", "sleepTimeSeconds": 3600} if paid else {"sdk": "docker", "hardware": "cpu-basic"}
        body = json.dumps(members)
        headers["Content-Type"] = "application/json"
        number += 1
    connection.request(call["method"], path + ("?" + call["query"] if call["query"] else ""), body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != call["status"]:
        sys.exit(f"{call['method']} {path}: {answer.status}, where the apply got {call['status']}")
print(time.perf_counter() - started)
