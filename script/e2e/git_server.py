"""Git over HTTP on loopback: `git http-backend`, which is what git servers run, behind a door that asks for a header."""

import base64
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from harness import clean_environment


def basic_credential(token: str) -> str:
    """A job's token as checkout actions present it: the word after `Basic` in the header."""
    return base64.b64encode(f"x-access-token:{token}".encode()).decode()


class GitServer:
    """Serves the repositories below a folder to whoever sends the header; `asked` has the requests that came with it."""

    def __init__(self, folder: Path, authorization: str) -> None:
        server = self
        self.asked: list[str] = []
        self.refused = 0

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                # Twice the same header is refused by real servers.
                if self.headers.get_all("Authorization") != [authorization]:
                    server.refused += 1
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="git"')
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                server.asked.append(f"{self.command} {self.path}")
                path, _, query = self.path.partition("?")
                environment = clean_environment(
                    GIT_PROJECT_ROOT=str(folder),
                    GIT_HTTP_EXPORT_ALL="1",
                    PATH_INFO=path,
                    QUERY_STRING=query,
                    REQUEST_METHOD=self.command,
                    REMOTE_USER="ci",
                    REMOTE_ADDR="127.0.0.1",
                    CONTENT_TYPE=self.headers.get("Content-Type", ""),
                    HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""),
                    GIT_PROTOCOL=self.headers.get("Git-Protocol", ""),
                    HOME=os.devnull,
                )
                done = subprocess.run(["git", "http-backend"], input=self.body(), env=environment, capture_output=True, check=False)
                head, _, body = done.stdout.partition(b"\r\n\r\n")
                headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
                self.send_response(int(headers.pop("Status", "200").split()[0]))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = answer
            do_POST = answer

            def body(self) -> bytes:
                if self.headers.get("Transfer-Encoding") != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = []
                while size := int(self.rfile.readline(), 16):
                    parts.append(self.rfile.read(size))
                    self.rfile.readline()
                self.rfile.readline()
                return b"".join(parts)

            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
