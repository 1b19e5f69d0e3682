"""What GitHub is to a job: gives an identity token to whoever has the job's request token (facts hub-api section 1.5)."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Issuer:
    """Serves on loopback until it is closed; `asked` has the addresses it was asked at."""

    def __init__(self, identity: str, request_token: str) -> None:
        issuer = self
        self.asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked.append(self.path)
                allowed = self.headers["Authorization"] == f"Bearer {request_token}"
                body = json.dumps({"value": identity} if allowed else {"message": "no"}).encode()
                self.send_response(200 if allowed else 401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/token?api-version=2"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
