"""Calls every Space method of the official client against a running spaceform-hub and says where one disagrees.

HF_ENDPOINT and HF_TOKEN come from the environment, HF_HUB_DISABLE_XET=1 must be set. Exit status 0: all agreed.
"""

import io
import os
import sys
import tempfile
import time
from pathlib import Path

from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationDelete,
    HfApi,
    SpaceHardware,
    Volume,
    hf_hub_download,
)
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError

api = HfApi()
checks = 0


def check(what, condition, seen=None):
    global checks
    checks += 1
    if not condition:
        print(f"disagrees: {what}: {seen!r}", file=sys.stderr)
        sys.exit(1)


def refused(what, status, call):
    try:
        call()
    except HfHubHTTPError as error:
        check(what, error.response.status_code == status, error)
    else:
        check(what, False, "no error")


def wait(space, stage):
    for _ in range(200):
        runtime = api.get_space_runtime(space)
        if runtime.stage == stage:
            return runtime
        time.sleep(0.1)
    check(f"{space} reaches {stage}", False, api.get_space_runtime(space).stage)


who = api.whoami()
check("whoami names the user", who["name"] == "local", who)
check("whoami lists organisations", [o["name"] for o in who["orgs"]] == ["acme", "beta"], who)

space = "acme/official"
url = api.create_repo(
    space, repo_type="space", space_sdk="docker", visibility="private", space_hardware="t4-small", space_sleep_time=3600,
    space_variables=[{"key": "LEVEL", "value": "info", "description": "how much"}],
    space_secrets=[{"key": "API_KEY", "value": "canary-value"}],
    space_volumes=[Volume(type="bucket", source="acme/data", mount_path="/data")],
)
check("create answers the url", str(url).endswith("/spaces/acme/official"), url)
refused("a second create", 409, lambda: api.create_repo(space, repo_type="space", space_sdk="docker"))
api.create_repo(space, repo_type="space", space_sdk="docker", exist_ok=True)
info = api.space_info(space)
check("info is private", info.private is True, info)
check("info names the sdk", info.sdk == "docker", info.sdk)
check("info has volumes", info.runtime.volumes[0].mount_path == "/data", info.runtime)
check("requested hardware", info.runtime.requested_hardware == "t4-small", info.runtime)
check("sleep time", info.runtime.sleep_time == 3600, info.runtime)
head = api.create_commit(
    space, repo_type="space", commit_message="Add the app", parent_commit=info.sha,
    operations=[
        CommitOperationAdd("Dockerfile", b"FROM python:3.12-slim\nCMD python -m http.server 7860\n"),
        CommitOperationAdd("app/main.py", b"print('hello')\n"),
        CommitOperationAdd("model.bin", os.urandom(2048)),
    ])
refused("a stale parent", 412, lambda: api.create_commit(
    space, repo_type="space", commit_message="Late", parent_commit=info.sha, operations=[CommitOperationAdd("x", b"x")]))
tree = {entry.path: entry for entry in api.list_repo_tree(space, repo_type="space", recursive=True)}
check("the tree has the files", {"Dockerfile", "app", "app/main.py", "model.bin", "README.md"} <= set(tree), tree)
check("binary files are large objects", tree["model.bin"].lfs is not None, tree["model.bin"])
check("text files are not", tree["Dockerfile"].lfs is None, tree["Dockerfile"])
expanded = list(api.list_repo_tree(space, repo_type="space", recursive=True, expand=True))
check("expand names the last commit", any(getattr(e, "last_commit", None) for e in expanded), expanded)
paths = api.get_paths_info(space, ["Dockerfile", "missing"], repo_type="space")
check("paths-info leaves out what is missing", [p.path for p in paths] == ["Dockerfile"], paths)
check("file_exists", api.file_exists(space, "Dockerfile", repo_type="space"))
check("not file_exists", not api.file_exists(space, "nothing", repo_type="space"))
with tempfile.TemporaryDirectory() as folder:
    path = hf_hub_download(space, "model.bin", repo_type="space", cache_dir=folder)
    check("a large object comes back whole", Path(path).stat().st_size == 2048, path)
    path = hf_hub_download(space, "app/main.py", repo_type="space", cache_dir=folder)
    check("a file comes back whole", Path(path).read_text() == "print('hello')\n", path)
    source = Path(folder) / "source"
    (source / "static").mkdir(parents=True)
    (source / "static" / "style.css").write_text("body {}\n")
    (source / "notes.txt").write_text("notes\n")
    api.upload_folder(repo_id=space, repo_type="space", folder_path=source, commit_message="Upload a folder")
    big = Path(folder) / "big.txt"
    big.write_bytes(b"a" * (11 << 20))
    api.upload_file(path_or_fileobj=str(big), path_in_repo="big.txt", repo_id=space, repo_type="space")
    snapshot = api.snapshot_download(space, repo_type="space", cache_dir=folder)
    check("snapshot", (Path(snapshot) / "static" / "style.css").exists(), snapshot)
