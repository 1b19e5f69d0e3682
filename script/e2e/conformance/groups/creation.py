"""Creating, duplicating, moving and deleting Spaces."""

import inspect

from huggingface_hub import HfApi, Volume
from huggingface_hub.errors import RepositoryNotFoundError

from ..case import FREE, Case
from ..registry import check

GROUP = "66670e5163145ca562cb1988"


@check("a Space is created with every option, and has what was asked for", "create_repo")
def create_with_everything(case: Case) -> None:
    address = case.space()
    made = case.api.create_repo(
        address,
        repo_type="space",
        visibility="private",
        exist_ok=False,
        resource_group_id=GROUP,
        region="eu",
        space_sdk="docker",
        space_hardware="t4-small",
        space_sleep_time=3600,
        space_secrets=[{"key": "TOKEN", "value": "hidden", "description": "a key"}],
        space_variables=[{"key": "MODE", "value": "fast", "description": "how"}],
        space_volumes=[Volume(type="bucket", source="acme/data", mount_path="/data", read_only=True)],
    )
    case.equal(made.repo_id, address, "the answer names the Space")
    case.equal(made.repo_type, "space", "the answer's address is a Space's")
    info = case.hub("GET", f"/api/spaces/{address}")
    runtime = info["runtime"]
    case.equal(info["private"], True, "it is private")
    case.equal(info["sdk"], "docker", "it has the SDK")
    case.equal(info["region"], "eu", "it is in the region")
    case.equal(info["resourceGroup"]["id"], GROUP, "it is in the resource group")
    case.equal(runtime["hardware"]["requested"], "t4-small", "the hardware is requested")
    case.equal(runtime["gcTimeout"], 3600, "the sleep time is set")
    case.equal(runtime["volumes"][0]["mountPath"], "/data", "the volume is mounted")
    case.equal(runtime["volumes"][0]["readOnly"], True, "the volume is read-only")
    variables = case.hub("GET", f"/api/spaces/{address}/variables")
    case.equal((variables["MODE"]["value"], variables["MODE"]["description"]), ("fast", "how"), "the variable is set")
    secrets = case.hub("GET", f"/api/spaces/{address}/secrets")
    case.equal(sorted(secrets), ["TOKEN"], "the secret is there")
    case.that("hidden" not in str(secrets), "no answer shows the secret's value", secrets)


@check("private=True makes a private Space, and private=False a public one", "create_repo")
def create_private(case: Case) -> None:
    for private in (True, False):
        address = case.space("private" if private else "public")
        case.api.create_repo(address, repo_type="space", space_sdk="static", private=private)
        case.equal(case.hub("GET", f"/api/spaces/{address}")["private"], private, f"private is {private}")


@check("a Space is made from a template that the Hub offers", "create_repo", "list_space_templates")
def create_from_template(case: Case) -> None:
    templates = case.api.list_space_templates()
    template = next(item for item in templates if item.sdk == "docker")
    address = case.space()
    case.api.create_repo(
        address, repo_type="space", space_sdk=template.sdk, space_template=template.repo_id, visibility="public"
    )
    case.equal(case.hub("GET", f"/api/spaces/{address}")["sdk"], "docker", "the Space has the template's SDK")
    files = [item["path"] for item in case.hub("GET", f"/api/spaces/{address}/tree/main")]
    case.that("README.md" in files, "the Space has the template's card", files)


@check("creating twice fails with 409, and with exist_ok gives the same Space", "create_repo")
def create_twice(case: Case) -> None:
    address = case.made()
    before = case.hub("GET", f"/api/spaces/{address}")["_id"]
    case.refused(
        409,
        lambda: case.api.create_repo(address, repo_type="space", space_sdk="static"),
        "the second create is refused",
        says="already created",
    )
    again = case.api.create_repo(address, repo_type="space", space_sdk="static", exist_ok=True)
    case.equal(again.repo_id, address, "exist_ok gives the address")
    case.equal(case.hub("GET", f"/api/spaces/{address}")["_id"], before, "it is still the same Space")


@check("a free account may not create a Docker Space, and may create a static one", "create_repo")
def create_needs_a_plan(case: Case) -> None:
    api = case.as_(FREE)
    address = case.space(owner="free")
    case.refused(402, lambda: api.create_repo(address, repo_type="space", space_sdk="docker"), "the plan decides")
    api.create_repo(address, repo_type="space", space_sdk="static")
    case.equal(case.raw("GET", f"/api/spaces/{address}", token=FREE)[0], 200, "the static Space is there")


@check("a name without an owner is made complete with the caller's", "get_full_repo_name", "create_repo")
def full_name(case: Case) -> None:
    case.equal(case.api.get_full_repo_name("thing"), "local/thing", "the caller's own")
    case.equal(case.api.get_full_repo_name("thing", organization="acme"), "acme/thing", "an organisation's")
    made = case.api.create_repo(case.space().split("/")[1], repo_type="space", space_sdk="static")
    case.equal(made.repo_id.split("/")[0], "local", "create puts it into the caller's own namespace")


