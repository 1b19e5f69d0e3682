"""Variables, secrets and volumes."""

from huggingface_hub import Volume

from ..case import READ_ONLY, Case
from ..registry import check


@check("a variable is set, changed, read and deleted",
       "add_space_variable", "get_space_variables", "delete_space_variable")
def variables(case: Case) -> None:
    address = case.made(sdk="docker")
    case.api.add_space_variable(address, "MODE", "fast", description="how fast")
    found = case.api.get_space_variables(address)["MODE"]
    case.equal((found.key, found.value, found.description), ("MODE", "fast", "how fast"), "it reads back")
    case.that(found.updated_at is not None, "with the time of its change")
    answer = case.api.add_space_variable(address, "MODE", "slow")
    case.equal(answer["MODE"].value, "slow", "the answer is the whole map after the change")
    case.equal(case.hub("GET", f"/api/spaces/{address}/variables")["MODE"]["value"], "slow", "the Hub has it")
    case.equal(case.api.delete_space_variable(address, "MODE"), {}, "the answer to the deletion is the empty map")
    case.equal(case.api.delete_space_variable(address, "MODE"), {}, "deleting what is not there is no error")
    case.equal(case.api.get_space_variables(address), {}, "it is gone")
    case.refused(
        403, lambda: case.as_(READ_ONLY).add_space_variable(address, "A", "b"), "a read-only token may not write"
    )
    case.refused(400, lambda: case.api.add_space_variable(address, "1-A", "b"), "a key that is none is refused")


@check("a secret is set, listed without its value, and deleted",
       "add_space_secret", "get_space_secrets", "delete_space_secret")
def secrets(case: Case) -> None:
    address = case.made(sdk="docker")
    case.api.add_space_secret(address, "TOKEN", "hidden-value", description="for the store")
    found = case.api.get_space_secrets(address)
    case.equal(sorted(found), ["TOKEN"], "it is listed")
    case.equal(found["TOKEN"].description, "for the store", "with its description")
    case.that(found["TOKEN"].updated_at is not None, "with the time of its change")
    case.that("hidden-value" not in repr(found), "its value is not in the answer")
    first = case.hub("GET", f"/_hub/state?space={address}")["spaces"][address]["secrets"]["TOKEN"]
    case.api.add_space_secret(address, "TOKEN", "another")
    second = case.hub("GET", f"/_hub/state?space={address}")["spaces"][address]["secrets"]["TOKEN"]
    case.that(first != second, "the second value took the place of the first")
    case.api.delete_space_secret(address, "TOKEN")
    case.equal(case.api.get_space_secrets(address), {}, "it is gone")
    case.refused(403, lambda: case.as_(READ_ONLY).add_space_secret(address, "A", "b"), "a read-only token may not write")


@check("one name as a variable and a secret is a CONFIG_ERROR that says so", "add_space_secret", "add_space_variable")
def collision(case: Case) -> None:
    address = case.running()
    case.api.add_space_variable(address, "SAME", "a")
    case.api.add_space_secret(address, "SAME", "b")
    runtime = case.wait(address, "CONFIG_ERROR")
    case.that("Collision" in runtime["errorMessage"], "the message names the collision", runtime)


@check("volumes are set as a whole, read with the runtime, and removed; removing none is refused",
       "set_space_volumes", "delete_space_volumes", "get_space_runtime")
def volumes(case: Case) -> None:
    address = case.made(sdk="docker")
    case.api.set_space_volumes(
        address,
        [
            Volume(type="bucket", source="acme/data", mount_path="/data"),
            Volume(type="dataset", source="acme/rows", mount_path="/rows", revision="v1", path="train"),
        ],
    )
    found = {item.mount_path: item for item in case.api.get_space_runtime(address).volumes}
    case.equal(sorted(found), ["/data", "/rows"], "both are mounted")
    case.equal((found["/rows"].revision, found["/rows"].path, found["/rows"].type), ("v1", "train", "dataset"), "in full")
    case.api.set_space_volumes(address, [Volume(type="bucket", source="acme/other", mount_path="/other")])
    case.equal([item.source for item in case.api.get_space_runtime(address).volumes], ["acme/other"], "the whole list")
    case.api.delete_space_volumes(address)
    case.equal(case.api.get_space_runtime(address).volumes or [], [], "none is left")
    case.refused(400, lambda: case.api.delete_space_volumes(address), "there is none to remove")
    fixed = case.made("static")
    case.refused(
        400,
        lambda: case.api.set_space_volumes(fixed, [Volume(type="bucket", source="acme/data", mount_path="/data")]),
        "a static Space takes none",
    )


@check("the command line adds, lists and deletes variables, secrets and volumes",
       "hf spaces variables add", "hf spaces variables list", "hf spaces variables delete",
       "hf spaces secrets add", "hf spaces secrets list", "hf spaces secrets delete",
       "hf spaces volumes set", "hf spaces volumes list", "hf spaces volumes delete")
def keys_commands(case: Case) -> None:
    address = case.made(sdk="docker")
    (case.folder / "env").write_text("FROM_FILE=2\n")
    case.hf("spaces", "variables", "add", address, "--env", "MODE=fast", "--env-file", "env")
    case.equal(sorted(case.hub("GET", f"/api/spaces/{address}/variables")), ["FROM_FILE", "MODE"], "variables are set")
    case.equal(sorted(item["key"] for item in case.hf_json("spaces", "variables", "list", address)),
               ["FROM_FILE", "MODE"], "variables are listed")
    case.hf("spaces", "variables", "delete", address, "MODE", "--yes")
    case.equal(sorted(case.hub("GET", f"/api/spaces/{address}/variables")), ["FROM_FILE"], "a variable is deleted")
    case.hf("spaces", "secrets", "add", address, "--secrets", "KEY=very-hidden")
    listed = case.hf("spaces", "secrets", "list", address, "--format", "json")
    case.that("KEY" in listed and "very-hidden" not in listed, "the secret is listed without its value", listed)
    case.hf("spaces", "secrets", "delete", address, "KEY", "--yes")
    case.equal(case.hub("GET", f"/api/spaces/{address}/secrets"), {}, "the secret is deleted")
    case.hf("spaces", "volumes", "set", address, "--volume", "hf://buckets/acme/data:/data:ro")
    case.equal(case.hub("GET", f"/api/spaces/{address}/runtime")["volumes"][0]["readOnly"], True, "the volume is set")
    case.that("/data" in case.hf("spaces", "volumes", "list", address, "--format", "json"), "the volume is listed")
    case.hf("spaces", "volumes", "delete", address, "--yes")
    case.that(not case.hub("GET", f"/api/spaces/{address}/runtime").get("volumes"), "the volume is gone")