api.upload_file(path_or_fileobj=io.BytesIO(b"one\n"), path_in_repo="one.txt", repo_id=space, repo_type="space")
api.delete_file("one.txt", space, repo_type="space")
api.delete_folder("static", space, repo_type="space")
refused("deleting what is missing", 404, lambda: api.create_commit(
    space, repo_type="space", commit_message="Delete", operations=[CommitOperationDelete("missing.txt")]))
files = api.list_repo_files(space, repo_type="space")
check("deletes hold", "one.txt" not in files and "static/style.css" not in files and "big.txt" in files, files)
commits = api.list_repo_commits(space, repo_type="space")
check("the history has titles", commits[-1].title == "initial commit" and commits[0].authors == ["local"], commits)
refs = api.list_repo_refs(space, repo_type="space")
check("main is the head", refs.branches[0].target_commit == commits[0].commit_id, refs)
api.create_branch(space, branch="try", repo_type="space")
api.create_tag(space, tag="v1", repo_type="space")
check("branch and tag are there", len(api.list_repo_refs(space, repo_type="space").tags) == 1)
api.delete_branch(space, branch="try", repo_type="space")
api.delete_tag(space, tag="v1", repo_type="space")
try:
    api.space_info(space, revision="nowhere")
    check("an unknown revision", False)
except RevisionNotFoundError:
    checks += 1

runtime = wait(space, "RUNNING")
check("the hardware runs", runtime.hardware == "t4-small", runtime)
check("the head is deployed", runtime.raw["sha"] == api.space_info(space).sha, runtime.raw)
variables = api.get_space_variables(space)
check("variables", variables["LEVEL"].value == "info" and variables["LEVEL"].description == "how much", variables)
variables = api.add_space_variable(space, "COLOR", "red")
check("a variable more", set(variables) == {"LEVEL", "COLOR"}, variables)
variables = api.delete_space_variable(space, "COLOR")
check("a variable less", set(variables) == {"LEVEL"}, variables)
secrets = api.get_space_secrets(space)
check("secrets by name", set(secrets) == {"API_KEY"} and secrets["API_KEY"].updated_at, secrets)
api.add_space_secret(space, "OTHER", "canary-value", description="second")
check("a secret more", set(api.get_space_secrets(space)) == {"API_KEY", "OTHER"})
api.delete_space_secret(space, "OTHER")
api.add_space_secret(space, "LEVEL", "clash")
check("one name twice", api.get_space_runtime(space).stage == "CONFIG_ERROR", api.get_space_runtime(space))
api.delete_space_secret(space, "LEVEL")
wait(space, "RUNNING")
runtime = api.request_space_hardware(space, SpaceHardware.A10G_SMALL, sleep_time=300)
check("hardware is requested at once", runtime.requested_hardware == "a10g-small" and runtime.sleep_time == 300, runtime)
check("sleep time alone", api.set_space_sleep_time(space, 900).sleep_time == 900)
wait(space, "RUNNING")
check("pause", api.pause_space(space).stage == "PAUSED")
check("restart", api.restart_space(space, factory_reboot=True).stage == "BUILDING")
check("dev mode", api.enable_space_dev_mode(space).dev_mode is True)
api.disable_space_dev_mode(space)
api.set_space_volumes(space, [Volume(type="dataset", source="acme/set", mount_path="/set")])
check("volumes are replaced", api.get_space_runtime(space).volumes[0].read_only is True)
api.delete_space_volumes(space)
refused("no volumes to delete", 400, lambda: api.delete_space_volumes(space))
wait(space, "RUNNING")
build = "".join(str(line) for line in api.fetch_space_logs(space, build=True))
run = "".join(str(line) for line in api.fetch_space_logs(space))
check("build log", "Build Queued" in build, build)
check("run log", "Running on" in run, run)

