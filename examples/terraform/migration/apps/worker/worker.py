"""Answers with how it was set up; a Space has to answer on its port to count as running."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Settings(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = f"batches of {os.environ['BATCH_SIZE']} for {os.environ['WEB_URL']}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("0.0.0.0", 7860), Settings).serve_forever()
