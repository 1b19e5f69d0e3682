"""The wheels: in a new environment with an empty cache, by pip and by uv, without a network; the job that people begin with runs from them."""

import email
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from harness import Checks, clean_environment, stop

APP = {"demo/app.py": "import gradio\n", "demo/README.md": "---\ntitle: Demo\nsdk: gradio\nsdk_version: 5.0.0\n---\n"}


def called(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run([str(word) for word in command], cwd=cwd, env=clean_environment(**environment), capture_output=True, text=True, check=False)


def wheel_of(files: list[Path], name: str) -> Path:
    (found,) = [file for file in files if file.suffix == ".whl" and file.name.startswith(f"{name}-")]
    return found


def content(checks: Checks, files: list[Path], version: str) -> None:
    names: list[str] = []
    for wheel in ("spaceform", "spaceform_hub", "spaceform_tracker"):
        file = wheel_of(files, wheel)
        stem, program = f"{wheel}-{version}", wheel.replace("_", "-")
        checks.that(file.name.startswith(f"{stem}-py3-none-manylinux_"), f"{file.name} says which systems it is for")
        with zipfile.ZipFile(file) as archive:
            listed = [name for name in archive.namelist() if not name.endswith("/")]
            said = email.message_from_bytes(archive.read(f"{stem}.dist-info/METADATA"))
            recorded = archive.read(f"{stem}.dist-info/RECORD").decode()
        checks.that(f"{stem}.data/scripts/{program}," in recorded, f"{program} is a program of its environment, and recorded", recorded)
        checks.that(f"{stem}.data/data/share/man/man1/{program}.1" in listed, "with its man page", listed)
        terms = [name.rsplit("/", 1)[1] for name in listed if f"{stem}.dist-info/licenses/" in name]
        checks.equal(sorted(terms), sorted(said.get_all("License-File")), "its terms are there and named")
        checks.that({"LICENSE", "THIRD-PARTY.md"} <= set(terms), "ours, and those of what is linked", terms)
        checks.equal(said["License-Expression"], "Apache-2.0", "it says its licence")
        names += [name for name in listed if ".data/data/libexec/" in name]
        if wheel == "spaceform":
            checks.that("LIBRARIES.md" in terms and any(name.endswith("/libcurl.so.4") for name in listed), "it brings its libraries, with their terms")
            extras = {f'spaceform-{extra}=={version}; extra == "{extra}"' for extra in ("hub", "tracker")}
            checks.equal(set(said.get_all("Requires-Dist")), extras, "the other programs are extras")
            body = said.get_payload()
            checks.that("# Spaceform" in body and "](docs/" not in body, "its page is the README, without links that lead nowhere")
        else:
            checks.equal(said.get_all("Requires-Dist"), [f"spaceform=={version}"], f"{program} needs spaceform of its version")
    libraries = [name.rsplit("/", 1)[1] for name in names]
    checks.equal(len(libraries), len(set(libraries)), "no library is in two wheels", sorted(libraries))


def rehearse(checks: Checks, programs: Path, folder: Path, version: str) -> None:
    """init, validate and plan against the local Hub, with nothing but what was installed."""
    checks.equal(called(programs / "spaceform", "--version", cwd=folder).stdout.strip(), version, "the installed program runs")
    ldd = called("ldd", programs / "spaceform", cwd=folder).stdout
    checks.that(all("libexec/spaceform" in line for line in ldd.splitlines() if "libgit2" in line or "libxml2" in line), "with its own libraries", ldd)
    for path, text in APP.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    home = folder / "home"
    home.mkdir()
    hub = subprocess.Popen(
        [programs / "spaceform-hub", "serve", "--port", "0"], cwd=home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=clean_environment())
    try:
        first = json.loads(hub.stdout.readline())
        environment = {"HF_ENDPOINT": first["endpoint"], "HF_TOKEN": first["token"], "HOME": str(home)}
        for word in ("init", "validate", "plan"):
            done = called(programs / "spaceform", word, cwd=folder, **environment)
            checks.equal(done.returncode, 0, f"spaceform {word} runs from the wheel", done.stdout + done.stderr)
        checks.that("Plan: 1 to create." in done.stdout, "and plans the Space", done.stdout)
    finally:
        stop(hub)
        hub.stdout.close()


def by_pip(checks: Checks, wheels: Path, folder: Path, version: str) -> None:
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    pip = (environment / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--isolated")
    began = time.monotonic()
    cache = str(folder / "cache")
    done = called(*pip, "install", "--cache-dir", cache, "--no-index", "--find-links", wheels, "spaceform[hub]", cwd=folder)
    seconds = time.monotonic() - began
    if not checks.equal(done.returncode, 0, "pip installs spaceform and the Hub", done.stdout + done.stderr):
        return
    print(f"pip install spaceform[hub], nothing cached: {seconds:.1f} s", flush=True)
    (folder / "work").mkdir()
    rehearse(checks, environment / "bin", folder / "work", version)
    done = called(*pip, "uninstall", "--yes", "spaceform", "spaceform-hub", cwd=folder)
    left = [str(path) for path in environment.rglob("*spaceform*")]
    checks.that(done.returncode == 0 and left == [], "pip takes everything away again", (done.stderr, left))
    done = called(*pip, "install", "--no-index", "--find-links", wheels, "--target", folder / "target", "spaceform", cwd=folder)
    ldd = called("ldd", folder / "target" / "bin" / "spaceform", cwd=folder).stdout
    checks.that(done.returncode == 0 and "libexec/spaceform/libgit2" in ldd, "a folder of pip's `--target` is whole too", (done.stderr, ldd))


def by_uv(checks: Checks, wheels: Path, folder: Path, version: str) -> None:
    uv = Path(sys.executable).parent / "uv"
    for mode in ("symlink", "copy"):
        given = {"UV_CACHE_DIR": str(folder / f"uv-{mode}"), "UV_LINK_MODE": mode, "HOME": str(folder), "UV_NO_CONFIG": "1", "UV_PYTHON": sys.executable}
        done = called(uv, "tool", "run", "--no-index", "--find-links", wheels, "spaceform", "--version", cwd=folder, **given)
        checks.equal(done.stdout.strip(), version, f"uvx runs it, {mode}", done.stderr)
    done = called(uv, "tool", "run", "--no-index", "--find-links", wheels, "--from", "spaceform[tracker]", "spaceform-tracker", "--version", cwd=folder, **given)
    checks.equal(done.stdout.strip(), version, "and another program by its extra", done.stderr)


def check(checks: Checks, files: list[Path], folder: Path, version: str) -> None:
    content(checks, files, version)
    folder.mkdir()
    by_pip(checks, files[0].parent, folder, version)
    by_uv(checks, files[0].parent, folder, version)