@check("a duplicate has the files and variables of its source, none of its secrets, and what was asked for", "duplicate_repo")
def duplicate_with_everything(case: Case) -> None:
    source = case.made("source", sdk="docker")
    case.elsewhere(source, {"app.txt": "hello\n"})
    case.hub("POST", f"/api/spaces/{source}/variables", {"key": "KEPT", "value": "1"})
    case.hub("POST", f"/api/spaces/{source}/secrets", {"key": "LEFT", "value": "x"})
    target = case.space("target")
    more = {"resource_group_id": GROUP} if "resource_group_id" in _options(case, "duplicate_repo") else {}
    made = case.api.duplicate_repo(
        source,
        target,
        repo_type="space",
        visibility="public",
        space_hardware="cpu-upgrade",
        space_sleep_time=1800,
        space_secrets=[{"key": "OWN", "value": "y"}],
        space_variables=[{"key": "MODE", "value": "copy"}],
        space_volumes=[Volume(type="model", source="acme/weights", mount_path="/weights")],
        **more,
    )
    case.equal(made.repo_id, target, "the answer names the copy")
    case.equal(case.file(target, "app.txt"), b"hello\n", "the file is there")
    info = case.hub("GET", f"/api/spaces/{target}")
    case.equal(info["private"], False, "visibility is as asked")
    case.equal(info["runtime"]["hardware"]["requested"], "cpu-upgrade", "hardware is as asked")
    case.equal(info["runtime"]["gcTimeout"], 1800, "sleep time is as asked")
    case.equal(info["runtime"]["volumes"][0]["source"], "acme/weights", "the volume is as asked")
    variables = case.hub("GET", f"/api/spaces/{target}/variables")
    case.equal({key: item["value"] for key, item in variables.items()}, {"KEPT": "1", "MODE": "copy"}, "variables")
    case.equal(sorted(case.hub("GET", f"/api/spaces/{target}/secrets")), ["OWN"], "secrets stay behind")
    if more:
        case.equal(info["resourceGroup"]["id"], GROUP, "the resource group is as asked")


def _options(case: Case, method: str) -> set[str]:
    return set(inspect.signature(getattr(HfApi, method)).parameters)


@check("a duplicate that exists is refused, and with exist_ok is given", "duplicate_repo", "duplicate_space")
def duplicate_twice(case: Case) -> None:
    source, target = case.made("source"), case.made("target")
    case.refused(409, lambda: case.api.duplicate_repo(source, target, repo_type="space"), "the second is refused")
    again = case.api.duplicate_repo(source, target, repo_type="space", exist_ok=True, private=True)
    case.equal(again.repo_id, target, "exist_ok gives the address")
    if hasattr(case.api, "duplicate_space"):
        copy = case.space("older")
        source = case.made("app", sdk="docker")
        case.api.duplicate_space(
            source,
            copy,
            private=False,
            hardware="cpu-basic",
            sleep_time=600,
            secrets=[{"key": "OWN", "value": "y"}],
            variables=[{"key": "MODE", "value": "copy"}],
        )
        case.equal(case.hub("GET", f"/api/spaces/{copy}")["private"], False, "the older method copies too")
        case.equal(case.hub("GET", f"/api/spaces/{copy}/variables")["MODE"]["value"], "copy", "with its variables")
        case.refused(409, lambda: case.api.duplicate_space(source, copy), "the older method refuses a second one")
        case.equal(case.api.duplicate_space(source, copy, visibility="public", exist_ok=True).repo_id, copy, "exist_ok")


@check("a moved Space answers at its new address, keeps its id and redirects reads of the old one", "move_repo")
def move(case: Case) -> None:
    before = case.made("before")
    after = case.space("after", owner="beta")
    hub_id = case.hub("GET", f"/api/spaces/{before}")["_id"]
    case.api.move_repo(before, after, repo_type="space")
    case.equal(case.hub("GET", f"/api/spaces/{after}")["_id"], hub_id, "it is the same Space")
    case.equal(case.quietly(case.api.space_info, before).id, after, "a read of the old address leads to the new one")
    case.refused(404, lambda: case.api.move_repo(case.space("none"), after, repo_type="space"), "a missing one is refused")


@check("a deleted Space is gone; deleting it again fails, and with missing_ok does not", "delete_repo")
def delete(case: Case) -> None:
    address = case.made()
    case.api.delete_repo(address, repo_type="space")
    case.equal(case.raw("GET", f"/api/spaces/{address}")[0], 404, "it is gone")
    case.refused(
        404, lambda: case.api.delete_repo(address, repo_type="space"), "the second is refused", kind=RepositoryNotFoundError
    )
    case.equal(case.api.delete_repo(address, repo_type="space", missing_ok=True), None, "missing_ok takes it")


@check("the command line creates, duplicates, moves, lists and deletes Spaces",
       "hf repos create", "hf repos duplicate", "hf repos move", "hf repos list", "hf repos delete", "hf spaces templates")
def repos_commands(case: Case) -> None:
    address, copy, moved = case.space("one"), case.space("two"), case.space("three")
    case.hf("repos", "create", address, "--type", "space", "--space-sdk", "docker", "--private", "--flavor", "cpu-upgrade",
            "--sleep-time", "900", "--env", "MODE=fast", "--secrets", "KEY=value", "--resource-group-id", GROUP)
    info = case.hub("GET", f"/api/spaces/{address}")
    case.equal((info["private"], info["runtime"]["hardware"]["requested"]), (True, "cpu-upgrade"), "created as asked")
    case.equal(sorted(case.hub("GET", f"/api/spaces/{address}/secrets")), ["KEY"], "with its secret")
    case.hf("repos", "duplicate", address, copy, "--type", "space")
    case.equal(case.hub("GET", f"/api/spaces/{copy}/variables")["MODE"]["value"], "fast", "the copy has the variable")
    case.hf("repos", "move", copy, moved, "--type", "space")
    case.equal(case.raw("GET", f"/api/spaces/{moved}")[0], 200, "moved")
    listed = case.hf_json("repos", "list", "--namespace", "acme", "--type", "space", "--limit", "0")
    case.that({address, moved} <= {item["id"] for item in listed}, "both are listed", listed)
    case.hf("repos", "delete", moved, "--type", "space", "--yes")
    case.equal(case.raw("GET", f"/api/spaces/{moved}")[0], 404, "deleted")
    case.that("docker" in case.hf("spaces", "templates", "--format", "json"), "the templates are listed")
