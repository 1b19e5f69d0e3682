"""A code host on this machine that speaks the few calls of GitHub's and GitLab's interfaces that `spaceform ci` makes.

What it answers has the shape that the hosts' documentation describes. It keeps comments, issues and which change a commit was merged with,
records every call, and can refuse, ask to wait, or fall silent.
"""

import json
import re
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = 2  # Small, so that lists have pages.


class CodeHost:
    """State shared by both faces; `with CodeHost() as host`."""

    def __init__(self) -> None:
        self.comments: dict[int, list[dict]] = {}
        self.issues: list[dict] = []
        self.merged: dict[str, int] = {}
        self.calls: list[dict] = []
        self.token = "host-token"
        self.bot = "github-actions[bot]"
        # Answers to give instead, one after the other: (status, headers, message).
        self.refusals: list[tuple[int, dict, str]] = []
        self.forbids_writing = False
        self.lock = threading.Lock()
        self.next_id = 100

    def __enter__(self) -> "CodeHost":
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                with host.lock:
                    status, headers, answer = host.answer(self.command, self.path, self.headers, body)
                data = json.dumps(answer).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_PUT = handle_one

            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()

    # What the checks look at

    def told(self) -> list[str]:
        """The calls since the last look, numbers of comments left out: what was asked for, in order."""
        with self.lock:
            calls, self.calls = self.calls, []
        return [re.sub(r"(comments|notes)/\d+", r"\1/ID", f"{call['method']} {call['path']}") + f" {call['status']}" for call in calls]

    def bodies(self, change: int) -> list[str]:
        with self.lock:
            return [comment["body"] for comment in self.comments.get(change, [])]

    def open_issues(self) -> list[dict]:
        with self.lock:
            return [issue for issue in self.issues if issue["open"]]

    def say(self, change: int, body: str, author: str = "somebody") -> None:
        with self.lock:
            self.comments.setdefault(change, []).append({"id": self.number(), "body": body, "author": author})

    def number(self) -> int:
        self.next_id += 1
        return self.next_id

    # Answers

    def answer(self, method: str, target: str, headers, body) -> tuple[int, dict, object]:
        path, _, query = target.partition("?")
        record = {"method": method, "path": urllib.parse.unquote(target), "body": body}
        self.calls.append(record)
        status, more, answer = self.refused(method, headers) or self.whose(path, headers) or self.routed(method, path, urllib.parse.parse_qs(query), body)
        record["status"] = status
        return status, more, answer

    def refused(self, method: str, headers) -> tuple[int, dict, object] | None:
        if self.refusals:
            status, more, message = self.refusals.pop(0)
            return status, more, {"message": message}
        if self.token not in (headers.get("authorization", "").removeprefix("Bearer "), headers.get("private-token")):
            return 401, {}, {"message": "Bad credentials"}
        if self.forbids_writing and method != "GET":
            return 403, {}, {"message": "Resource not accessible by integration"}
        return None

    def whose(self, path: str, headers) -> tuple[int, dict, object] | None:
        """GitHub's token of a job may not ask whose it is; GitLab's access tokens are of users."""
        if path != "/user":
            return None
        if headers.get("private-token"):
            return 200, {}, {"username": "project_42_bot_0a1b"}
        return 403, {}, {"message": "Resource not accessible by integration"}

    def routed(self, method: str, path: str, query: dict, body) -> tuple[int, dict, object]:
        for pattern, handler in (
            (r"/repos/acme/spaces/issues/(\d+)/comments", self.github_comments),
            (r"/repos/acme/spaces/issues/comments/(\d+)", self.github_comment),
            (r"/repos/acme/spaces/issues", self.github_issues),
            (r"/repos/acme/spaces/issues/(\d+)", self.github_issue),
            (r"/repos/acme/spaces/commits/(\w+)/pulls", self.github_pulls),
            (r"/projects/42/merge_requests/(\d+)/notes", self.gitlab_notes),
            (r"/projects/42/merge_requests/(\d+)/notes/(\d+)", self.gitlab_note),
            (r"/projects/42/issues", self.gitlab_issues),
            (r"/projects/42/issues/(\d+)", self.gitlab_issue),
            (r"/projects/42/issues/(\d+)/notes", self.gitlab_issue_notes),
            (r"/projects/42/repository/commits/(\w+)/merge_requests", self.gitlab_merged),
        ):
            if found := re.fullmatch(pattern, path):
                return handler(method, query, body, *found.groups())
        return 404, {}, {"message": "Not Found"}

    def page(self, path: str, query: dict, elements: list) -> tuple[int, dict, object]:
        number = int(query.get("page", ["1"])[0])
        rest = len(elements) > number * PAGE
        words = {name: values[0] for name, values in query.items()} | {"page": str(number + 1)}
        link = f'<{self.url}{path}?{urllib.parse.urlencode(words)}>; rel="next"'
        return 200, {"link": link} if rest else {}, elements[(number - 1) * PAGE : number * PAGE]

    def changed(self, number: int, body: str) -> dict | None:
        for comments in self.comments.values():
            for comment in comments:
                if comment["id"] == number:
                    comment["body"] = body
                    return comment
        return None

    def opened(self, title: str, body: str, labels: list[str]) -> dict:
        issue = {"number": len(self.issues) + 1, "title": title, "body": body, "labels": labels, "open": True, "said": []}
        self.issues.append(issue)
        return issue

    # GitHub

    def github_user(self, author: str) -> dict:
        return {"login": author, "type": "Bot" if author.endswith("[bot]") else "User"}

    def github_shape(self, comment: dict) -> dict:
        return {"id": comment["id"], "body": comment["body"], "user": self.github_user(comment["author"])}

    def github_issue_shape(self, issue: dict) -> dict:
        return {
            "number": issue["number"], "title": issue["title"], "body": issue["body"], "user": self.github_user(self.bot),
            "state": "open" if issue["open"] else "closed",
        }

    def github_comments(self, method, query, body, number):
        comments = self.comments.setdefault(int(number), [])
        if method == "GET":
            return self.page(f"/repos/acme/spaces/issues/{number}/comments", query, [self.github_shape(each) for each in comments])
        comment = {"id": self.number(), "body": body["body"], "author": self.bot}
        issue = next((each for each in self.issues if each["number"] == int(number)), None)
        if issue:
            issue["said"].append(body["body"])
        else:
            comments.append(comment)
        return 201, {}, self.github_shape(comment)

    def github_comment(self, method, query, body, number):
        comment = self.changed(int(number), body["body"]) if method == "PATCH" else None
        return (200, {}, self.github_shape(comment)) if comment else (404, {}, {"message": "Not Found"})

    def github_issues(self, method, query, body):
        if method == "GET":
            label = query["labels"][0]
            found = [each for each in self.issues if each["open"] and label in each["labels"]]
            return self.page("/repos/acme/spaces/issues", query, [self.github_issue_shape(each) for each in found])
        return 201, {}, self.github_issue_shape(self.opened(body["title"], body["body"], body["labels"]))

    def github_issue(self, method, query, body, number):
        issue = self.issues[int(number) - 1]
        issue["open"] = issue["open"] and body.get("state") != "closed"
        issue |= {name: body[name] for name in ("title", "body") if name in body}
        return 200, {}, self.github_issue_shape(issue)

    def github_pulls(self, method, query, body, revision):
        number = self.merged.get(revision)
        found = [{"number": number, "merged_at": "2026-01-01T00:00:00Z"}] if number else []
        return self.page(f"/repos/acme/spaces/commits/{revision}/pulls", query, found)

    # GitLab

    def gitlab_shape(self, comment: dict) -> dict:
        author = "project_42_bot_0a1b" if comment["author"] == self.bot else comment["author"]
        return {"id": comment["id"], "body": comment["body"], "author": {"username": author}, "system": False}

    def gitlab_issue_shape(self, issue: dict) -> dict:
        return {
            "iid": issue["number"], "title": issue["title"], "description": issue["body"],
            "author": {"username": "project_42_bot_0a1b"}, "state": "opened" if issue["open"] else "closed",
        }

    def gitlab_notes(self, method, query, body, number):
        comments = self.comments.setdefault(int(number), [])
        if method == "GET":
            return self.page(f"/projects/42/merge_requests/{number}/notes", query, [self.gitlab_shape(each) for each in comments])
        comments.append({"id": self.number(), "body": body["body"], "author": self.bot})
        return 201, {}, self.gitlab_shape(comments[-1])

    def gitlab_note(self, method, query, body, number, note):
        comment = self.changed(int(note), body["body"]) if method == "PUT" else None
        return (200, {}, self.gitlab_shape(comment)) if comment else (404, {}, {"message": "404 Not found"})

    def gitlab_issues(self, method, query, body):
        if method == "GET":
            label = query["labels"][0]
            found = [each for each in self.issues if each["open"] and label in each["labels"]]
            return self.page("/projects/42/issues", query, [self.gitlab_issue_shape(each) for each in found])
        return 201, {}, self.gitlab_issue_shape(self.opened(body["title"], body["description"], body["labels"].split(",")))

    def gitlab_issue(self, method, query, body, number):
        issue = self.issues[int(number) - 1]
        issue["open"] = issue["open"] and body.get("state_event") != "close"
        issue |= {name: body[key] for name, key in (("title", "title"), ("body", "description")) if key in body}
        return 200, {}, self.gitlab_issue_shape(issue)

    def gitlab_issue_notes(self, method, query, body, number):
        self.issues[int(number) - 1]["said"].append(body["body"])
        return 201, {}, {"id": self.number(), "body": body["body"]}

    def gitlab_merged(self, method, query, body, revision):
        number = self.merged.get(revision)
        found = [{"iid": number, "state": "merged"}] if number else []
        return self.page(f"/projects/42/repository/commits/{revision}/merge_requests", query, found)
