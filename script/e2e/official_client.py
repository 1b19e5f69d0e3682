"""The official client agrees: after an apply, huggingface_hub reads back from spaceform-hub what the definitions say.

The expectations below are written by hand from examples/fleet, so that no reader of ours stands between.
"""

import os

from harness import Checks, FLEET, Hub, Project, official_client, workplace

# address: sdk, requested hardware, sleep time, private, variables, secret names, volumes
EXPECTED = {
    "acme/contrast": ("static", None, None, False, {}, set(), []),
    "acme/csv-profiler": ("gradio", "cpu-basic", None, False, {"MAX_ROWS": "200000"}, set(), []),
    "acme/feedback": (
        "docker",
        "cpu-basic",
        None,
        False,
        {"DATA_FOLDER": "/data/feedback", "LOG_LEVEL": "info"},
        {"ADMIN_KEY"},
        [("bucket", "acme/data", "/data", False)],
    ),
    "acme/fleet-report": (
        "docker",
        "cpu-basic",
        None,
        True,
        {"ORGANISATION": "acme", "REFRESH_SECONDS": "300"},
        {"HUB_TOKEN"},
        [],
    ),
    "acme/semantic-search": (
        "gradio",
        "cpu-upgrade",
        1800,
        False,
        {"MODEL_ID": "sentence-transformers/all-MiniLM-L6-v2"},
        set(),
        [],
    ),
    "acme/text-api": ("docker", "cpu-basic", None, False, {"LOG_LEVEL": "info", "MAX_CHARACTERS": "50000"}, set(), []),
    "acme/text-studio": ("gradio", "cpu-basic", None, False, {"BACKEND_URL": None, "REQUEST_TIMEOUT": "20"}, set(), []),
    "acme/transcriber": (
        "gradio",
        "t4-small",
        3600,
        False,
        {"MODEL_ID": "openai/whisper-small", "MAX_MINUTES": "15"},
        set(),
        [],
    ),
}
NOTES = {
    ("acme/csv-profiler", "MAX_ROWS"): "Rows read from an uploaded file at most",
    ("acme/text-api", "MAX_CHARACTERS"): "Longest text one call may send",
    ("acme/transcriber", "MODEL_ID"): "Speech recognition model on the Hub",
}
CARD_OF_TEXT_API = {
    "title": "Text API",
    "emoji": "📐",
    "colorFrom": "blue",
    "colorTo": "indigo",
    "sdk": "docker",
    "app_port": 7860,
    "short_description": "Readability and keywords of a text, over HTTP",
    "license": "apache-2.0",
    "pinned": False,
}


def check_space(checks: Checks, api, address: str) -> None:
    sdk, hardware, sleep_time, private, variables, secret_names, volumes = EXPECTED[address]
    info = api.space_info(address)
    checks.equal(info.sdk, sdk, f"{address} is built by {sdk}")
    checks.equal(info.private, private, f"{address} has the declared visibility")

    runtime = api.get_space_runtime(address)
    checks.equal(runtime.stage, "RUNNING", f"{address} runs")
    checks.equal(runtime.requested_hardware, hardware, f"{address} has asked for the declared hardware")
    if sdk != "static":
        checks.equal(runtime.hardware, hardware, f"{address} runs on the declared hardware")
    if sleep_time is not None:
        checks.equal(runtime.sleep_time, sleep_time, f"{address} sleeps after the declared time")
    mounted = [(v.type, v.source, v.mount_path, bool(v.read_only)) for v in runtime.volumes or []]
    checks.equal(mounted, volumes, f"{address} mounts the declared volumes")

    found = api.get_space_variables(address)
    checks.equal(set(found), set(variables), f"{address} has the declared variables and no other")
    for key, value in variables.items():
        if value is not None and key in found:
            checks.equal(found[key].value, value, f"{address} has the declared value of {key}")
        if (address, key) in NOTES:
            checks.equal(found[key].description, NOTES[address, key], f"{address} has the declared description of {key}")
    checks.equal(set(api.get_space_secrets(address)), secret_names, f"{address} has the declared secrets and no other")

    folder = FLEET / "apps" / address.split("/")[1]
    wanted = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    held = set(api.list_repo_files(address, repo_type="space")) - {".gitattributes"}
    checks.equal(held, wanted, f"{address} holds the files of its folder and no other")
    for path in sorted(wanted - {"README.md"}):
        copy = api.hf_hub_download(address, path, repo_type="space")
        checks.that(open(copy, "rb").read() == (folder / path).read_bytes(), f"{path} of {address} has the bytes of the folder")
    readme = open(api.hf_hub_download(address, "README.md", repo_type="space"), encoding="utf-8").read()
    source = (folder / "README.md").read_text(encoding="utf-8")
    prose = source.split("---\n", 2)[2] if source.startswith("---\n") else source
    checks.that(readme.rstrip().endswith(prose.strip()), f"the README of {address} keeps its prose", readme)


def main() -> None:
    checks = Checks()
    with workplace() as folder, Hub(folder / "hub") as hub:
        project = Project.copy(folder / "fleet", hub)
        checks.equal(project.addresses, sorted(EXPECTED), "the fleet is the one this check was written for")
        applied = project.run("apply", "--auto-approve")
        if not checks.equal(applied.status, 0, "apply makes the fleet"):
            print(applied)
            checks.finish()

        # Read when the client is imported.
        os.environ.update(official_client(hub.endpoint, folder / "client", HF_TOKEN=hub.token))
        from huggingface_hub import HfApi, SpaceCard

        api = HfApi()
        checks.equal(api.whoami()["name"], "local", "the client knows who it is")
        listed = sorted(space.id for space in api.list_spaces(author="acme"))
        checks.equal(listed, sorted(EXPECTED), "the client lists each Space once")
        for address in EXPECTED:
            check_space(checks, api, address)

        host = api.space_info("acme/text-api").host
        checks.equal(
            api.get_space_variables("acme/text-studio")["BACKEND_URL"].value, host, "the reference became the Space's own address"
        )
        card = SpaceCard.load("acme/text-api", repo_type="space").data.to_dict()
        for key, value in CARD_OF_TEXT_API.items():
            checks.equal(card.get(key), value, f"the card of acme/text-api says {key}")
    checks.finish()


if __name__ == "__main__":
    main()
