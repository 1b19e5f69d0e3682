"""Large objects: what a Space has, what is deleted for good, what is copied to another Space."""

import hashlib

from huggingface_hub import CommitOperationAdd
from huggingface_hub.errors import EntryNotFoundError

from ..case import OTHER, READ_ONLY, Case
from ..registry import check


def large(number: int) -> bytes:
    """Files over the 10 MiB above which a file must be a large object."""
    return bytes([number]) + bytes(11 << 20)


def digest(number: int) -> str:
    return hashlib.sha256(large(number)).hexdigest()


def with_large(case: Case, suffix: str, files: dict[str, int], **more) -> str:
    address = case.made(suffix, **more)
    add(case, address, files)
    return address


def add(case: Case, address: str, files: dict[str, int]) -> None:
    operations = [CommitOperationAdd(path, large(number)) for path, number in files.items()]
    case.quietly(case.api.create_commit, address, operations, commit_message="Large", repo_type="space")


def paths(case: Case, address: str) -> set[str]:
    return {item["path"] for item in case.hub("GET", f"/api/spaces/{address}/tree/main?recursive=true") if item["type"] == "file"}


@check("large files are listed with digest, size and path, those of the past too", "list_lfs_files")
def listed(case: Case) -> None:
    address = with_large(case, "", {"one.bin": 1, "data/two.bin": 2})
    case.elsewhere(address, {"one.bin": None})
    found = {item.filename: item for item in case.api.list_lfs_files(address, repo_type="space")}
    case.equal(set(found), {"one.bin", "data/two.bin"}, "both, though one is gone")
    one = found["one.bin"]
    case.equal((one.file_oid, one.size, one.ref), (digest(1), len(large(1)), "refs/heads/main"), "what it is")
    case.that(one.pushed_at.tzinfo, "and since when", one)
    case.assume(list_limit="1")
    case.equal(len(list(case.api.list_lfs_files(address, repo_type="space"))), 2, "in pages")
    case.assume(list_limit="1000")
    case.refused(403, lambda: list(case.as_(READ_ONLY).list_lfs_files(address, repo_type="space")), "a read-only token may not")


@check("large files are deleted for good, out of the history or leaving it", "permanently_delete_lfs_files", "list_lfs_files")
def deleted(case: Case) -> None:
    address = with_large(case, "", {"one.bin": 3, "two.bin": 4, "three.bin": 5})
    other = with_large(case, "other", {"shared.bin": 5})
    before = case.elsewhere(address, {"a.txt": "a"})
    case.hub("POST", f"/api/spaces/{address}/tag/main", {"tag": "v1"})
    found = {item.filename: item for item in case.api.list_lfs_files(address, repo_type="space")}
    case.refused(403, lambda: case.as_(READ_ONLY).permanently_delete_lfs_files(
        address, [found["one.bin"]], repo_type="space"), "a read-only token may not")
    case.api.permanently_delete_lfs_files(address, [found["one.bin"], found["three.bin"]], repo_type="space")
    head = case.hub("GET", f"/api/spaces/{address}")["sha"]
    case.that(head != before, "the history is another one")
    kept = paths(case, address)
    case.that("two.bin" in kept and "a.txt" in kept and not {"one.bin", "three.bin"} & kept, "the files are gone", kept)
    history = case.hub("GET", f"/api/spaces/{address}/commits/main")
    case.equal([item["title"] for item in history][:2], ["From elsewhere", "Large"], "with the same commits")
    case.equal(case.hub("GET", f"/api/spaces/{address}/refs")["tags"][0]["targetCommit"], head, "tags have followed")
    case.equal(case.raw("GET", f"/api/spaces/{address}/revision/{before}")[0], 404, "the old ones are not there")
    case.equal([item.filename for item in case.api.list_lfs_files(address, repo_type="space")], ["two.bin"], "one is left")
    stored = case.hub("GET", "/_hub/state?space=acme/none")["largeObjects"]
    case.that(digest(3) not in stored, "its bytes are gone")
    case.equal(case.file(other, "shared.bin"), large(5), "what another Space has stays")
    case.api.permanently_delete_lfs_files(address, [found["two.bin"]], repo_type="space", rewrite_history=False)
    case.equal(case.hub("GET", f"/api/spaces/{address}")["sha"], head, "the history stays when asked")
    case.equal((case.file(address, "two.bin"), case.file(address, "a.txt")), (None, b"a"), "and the file is not read any more")
    case.equal(list(case.api.list_lfs_files(address, repo_type="space")), [], "nor listed")
    case.refused(404, lambda: case.api.permanently_delete_lfs_files(address, [found["two.bin"]], repo_type="space"), "twice")
    add(case, address, {"two.bin": 4})
    case.equal(case.file(address, "two.bin"), large(4), "sent again it is there again")


@check("files are copied between Spaces and within one, large ones without being sent", "copy_files")
def copied(case: Case) -> None:
    source = with_large(case, "source", {"in/big.bin": 6})
    case.elsewhere(source, {"in/small.txt": "small"})
    target = case.made("target")
    before = len(case.calls("lfs-files/duplicate"))
    case.api.copy_files(f"hf://spaces/{source}/in/", f"hf://spaces/{target}/out/")
    case.equal(case.file(target, "out/big.bin"), large(6), "a large file")
    case.equal(case.file(target, "out/small.txt"), b"small", "a small one")
    case.equal(len(case.calls("lfs-files/duplicate")) - before, 1, "the large one was made available by one call")
    case.api.copy_files(f"hf://spaces/{target}/out/big.bin", f"hf://spaces/{target}/again.bin")
    case.equal(case.file(target, "again.bin"), large(6), "within a Space")
    case.refused(404, lambda: case.api.copy_files(f"hf://spaces/{source}/none", f"hf://spaces/{target}/x"), "what is not there",
                 kind=EntryNotFoundError)
    case.assume(xet_hash="no")
    try:
        case.that(False, "without xetHash the client refuses", case.api.copy_files(
            f"hf://spaces/{source}/in/big.bin", f"hf://spaces/{target}/none.bin"))
    except ValueError as error:
        case.that("xet hash" in str(error), "without xetHash the client refuses", error)
    finally:
        case.assume(xet_hash="yes")
    status, answer = case.raw("POST", f"/api/spaces/{source}/lfs-files/duplicate", {
        "target": {"type": "space", "name": target}, "files": [{"sha256": "0" * 64, "xetHash": "0" * 64}]})
    case.equal((status, answer["success"], answer["failed"][0]["sha256"]), (200, False, "0" * 64), "what the source has not is named")
    case.equal(case.raw("POST", f"/api/spaces/{source}/lfs-files/duplicate", {
        "target": {"type": "space", "name": target}, "files": []}, token=OTHER)[0], 404, "a stranger may not")


@check("hf cp copies from Space to Space", "hf cp", "hf repos cp")
def copied_by_command(case: Case) -> None:
    source, target = case.made("source"), case.made("target")
    case.elsewhere(source, {"a.txt": "a"})
    case.hf("cp", f"hf://spaces/{source}/a.txt", f"hf://spaces/{target}/b.txt")
    case.equal(case.file(target, "b.txt"), b"a", "by hf cp")
    if "repos cp" in case.commands:
        case.hf("repos", "cp", f"hf://spaces/{source}/a.txt", f"hf://spaces/{target}/c.txt")
        case.equal(case.file(target, "c.txt"), b"a", "by its alias")