api.create_repo("acme/page", repo_type="space", space_sdk="static", visibility="public")
check("static runs at once", api.get_space_runtime("acme/page").stage == "RUNNING")
check("static files", "index.html" in api.list_repo_files("acme/page", repo_type="space"))
refused("pausing a static Space", 400, lambda: api.pause_space("acme/page"))
for number in range(5):
    api.create_repo(f"acme/many-{number}", repo_type="space", space_sdk="static", visibility="private")
listed = list(api.list_spaces(author="acme", expand=["sha", "private", "runtime", "sdk"]))
check("list has all", len(listed) == 7 and all(s.sha and s.runtime for s in listed), listed)
check("list by search", [s.id for s in api.list_spaces(search="many-3")] == ["acme/many-3"])
check("list with a limit", len(list(api.list_spaces(author="acme", limit=3))) == 3)
check("list sorted", next(iter(api.list_spaces(author="acme", sort="created_at"))).id == "acme/many-4")
check("anonymous sees public only", [s.id for s in HfApi(token=False).list_spaces(author="acme")] == ["acme/page"])

api.update_repo_settings("acme/page", repo_type="space", visibility="private")
check("visibility", api.space_info("acme/page").private is True)
api.move_repo("acme/page", "acme/site", repo_type="space")
check("moved", api.space_info("acme/site").host.startswith("https://acme-site"))
check("the old address leads to the new one", api.space_info("acme/page").id == "acme/site")
api.duplicate_repo("acme/official", "beta/copy", repo_type="space", visibility="private")
check("a duplicate has the files", "Dockerfile" in api.list_repo_files("beta/copy", repo_type="space"))
check("and the variables", "LEVEL" in api.get_space_variables("beta/copy"))
check("and not the secrets", api.get_space_secrets("beta/copy") == {})
check("templates", len(list(api.list_space_templates())) > 0)
check("hardware", {h.name for h in api.list_spaces_hardware()} >= {"cpu-basic", "t4-small"})
api.auth_check(space, repo_type="space")
refused("creating with a read-only token", 403, lambda: HfApi(token="hf_readonly").create_repo(
    "acme/no", repo_type="space", space_sdk="static"))
refused("compute on the free plan", 402, lambda: HfApi(token="hf_free").create_repo(
    "free/no", repo_type="space", space_sdk="docker"))
refused("another's namespace", 403, lambda: HfApi(token="hf_other").create_repo(
    "acme/no", repo_type="space", space_sdk="static"))
refused("a wrong token", 401, lambda: HfApi(token="hf_wrong").whoami())
api.super_squash_history("acme/site", repo_type="space")
check("one commit is left", len(api.list_repo_commits("acme/site", repo_type="space")) == 1)
for name in ["acme/official", "acme/site", "beta/copy"] + [f"acme/many-{n}" for n in range(5)]:
    api.delete_repo(name, repo_type="space")
try:
    api.space_info(space)
    check("a deleted Space", False)
except RepositoryNotFoundError:
    checks += 1
api.delete_repo(space, repo_type="space", missing_ok=True)
check("nothing is left", list(api.list_spaces(author="acme")) == [])
print(f"{checks} checks agreed")
