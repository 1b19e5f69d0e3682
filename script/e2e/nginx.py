"""TLS, HTTP/2, proxies and redirects between `spaceform` and a Hub: nginx and a private certificate authority, on the loopback address.

What must hold: calls share connections; only the authority that SSL_CERT_FILE names is trusted; no token reaches another host;
whatever is wrong on the way ends in one clear message, soon, with no credential in it.
"""

import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from harness import Checks, Ended, Hub, clean_environment, program, stop, wait, workplace

SPACES = 24
VALUE = "canary-5f1c9e7a-value"
PASSWORD = "canary-proxy-password"
TEXT = "name: {name}\nsdk: docker\nvisibility: private\nvariables: {{ LOG_LEVEL: info }}\nsecrets: {{ KEY: {{ env: CANARY }} }}\n"
SOURCE = "name: files\nsdk: static\nvisibility: private\nsource: { path: app }\n"


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens at, below those that the system gives to connections: none is taken before nginx listens."""
    found: list[int] = []
    for port in random.sample(range(20_000, 32_000), 500):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(port)
        if len(found) == number:
            return found
    raise RuntimeError("no free ports")


class Authority:
    """A certificate authority and what it signs, made by openssl."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.certificate = folder / "ca.pem"
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                     "-subj", "/CN=Authority of a test", "-keyout", "ca.key", "-out", "ca.pem")

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def sign(self, name: str, alternative: str, *, days: int = 1) -> None:
        """NAME.pem and NAME.key for a host; a negative number of days has it expired."""
        (self.folder / f"{name}.ext").write_text(f"subjectAltName={alternative}\nbasicConstraints=CA:FALSE\n")
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                     "-keyout", f"{name}.key", "-out", f"{name}.csr")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                     "-days", str(days), "-extfile", f"{name}.ext", "-out", f"{name}.pem")


class Nginx:
    """nginx in the foreground with one server for each thing that can be between a client and a Hub."""

    ROLES = ("front", "expired", "stranger", "files", "elsewhere", "away", "bodiless", "empty")

    def __init__(self, folder: Path, hub: Hub, authority: Authority) -> None:
        self.folder = folder
        folder.mkdir()
        self.ports = dict(zip(self.ROLES, free_ports(len(self.ROLES))))
        to_hub = (
            f"proxy_pass {hub.endpoint}; proxy_http_version 1.1; proxy_request_buffering off; proxy_set_header Host $http_host;"
            " proxy_set_header X-Forwarded-Proto https;"
        )
        elsewhere = f"https://127.0.0.1:{self.ports['elsewhere']}"
        places = {
            "front": f"location / {{ {to_hub} }}",
            "expired": f"location / {{ {to_hub} }}",
            "stranger": f"location / {{ {to_hub} }}",
            # Files live on another host, as on a CDN; everything else is here.
            "files": f"location ~ /resolve/ {{ return 302 {elsewhere}$request_uri; }} location / {{ {to_hub} }}",
            # That host knows the Hub's files by itself.
            "elsewhere": f"location / {{ {to_hub} proxy_set_header Authorization 'Bearer {hub.token}'; }}",
            "away": f"location / {{ return 307 {elsewhere}$request_uri; }}",
            # A proxy that loses what is sent.
            "bodiless": f"location / {{ {to_hub} proxy_pass_request_body off; proxy_set_header Content-Length ''; }}",
            # A proxy that loses what is answered.
            "empty": "location / { default_type application/json; return 200 ''; }",
        }
        # Who else may be root's reader: the workers must reach this folder.
        user = "user root;" if os.geteuid() == 0 else ""
        servers = "\n".join(
            f"server {{ listen 127.0.0.1:{self.ports[role]} ssl http2; access_log {folder}/{role}.log calls;"
            f" ssl_certificate {authority.folder}/{role if role in ('expired', 'stranger') else 'server'}.pem;"
            f" ssl_certificate_key {authority.folder}/{role if role in ('expired', 'stranger') else 'server'}.key; {text} }}"
            for role, text in places.items()
        )
        temporary = " ".join(
            f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
            "events { worker_connections 512; }\n"
            f"http {{ {temporary} client_max_body_size 0; keepalive_timeout 60s;\n"
            "log_format calls '$connection|$server_protocol|$request_method|$request_uri|$status|$msec|$request_time|$http_authorization';\n"
            f"{servers} }}\n"
        )

    def __enter__(self) -> "Nginx":
        found = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen(
            [found, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")], stderr=subprocess.PIPE
        )
        deadline = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.ports["front"]), 1):
                return self
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise RuntimeError(f"nginx does not serve: {self.process.stderr.read().decode()}")
            time.sleep(0.02)

    def __exit__(self, *_) -> None:
        stop(self.process)

    def address(self, role: str) -> str:
        return f"https://127.0.0.1:{self.ports[role]}"

    def calls(self, role: str) -> list[dict]:
        names = ("connection", "protocol", "method", "path", "status", "ended", "took", "authorization")
        path = self.folder / f"{role}.log"
        return [dict(zip(names, line.split("|"))) for line in path.read_text().splitlines()] if path.exists() else []


