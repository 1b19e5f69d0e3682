"""A proxy on loopback that hands everything on to one Hub and keeps what was asked, without tokens and secret values."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .request import Mask, Request

# Between two neighbours, not for the other end.
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "content-length"}


class Proxy:
    """Stands before the Hub at `port`; a context manager. `step` names what is being done, and each request kept bears that name."""

    def __init__(self, port: int, mask: Mask) -> None:
        self.step = ""
        self.kept: list[Request] = []
        self.failures: list[str] = []
        self.lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.body()
                request = Request.read(proxy.step, self.command, self.path, dict(self.headers.items()), body, mask)
                with proxy.lock:
                    proxy.kept.append(request)
                try:
                    self.hand_on(body, request)
                except ConnectionError:
                    # The client has left, as who reads a log without an end does.
                    self.close_connection = True

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any

            def body(self) -> bytes:
                if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length") or 0))
                pieces = []
                while length := int(self.rfile.readline().split(b";")[0], 16):
                    pieces.append(self.rfile.read(length))
                    self.rfile.readline()
                while self.rfile.readline().strip():
                    pass
                return b"".join(pieces)

            def hand_on(self, body: bytes, request: Request) -> None:
                hub = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
                try:
                    hub.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                    for name, value in self.headers.items():
                        if name.lower() not in HOP_BY_HOP:
                            hub.putheader(name, value)
                    if body or self.command not in ("GET", "HEAD"):
                        hub.putheader("Content-Length", str(len(body)))
                    hub.endheaders(body or None)
                    answer = hub.getresponse()
                    if answer.status >= 400:
                        with proxy.lock:
                            proxy.failures.append(f"{request.step}: {request.method} {request.path} was answered with {answer.status}")
                    self.give_back(answer)
                finally:
                    hub.close()

            def give_back(self, answer: http.client.HTTPResponse) -> None:
                self.send_response_only(answer.status, answer.reason)
                for name, value in answer.getheaders():
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                length = answer.getheader("Content-Length")
                empty = self.command == "HEAD" or answer.status in (204, 304)
                if length is not None:
                    self.send_header("Content-Length", length)
                elif not empty:
                    self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                while not empty and (piece := answer.read1(1 << 16)):
                    self.wfile.write(piece if length is not None else b"%x\r\n%b\r\n" % (len(piece), piece))
                if length is None and not empty:
                    self.wfile.write(b"0\r\n\r\n")

            def log_message(self, *_) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, sender, address) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()

    def requests(self, step: str | None = None) -> list[Request]:
        with self.lock:
            return [request for request in self.kept if step in (None, request.step)]
