"""What a release is made of: tarball, Debian package, wheels and provider, and the action that fetches a release and believes nothing about it."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import bare_system
import python_hook
import wheels
from action_runner import Runner
from harness import PROGRAMS, ROOT, Checks, clean_environment, workplace

COMMANDS = ["spaceform", "spaceform-hub", "spaceform-tracker"]


def made(checks: Checks, out: Path, *formats: str) -> list[Path]:
    command = [str(ROOT / "script" / "package"), "--dynamic", "--programs", str(PROGRAMS), "--out", str(out), *formats]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}, check=False)
    checks.equal(done.returncode, 0, f"{' and '.join(formats)}: is made", done.stderr)
    return [Path(line) for line in done.stdout.splitlines()]


def tarball(checks: Checks, file: Path, folder: Path, version: str) -> None:
    with tarfile.open(file) as archive:
        names = archive.getnames()
        checks.that(all(name.split("/")[0] == f"spaceform-{version}" for name in names), "the tarball unpacks into one folder", names[:3])
        checks.that(all(entry.uid == 0 and entry.mtime == 1700000000 for entry in archive.getmembers()), "owners and dates are nobody's and no day's")
        archive.extractall(folder, filter="data")
    prefix = folder / f"spaceform-{version}"
    for name in COMMANDS:
        done = subprocess.run([prefix / "bin" / name, "--version"], capture_output=True, text=True, env=clean_environment(), check=False)
        checks.equal(done.stdout.strip(), version, f"{name} runs from the tarball", done.stderr)
        for path in (f"bash-completion/completions/{name}", f"zsh/site-functions/_{name}", f"fish/vendor_completions.d/{name}.fish", f"man/man1/{name}.1"):
            checks.that((prefix / "share" / path).stat().st_size > 200, f"it has {path}")
    checks.that((prefix / "bin" / "terraform-provider-huggingface").exists(), "it has the provider")
    page = (prefix / "share" / "man" / "man1" / "spaceform-ci-plan.1").read_text()
    checks.that('.Nm "spaceform ci plan"' in page and "out-dir" in page, "a man page has the command's options", page[:400])
    done = subprocess.run(["bash", "-n", prefix / "share" / "bash-completion" / "completions" / "spaceform"], capture_output=True, check=False)
    checks.equal(done.returncode, 0, "the completion is a script that bash reads", done.stderr)
    libraries = {path.name for path in (prefix / "libexec" / "spaceform").iterdir()}
    checks.that("libcurl.so.4" in libraries and "libc.so.6" not in libraries, "the libraries that not every Linux has are there", libraries)
    brought = (prefix / "share" / "doc" / "spaceform" / "LIBRARIES.md").read_text(encoding="utf-8")
    checks.that("## libcurl4\n" in brought, "with their licences", brought[:400])
    terms = (prefix / "share" / "doc" / "spaceform" / "THIRD-PARTY.md").read_text(encoding="utf-8")
    checks.that(all(f"## {name}\n" in terms for name in ("swift-argument-parser", "swift-nio", "swift-protobuf")), "the licences of what is linked are there")


def debian(checks: Checks, file: Path, folder: Path, version: str) -> None:
    """Installed into a root of its own and removed again, so that this machine stays as it is."""
    root = folder / "root"
    state = root / "var" / "lib" / "dpkg"
    for place in ("info", "updates", "triggers"):
        (state / place).mkdir(parents=True)
    (state / "status").write_text("")
    (state / "available").write_text("")
    command = ["dpkg", f"--root={root}", "--force-not-root", "--force-depends", "--force-bad-path"]
    done = subprocess.run([*command, "--install", str(file)], capture_output=True, text=True, check=False)
    checks.equal(done.returncode, 0, "the package is installed", done.stdout + done.stderr)
    done = subprocess.run([root / "usr" / "bin" / "spaceform", "--version"], capture_output=True, text=True, env=clean_environment(), check=False)
    checks.equal(done.stdout.strip(), version, "and runs", done.stderr)
    fields = subprocess.run(["dpkg-deb", "--field", str(file), "Depends"], capture_output=True, text=True, check=False).stdout
    checks.that(all(name in fields for name in ("libgit2", "libcurl4", "libxml2", "libyaml", "git")), "it names what it needs", fields)
    done = subprocess.run([*command, "--purge", "spaceform"], capture_output=True, text=True, check=False)
    left = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and state not in path.parents]
    checks.that(done.returncode == 0 and not [path for path in left if not path.startswith("var/log")], "removed, it leaves nothing", (done.stderr, left))


def terraform(checks: Checks, files: list[Path], mirror: Path, folder: Path) -> None:
    """The provider as the registry has it, and as a mirror that the real Terraform installs it from."""
    archive = next(file for file in files if file.suffix == ".zip")
    with zipfile.ZipFile(archive) as opened:
        program = next(entry for entry in opened.infolist() if entry.filename.startswith("terraform-provider-huggingface_v"))
        checks.equal(program.external_attr >> 16 & 0o777, 0o755, "the provider in the zip file may be run")
    manifest = json.loads(next(file for file in files if file.name.endswith("_manifest.json")).read_text())
    checks.equal(manifest["metadata"]["protocol_versions"], ["6.0"], "the manifest names the protocol")
    sums = next(file for file in files if file.name.endswith("_SHA256SUMS"))
    done = subprocess.run(["sha256sum", "--check", sums.name], cwd=sums.parent, capture_output=True, text=True, check=False)
    checks.equal(done.returncode, 0, "its checksums are right", done.stdout)
    if shutil.which("terraform") is None:
        return print("there is no terraform here: the mirror is not tried", flush=True)
    place = folder / "configuration"
    place.mkdir()
    (place / "cli.tfrc").write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')
    (place / "main.tf").write_text('terraform {\n  required_providers {\n    huggingface = { source = "spaceform/huggingface" }\n  }\n}\nprovider "huggingface" {}\n')
    environment = clean_environment(TF_CLI_CONFIG_FILE=str(place / "cli.tfrc"), CHECKPOINT_DISABLE="1", HOME=str(place))
    for words in (["init", "-input=false"], ["validate"]):
        done = subprocess.run(["terraform", f"-chdir={place}", *words, "-no-color"], env=environment, capture_output=True, text=True, check=False)
        checks.equal(done.returncode, 0, f"Terraform's {words[0]} takes the provider from the mirror", done.stdout + done.stderr)


class Releases:
    """A server with a release, as GitHub shows them."""

    def __init__(self, folder: Path) -> None:
        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def setup(checks: Checks, packages: Path, folder: Path, version: str) -> None:
    """The action `setup` with a version: nothing is run that its checksum and its proof do not vouch for."""
    release = folder / "acme" / "spaceform" / "releases" / "download" / f"v{version}"
    release.mkdir(parents=True)
    for file in packages.iterdir():
        shutil.copy2(file, release)
    (name,) = [file.name for file in packages.glob("*.tar.gz")]
    digest = hashlib.sha256((release / name).read_bytes()).hexdigest()
    tools, asked = folder / "tools", folder / "asked"
    tools.mkdir()
    # Proofs are kept by GitHub alone, so that what stands here for its program only says yes or no.
    (tools / "gh").write_text(f'#!/bin/sh\necho "$@" >> {asked}\nexit "${{PROOF:-0}}"\n')
    (tools / "gh").chmod(0o755)
    server = Releases(folder)

    # As a runner keeps it.
    action = folder / "_actions" / "acme" / "spaceform" / ("c0ffee" * 6 + "c0de") / "ci" / "github" / "setup"
    shutil.copytree(ROOT / "ci" / "github" / "setup", action)

    def run(checked: dict[str, str], action: Path = action, **environment: str):
        place = folder / f"runner{len(list(folder.iterdir()))}"
        (place / "work").mkdir(parents=True)
        asked.write_text("")
        words = clean_environment() | {"GITHUB_SERVER_URL": server.url} | environment
        words["PATH"] = f"{tools}{os.pathsep}{words['PATH']}"
        context = {"github.token": "t", "runner.temp": str(place), "runner.os": "Linux", "runner.arch": "X64"}
        runner = Runner(place / "work", words, context)
        return runner, runner.run(action, checked)

    runner, ended = run({"version": version})
    checks.that(ended.status == 0 and ended.outputs["version"] == version, "setup: a release is fetched and runs", ended)
    checks.that(any(f"spaceform-{version}/bin" in path for path in runner.path), "setup: it is on the PATH", runner.path)
    checks.equal(asked.read_text().split(), ["attestation", "verify", name, "--repo", "acme/spaceform"], "setup: its proof is asked for")
    checks.equal(run({"version": version, "sha256": digest.upper()})[1].status, 0, "setup: with the checksum in the workflow")
    _, ended = run({"version": version, "sha256": "0" * 64})
    checks.that(ended.status == 1 and digest in ended.stdout and not asked.read_text(), "setup: another tarball than the workflow's is refused", ended)
    _, ended = run({"version": version}, PROOF="1")
    checks.that(ended.status == 1 and "nothing proves" in ended.stdout, "setup: one without a proof is refused", ended)
    _, ended = run({"version": version, "attestation": "false"}, PROOF="1")
    checks.that(ended.status == 0 and not asked.read_text(), "setup: unless that is asked for", ended)
    _, ended = run({"version": "9.9.9"})
    checks.that(ended.status != 0 and "404" in ended.stderr, "setup: a version that is not there is told of", ended)
    elsewhere = ROOT / "ci" / "github" / "setup"
    _, ended = run({"version": version, "repository": "acme/spaceform"}, elsewhere)
    checks.equal(ended.status, 0, "setup: the repository of the release may be named")
    for wrong in ({}, {"repository": "../../x"}, {"repository": "a b/c"}):
        _, ended = run({"version": version} | wrong, elsewhere)
        checks.that(ended.status == 1 and "name the repository" in ended.stdout, f"setup: and has to be one: {wrong}", ended)
    for wrong in ("../../evil", "0.1.0; echo pwned", "latest", "v0.1.0"):
        _, ended = run({"version": wrong})
        checks.that(ended.status == 1 and "has to be one such as" in ended.stdout and "pwned" not in ended.stdout, f"setup: `{wrong}` is no version", ended)
    with open(release / name, "r+b") as file:
        file.seek(1000)
        file.write(b"changed")
    _, ended = run({"version": version})
    checks.that(ended.status == 1 and "is not what its checksum says" in ended.stdout, "setup: a tarball that was changed is refused", ended)
    server.close()


def main() -> None:
    checks = Checks()
    version = subprocess.run([PROGRAMS / "spaceform", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    with workplace() as folder:
        files = made(checks, folder / "first", "tarball", "deb", "wheel", "terraform", "--mirror", str(folder / "mirror"))
        checks.equal(len(files), 9, "a tarball, a Debian package, three wheels, the provider's three files, and the checksums of all", files)
        summed = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=folder / "first", capture_output=True, text=True, check=False)
        checks.equal(summed.returncode, 0, "the checksums are theirs", summed.stdout)
        for again in made(checks, folder / "second", "tarball", "wheel"):
            if again.name != "SHA256SUMS":
                checks.that(again.read_bytes() == (folder / "first" / again.name).read_bytes(), f"made again, {again.name} has the same bytes")
        refused = subprocess.run(
            [str(ROOT / "script" / "package"), "--programs", str(folder), "--out", str(folder / "none")],
            capture_output=True, text=True, check=False)
        checks.that(refused.returncode == 1 and "script/build" in refused.stderr, "a folder without programs is refused", refused.stderr)
        (archive,) = [file for file in files if file.name.endswith(".tar.gz")]
        (package,) = [file for file in files if file.suffix == ".deb"]
        tarball(checks, archive, folder / "unpacked", version)
        debian(checks, package, folder, version)
        terraform(checks, files, folder / "mirror", folder)
        setup(checks, folder / "first", folder / "releases", version)
        wheels.check(checks, files, folder / "python", version)
        python_hook.check(checks, files, folder / "hook", version)
        bare_system.check(checks, files, folder / "bare", version)
    checks.finish()


if __name__ == "__main__":
    main()