class Tunnel:
    """A proxy that understands CONNECT, or refuses it; remembers what it was asked."""

    def __init__(self, refuses: bool = False) -> None:
        self.refuses = refuses
        self.heads: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(4096)
            if not piece:
                return client.close()
            head += piece
        self.heads.append(head.decode())
        if self.refuses:
            client.sendall(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
            return client.close()
        host, port = head.split(b" ")[1].decode().rsplit(":", 1)
        server = socket.create_connection((host, int(port)), 5)
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for source, target in ((client, server), (server, client)):
            threading.Thread(target=self.copy, args=(source, target), daemon=True).start()

    @staticmethod
    def copy(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                target.sendall(piece)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self.listener.close()


class Fleet:
    """Spaces with a variable and a secret each, and one with files."""

    def __init__(self, folder: Path, token: str, authority: Authority) -> None:
        self.folder, self.token, self.authority = folder, token, authority
        (folder / "spaces").mkdir(parents=True)
        (folder / "app").mkdir()
        (folder / "app" / "index.html").write_text("<p>files</p>\n")
        (folder / "app" / "model.safetensors").write_bytes(os.urandom(24 << 20))
        (folder / "spaceform.yaml").write_text("version: 1\nowner: acme\n")
        for number in range(SPACES):
            name = f"app-{number:02}"
            (folder / "spaces" / f"{name}.space.yaml").write_text(TEXT.format(name=name))
        (folder / "spaces" / "files.space.yaml").write_text(SOURCE)
        self.texts: list[str] = []

    def run(self, endpoint: str, *arguments: str, trusted: bool = True, at: Path | None = None, **environment: str) -> Ended:
        values = {"HF_ENDPOINT": endpoint, "HF_TOKEN": self.token, "CANARY": VALUE, "HOME": str(self.folder), **environment}
        if trusted:
            values.setdefault("SSL_CERT_FILE", str(self.authority.certificate))
        process = subprocess.Popen(
            [program("spaceform"), "-C", str(at or self.folder), *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=clean_environment(**values),
        )
        ended = wait(process, 100)
        self.texts.append(ended.text)
        return ended


def most_at_once(calls: list[dict]) -> int:
    """Requests under way at the same time, by nginx's log."""
    events = []
    for call in calls:
        ended = float(call["ended"])
        events += [(ended - float(call["took"]), 1), (ended, -1)]
    now = most = 0
    for _, step in sorted(events):
        now += step
        most = max(most, now)
    return most


def http2(checks: Checks, nginx: Nginx, fleet: Fleet) -> None:
    front = nginx.address("front")
    ended = fleet.run(front, "apply", "--auto-approve")
    checks.equal(ended.status, 0, "a fleet with a large file is applied over TLS with a private authority", ended)
    since = len(nginx.calls("front"))
    ended = fleet.run(front, "plan", "--detailed-exitcode")
    checks.equal(ended.status, 0, "and the plan after it is empty", ended)
    calls = nginx.calls("front")[since:]
    connections = {call["connection"] for call in calls}
    at_once = most_at_once(calls)
    print(f"plan: {len(calls)} calls, {at_once} at once, on {len(connections)} connections", flush=True)
    checks.that(len(calls) >= 2 * SPACES, "the plan read every variable and every secret's name", len(calls))
    checks.equal({call["protocol"] for call in calls}, {"HTTP/2.0"}, "all in HTTP/2")
    checks.that(at_once >= 4 and len(connections) < at_once, "calls under way at once share connections", (at_once, connections))


def untrusted(checks: Checks, nginx: Nginx, fleet: Fleet, other: Authority) -> None:
    cases = (
        ("no SSL_CERT_FILE", "front", {"trusted": False}, "not trusted"),
        ("another authority", "front", {"SSL_CERT_FILE": str(other.certificate)}, "not trusted"),
        ("an expired certificate", "expired", {}, "expired"),
        ("a certificate of another host", "stranger", {}, "127.0.0.1"),
        ("a file of authorities that is not there", "front", {"SSL_CERT_FILE": "/no/such/file.pem"}, "SSL_CERT_FILE"),
    )
    for what, role, options, words in cases:
        before = len(nginx.calls(role))
        began = time.monotonic()
        ended = fleet.run(nginx.address(role), "hardware", "--live", **options)
        checks.equal(ended.status, 1, f"{what}: refused", ended)
        checks.that(words in ended.stderr, f"{what}: said as that", ended)
        checks.that(time.monotonic() - began < 20, f"{what}: at once, not after tries that cannot help")
        checks.equal(len(nginx.calls(role)), before, f"{what}: no request was sent")


def elsewhere(checks: Checks, nginx: Nginx, fleet: Fleet, folder: Path) -> None:
    (folder / "down").mkdir()
    (folder / "down" / "spaceform.yaml").write_text("version: 1\nowner: acme\n")
    ended = fleet.run(nginx.address("files"), "import", "acme/files", "--content", at=folder / "down")
    checks.equal(ended.status, 0, "files that the Hub keeps on another host come from there", ended)
    arrived = [path.read_bytes() for path in (folder / "down").rglob("model.safetensors")]
    checks.that(arrived == [(fleet.folder / "app" / "model.safetensors").read_bytes()], "with the right bytes")
    calls = nginx.calls("elsewhere")
    checks.that(len(calls) >= 2, "the other host was asked", calls)
    checks.equal({call["authorization"] for call in calls}, {"-"}, "without a token")
    before = len(calls)
    for verb, arguments in (("a read", ("hardware", "--live")), ("a write", ("pause", "--yes", "acme/app-00"))):
        ended = fleet.run(nginx.address("away"), *arguments)
        checks.that(ended.status == 1 and "moved" in ended.stderr, f"{verb} follows no redirect to another host", ended)
    checks.equal(len(nginx.calls("elsewhere")), before, "and the other host heard nothing of it")


def lost_bodies(checks: Checks, nginx: Nginx, fleet: Fleet, hub: Hub, folder: Path) -> None:
    spaces = hub.spaces()
    place = folder / "bodies"
    (place / "spaces").mkdir(parents=True)
    (place / "spaceform.yaml").write_text("version: 1\nowner: acme\n")
    (place / "spaces" / "lost.space.yaml").write_text(TEXT.format(name="lost"))
    ended = fleet.run(nginx.address("bodiless"), "apply", "--auto-approve", at=place)
    checks.that(ended.status == 1 and "HTTP 400" in ended.stderr, "a proxy that loses what is sent: the apply fails", ended)
    checks.equal(hub.spaces(), spaces, "and nothing was made")
    ended = fleet.run(nginx.address("front"), "apply", "--auto-approve", at=place)
    checks.that(ended.status != 0 or "acme/lost" in hub.spaces(), "the same apply without that proxy", ended)
    ended = fleet.run(nginx.address("empty"), "hardware", "--live")
    checks.that(ended.status == 1 and "empty" in ended.stderr, "a proxy that loses what is answered is told from a Hub", ended)
    ended = fleet.run(nginx.address("empty"), "pause", "--yes", "acme/app-00")
    checks.that(ended.status == 1, "an empty answer to a write is no success", ended)


def proxies(checks: Checks, nginx: Nginx, fleet: Fleet) -> None:
    front = nginx.address("front")
    tunnel, closed = Tunnel(), Tunnel(refuses=True)
    with_password = f"http://someone:{PASSWORD}@127.0.0.1:{tunnel.port}"
    ended = fleet.run(front, "hardware", "--live", HTTPS_PROXY=with_password)
    checks.equal(ended.status, 0, "HTTPS_PROXY: the Hub is reached through the proxy", ended)
    checks.that(tunnel.heads and all(f"CONNECT 127.0.0.1:{nginx.ports['front']} " in head for head in tunnel.heads), "which was asked for the Hub", tunnel.heads)
    checks.that(all(fleet.token not in head for head in tunnel.heads), "and saw no token")
    ended = fleet.run(front, "hardware", "--live", HTTPS_PROXY=f"http://127.0.0.1:{closed.port}", NO_PROXY="127.0.0.1")
    checks.equal((ended.status, closed.heads), (0, []), "NO_PROXY: the Hub is reached directly")
    began = time.monotonic()
    ended = fleet.run(front, "pause", "--yes", "acme/app-00", HTTPS_PROXY=f"http://someone:{PASSWORD}@127.0.0.1:{closed.port}")
    checks.that(ended.status == 1 and "127.0.0.1" in ended.stderr, "a proxy that refuses is an error", ended)
    checks.that(time.monotonic() - began < 30, "that comes soon")
    tunnel.close()
    closed.close()


def main() -> None:
    checks = Checks()
    with workplace() as folder:
        authority, other = Authority(folder / "authority"), Authority(folder / "other")
        authority.sign("server", "IP:127.0.0.1,DNS:localhost")
        authority.sign("stranger", "DNS:hub.example")
        authority.sign("expired", "IP:127.0.0.1", days=-1)
        with Hub(folder / "hub", options=("--latency", "50ms")) as hub, Nginx(folder / "nginx", hub, authority) as nginx:
            fleet = Fleet(folder / "fleet", hub.token, authority)
            http2(checks, nginx, fleet)
            untrusted(checks, nginx, fleet, other)
            elsewhere(checks, nginx, fleet, folder)
            lost_bodies(checks, nginx, fleet, hub, folder)
            proxies(checks, nginx, fleet)
            for credential in (hub.token, VALUE, PASSWORD):
                checks.that(not any(credential in text for text in fleet.texts), "no credential in anything that was said")
            texts = [path.read_text(errors="replace") for path in fleet.folder.rglob("*") if path.suffix in (".lock", ".ndjson")]
            checks.that(texts and not any(VALUE in text or hub.token in text for text in texts), "nor in the lock and the journal")
    checks.finish()


if __name__ == "__main__":
    sys.exit(main())
