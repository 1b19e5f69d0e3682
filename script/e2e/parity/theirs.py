"""What the official client does for each operation. To be imported once HF_ENDPOINT and HF_TOKEN are set."""

import itertools
import os
from pathlib import Path

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi, Volume, get_token
from huggingface_hub import __version__ as VERSION  # noqa: F401

from harness import Hub

from .proxy import Proxy
from .values import (
    APP, EMPTY_NAME, EXPAND, FOLDER_OF_LARGE, GROUP, IDENTITY, LARGE, ODD_NAME, PAGE, SECRETS, SMALL, TEMPLATE, VOLUME, VOLUME_OF_REPO,
)

LONE, OTHER, MOVED = "acme/lone", "acme/other", "acme/moved"


class Theirs:
    def __init__(self, folder: Path, hub: Hub, proxy: Proxy, readme: bytes) -> None:
        self.hub, self.proxy, self.readme = hub, proxy, readme
        self.cache = folder / "cache"
        self.api = HfApi(endpoint=proxy.endpoint, token=hub.token)

    def head(self, address: str = LONE) -> str:
        return self.hub.call("GET", f"/api/spaces/{address}")[1]["sha"]

    def all_steps(self) -> None:
        """In the order in which one depends on another. Each call stands in a step of its own."""
        api = self.api
        steps = {
            "hardware": lambda: api.list_spaces_hardware(),
            "whoami": lambda: api.whoami(),
            "create": self.create,
            "create from a template": lambda: api.create_repo(
                OTHER, repo_type="space", space_sdk="docker", space_hardware="cpu-basic", visibility="private", space_template=TEMPLATE
            ),
            "create a static Space": lambda: api.create_repo("acme/page", repo_type="space", space_sdk="static", visibility="public"),
            "first commit": self.first_commit,
            "list": lambda: list(api.list_spaces(author="acme", limit=PAGE, expand=EXPAND)),
            "info": lambda: api.space_info(LONE),
            "runtime": lambda: api.get_space_runtime(LONE),
            "variables": lambda: api.get_space_variables(LONE),
            "secrets": lambda: api.get_space_secrets(LONE),
            "tree": lambda: list(api.list_repo_tree(LONE, repo_type="space", revision=self.head(), recursive=True)),
            "delete a variable": lambda: api.delete_space_variable(LONE, "TWO"),
            "delete a secret": lambda: api.delete_space_secret(LONE, "KEY_B"),
            "set variables": self.set_variables,
            "set secrets": self.set_secrets,
            "set volumes": lambda: api.set_space_volumes(LONE, [Volume(type="bucket", source=VOLUME, mount_path="/store", read_only=True)]),
            "commit": self.commit,
            "hardware with sleep time": lambda: api.request_space_hardware(LONE, "cpu-upgrade", sleep_time=1800),
            "dev mode off": lambda: api.disable_space_dev_mode(LONE),
            "visibility": lambda: api.update_repo_settings(LONE, repo_type="space", visibility="public"),
            "delete volumes": lambda: api.delete_space_volumes(LONE),
            "hardware alone": lambda: api.request_space_hardware(OTHER, "t4-small"),
            "sleep time": lambda: api.set_space_sleep_time(LONE, 7200),
            "sleep never": lambda: api.set_space_sleep_time(LONE, -1),
            "dev mode on": lambda: api.enable_space_dev_mode(LONE),
            "log of the app": lambda: list(itertools.islice(api.fetch_space_logs(LONE), 1)),
            "log of the build": lambda: list(itertools.islice(api.fetch_space_logs(LONE, build=True), 1)),
            "pause": lambda: api.pause_space(LONE),
            "restart": lambda: api.restart_space(LONE),
            "factory restart": lambda: api.restart_space(LONE, factory_reboot=True),
            "download": self.download,
            "exchange": self.exchange,
            "move": lambda: api.move_repo(LONE, MOVED, repo_type="space"),
            "delete": lambda: api.delete_repo(OTHER, repo_type="space"),
            "history": lambda: api.list_repo_commits(MOVED, repo_type="space"),
        }
        for name, call in steps.items():
            self.proxy.step = name
            call()

    def create(self) -> None:
        self.api.create_repo(
            LONE,
            repo_type="space",
            visibility="private",
            region="eu",
            resource_group_id=GROUP,
            space_sdk="docker",
            space_hardware="t4-small",
            space_sleep_time=3600,
            space_secrets=[{"key": key, "value": SECRETS[key]} for key in ("KEY_A", "KEY_B")],
            space_variables=[{"key": "ONE", "value": "1"}, {"key": "TWO", "value": "2", "description": "The second"}],
            space_volumes=[
                Volume(type="bucket", source=VOLUME, mount_path="/data"),
                Volume(type="dataset", source=VOLUME_OF_REPO, mount_path="/corpus", revision="main", read_only=True),
            ],
        )

    def first_commit(self) -> None:
        files = {**APP, "README.md": self.readme}
        self.api.create_commit(
            LONE,
            [CommitOperationAdd(path, content) for path, content in sorted(files.items())],
            commit_message="First",
            commit_description="Words",
            repo_type="space",
            revision="main",
            parent_commit=self.head(),
        )

    def commit(self) -> None:
        self.api.create_commit(
            LONE,
            [
                CommitOperationAdd("server.py", APP["server.py"] + b"# changed\n"),
                CommitOperationAdd("new.txt", b"new\n"),
                CommitOperationAdd(f"{FOLDER_OF_LARGE}/small.bin", SMALL),
                CommitOperationAdd(f"{FOLDER_OF_LARGE}/large.bin", LARGE),
                CommitOperationAdd(ODD_NAME, b"odd\n"),
                CommitOperationAdd(EMPTY_NAME, b""),
                CommitOperationDelete("gone.txt"),
            ],
            commit_message="Second",
            commit_description="Words",
            repo_type="space",
            revision="main",
            parent_commit=self.head(),
        )

    def set_variables(self) -> None:
        self.api.add_space_variable(LONE, "ONE", "one")
        self.api.add_space_variable(LONE, "THREE", "3", description="The third")

    def set_secrets(self) -> None:
        for key in ("KEY_A", "KEY_C"):
            self.api.add_space_secret(LONE, key, SECRETS[key])

    def download(self) -> None:
        for path in ("server.py", f"{FOLDER_OF_LARGE}/small.bin", ODD_NAME):
            self.api.hf_hub_download(LONE, path, repo_type="space", revision=self.head(), cache_dir=self.cache)

    def exchange(self) -> None:
        given = {"HF_OIDC_RESOURCE": f"spaces/{LONE}", "HF_OIDC_ID_TOKEN": IDENTITY}
        os.environ.update(given)
        try:
            get_token()
        finally:
            for name in given:
                del os.environ[name]
