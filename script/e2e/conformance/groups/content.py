"""Files: commits, uploads, large files, downloads."""

import hashlib
import os
import struct

from huggingface_hub import CommitOperationAdd, CommitOperationCopy, CommitOperationDelete, hf_hub_url
from huggingface_hub.errors import EntryNotFoundError, RevisionNotFoundError

from ..case import Case
from ..registry import check

LARGE = bytes(range(256)) * 48 * 1024  # 12 MiB, over the 10 MiB above which a file must be a large object


@check("one commit adds, copies and deletes files, and its answer names it", "create_commit")
def several_operations(case: Case) -> None:
    address = case.made()
    case.elsewhere(address, {"old.txt": "old", "folder/a.txt": "a", "folder/b.txt": "b", "source.txt": "source"})
    head = case.hub("GET", f"/api/spaces/{address}")["sha"]
    answer = case.api.create_commit(
        address,
        [
            CommitOperationAdd("new.txt", b"new"),
            CommitOperationDelete("old.txt"),
            CommitOperationDelete("folder/", is_folder=True),
            CommitOperationAdd("big.bin", LARGE),
        ],
        commit_message="Several things",
        commit_description="At once",
        repo_type="space",
        revision="main",
        parent_commit=head,
    )
    first = case.hub("GET", f"/api/spaces/{address}/commits/main")[0]
    case.equal((first["id"], first["title"], first["message"]), (answer.oid, "Several things", "At once"), "the commit")
    paths = {item["path"] for item in case.hub("GET", f"/api/spaces/{address}/tree/main?recursive=true")}
    case.that({"new.txt", "big.bin", "source.txt"} <= paths and not {"old.txt", "folder/a.txt"} & paths, "the files", paths)
    case.api.create_commit(address, [CommitOperationCopy("new.txt", "new2.txt")],
                           commit_message="Copy", repo_type="space")
    case.equal(case.file(address, "new2.txt"), b"new", "a small file is copied")


@check("a commit upon a parent that is no longer the head is refused with 412, and a missing file with 404", "create_commit")
def conflict(case: Case) -> None:
    address = case.made()
    parent = case.hub("GET", f"/api/spaces/{address}")["sha"]
    head = case.elsewhere(address, {"a.txt": "a"})
    case.refused(412, lambda: case.api.create_commit(
        address, [CommitOperationAdd("b.txt", b"b")], commit_message="Late", repo_type="space", parent_commit=parent), "late")
    case.refused(404, lambda: case.api.create_commit(
        address, [CommitOperationDelete("none.txt")], commit_message="None", repo_type="space"), "a file that is none",
        kind=EntryNotFoundError)
    case.refused(404, lambda: case.api.create_commit(
        address, [CommitOperationAdd("b.txt", b"b")], commit_message="B", repo_type="space", revision="none"), "a revision",
        kind=RevisionNotFoundError)
    case.equal(case.hub("GET", f"/api/spaces/{address}")["sha"], head, "nothing has changed")


@check("large files are sent before the commit that names them", "preupload_lfs_files", "create_commit", "list_repo_tree")
def preupload(case: Case) -> None:
    address = case.made()
    small, large = CommitOperationAdd("small.txt", b"small"), CommitOperationAdd("data/large.bin", LARGE)
    case.api.preupload_lfs_files(address, [small, large], repo_type="space", revision="main", gitignore_content="*.tmp\n")
    digest = hashlib.sha256(LARGE).hexdigest()
    case.equal(case.hub("GET", "/_hub/state?space=acme/none")["largeObjects"][digest], len(LARGE), "the bytes are stored")
    case.equal(case.file(address, "data/large.bin"), None, "and not yet in the Space")
    case.api.create_commit(address, [small, large], commit_message="Both", repo_type="space")
    found = {item.path: item for item in case.api.list_repo_tree(address, "data", repo_type="space", revision="main",
                                                                 recursive=True, expand=True)}
    case.equal((found["data/large.bin"].lfs.sha256, found["data/large.bin"].size), (digest, len(LARGE)), "a large object")
    case.equal(found["data/large.bin"].last_commit.title, "Both", "with the commit that changed it")
    case.equal(case.file(address, "data/large.bin"), LARGE, "its bytes")


@check("one file is uploaded and deleted", "upload_file", "delete_file", "delete_folder", "delete_files", "file_exists")
def one_file(case: Case) -> None:
    address = case.made()
    head = case.hub("GET", f"/api/spaces/{address}")["sha"]
    case.api.upload_file(path_or_fileobj=b"bytes", path_in_repo="a/one.txt", repo_id=address, repo_type="space", revision="main",
                         commit_message="One", commit_description="File", parent_commit=head)
    first = case.hub("GET", f"/api/spaces/{address}/commits/main")[0]
    case.equal((first["title"], first["message"]), ("One", "File"), "its commit")
    case.equal(case.file(address, "a/one.txt"), b"bytes", "its bytes")
    case.that(case.api.file_exists(address, "a/one.txt", repo_type="space", revision="main"), "it exists")
    case.that(not case.api.file_exists(address, "a/two.txt", repo_type="space"), "another does not")
    more = dict(repo_type="space", revision="main", commit_message="Gone", commit_description="Now")
    case.api.delete_file("a/one.txt", address, parent_commit=first["id"], **more)
    case.equal(case.file(address, "a/one.txt"), None, "it is deleted")
    head = case.elsewhere(address, {"f/a.txt": "a", "f/b.txt": "b", "x.log": "x", "y.log": "y", "z.txt": "z"})
    case.api.delete_folder("f", address, parent_commit=head, **more)
    case.equal((case.file(address, "f/a.txt"), case.file(address, "f/b.txt")), (None, None), "a folder is deleted")
    head = case.hub("GET", f"/api/spaces/{address}")["sha"]
    case.api.delete_files(address, ["*.log"], parent_commit=head, **more)
    case.equal((case.file(address, "x.log"), case.file(address, "z.txt")), (None, b"z"), "a pattern is deleted")


def folder_of(case: Case) -> object:
    folder = case.folder / "tree"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"a")
    (folder / "sub" / "b.txt").write_bytes(b"b")
    (folder / "left.log").write_bytes(b"left out")
    (folder / "big.bin").write_bytes(LARGE)
    return folder


@check("a folder is uploaded with its large files, by patterns, and what it replaces is deleted", "upload_folder")
def folder(case: Case) -> None:
    address = case.made()
    head = case.elsewhere(address, {"in/gone.txt": "gone"})
    path = folder_of(case)
    case.api.upload_folder(
        repo_id=address, folder_path=path, path_in_repo="in", commit_message="Folder", commit_description="Whole",
        repo_type="space", revision="main", parent_commit=head, allow_patterns=["*.txt", "*.bin", "*.log"],
        ignore_patterns=["*.log"], delete_patterns=["gone*"])
    paths = {item["path"] for item in case.hub("GET", f"/api/spaces/{address}/tree/main/in?recursive=true")
             if item["type"] == "file"}
    case.equal(paths, {"in/a.txt", "in/sub/b.txt", "in/big.bin"}, "the files")
    case.equal(case.file(address, "in/big.bin"), LARGE, "the large file's bytes")


@check("files are listed by folder and revision, with ids and sizes", "list_repo_tree", "list_repo_files", "get_paths_info")
def tree(case: Case) -> None:
    address = case.made()
    first = case.elsewhere(address, {"a.txt": "a", "f/b.txt": "bb"})
    case.elsewhere(address, {"c.txt": "c"})
    files = case.api.list_repo_files(address, repo_type="space")
    case.that({"a.txt", "f/b.txt", "c.txt"} <= set(files), "all files", files)
    case.that("c.txt" not in case.api.list_repo_files(address, repo_type="space", revision=first), "of an older revision")
    top = {item.path for item in case.api.list_repo_tree(address, repo_type="space")}
    case.that("f" in top and "f/b.txt" not in top, "one level", top)
    wanted = hashlib.sha1(b"blob 2\0bb").hexdigest()
    found = case.api.get_paths_info(address, ["f/b.txt", "f", "none"], repo_type="space", revision=first, expand=True)
    case.equal([item.path for item in found], ["f/b.txt", "f"], "paths that are there")
    case.equal((found[0].blob_id, found[0].size), (wanted, 2), "with git's id")
    case.refused(404, lambda: list(case.api.list_repo_tree(address, "none", repo_type="space")), "a folder that is none",
                 kind=EntryNotFoundError)


@check("a file is downloaded once, then known by its ETag; a missing one is told from a missing revision",
       "hf_hub_download", "get_hf_file_metadata")
def download(case: Case) -> None:
    address = case.made()
    commit = case.elsewhere(address, {"f/a.txt": "first"})
    options = dict(repo_type="space", cache_dir=case.folder / "cache")
    path = case.api.hf_hub_download(address, "a.txt", subfolder="f", revision="main", **options)
    case.equal(open(path, "rb").read(), b"first", "its bytes")
    case.elsewhere(address, {"f/a.txt": "second"})
    again = case.api.hf_hub_download(address, "f/a.txt", **options)
    case.equal(open(again, "rb").read(), b"second", "the next commit's bytes")
    old = case.api.hf_hub_download(address, "f/a.txt", revision=commit, local_dir=case.folder / "local", **options)
    case.equal(open(old, "rb").read(), b"first", "an older commit's bytes")
    dry = case.api.hf_hub_download(address, "f/a.txt", dry_run=True, **options)
    case.equal((dry.file_size, dry.will_download), (6, False), "a dry run says what would be done")
    meta = case.api.get_hf_file_metadata(url=hf_hub_url(address, "f/a.txt", repo_type="space", endpoint=case.endpoint))
    case.equal(meta.etag, hashlib.sha1(b"blob 6\0second").hexdigest(), "the ETag is git's id")
    case.equal(meta.size, 6, "with the size")
    case.equal(meta.commit_hash, case.hub("GET", f"/api/spaces/{address}")["sha"], "and the commit")
    case.refused(404, lambda: case.api.hf_hub_download(address, "none", **options), "no file", kind=EntryNotFoundError)
    case.refused(404, lambda: case.api.hf_hub_download(address, "f/a.txt", revision="none", **options), "no revision",
                 kind=RevisionNotFoundError)


@check("a whole Space is downloaded by patterns, large files too, and its checksums hold",
       "snapshot_download", "verify_repo_checksums")
def snapshot(case: Case) -> None:
    address = case.made()
    case.quietly(case.api.upload_folder, repo_id=address, folder_path=folder_of(case), repo_type="space")
    revision = case.hub("GET", f"/api/spaces/{address}")["sha"]
    cache, local = case.folder / "cache", case.folder / "local"
    path = case.api.snapshot_download(address, repo_type="space", revision="main", cache_dir=cache,
                                      allow_patterns=["*.txt", "*.bin"], ignore_patterns=["a.txt"])
    found = sorted(os.path.relpath(os.path.join(top, name), path) for top, _, names in os.walk(path) for name in names)
    case.equal(found, ["big.bin", "sub/b.txt"], "by patterns")
    case.equal(open(os.path.join(path, "big.bin"), "rb").read(), LARGE, "the large file's bytes")
    dry = case.api.snapshot_download(address, repo_type="space", cache_dir=cache, dry_run=True)
    case.that({item.filename for item in dry} >= {"a.txt", "big.bin"}, "a dry run lists the files", dry)
    case.api.snapshot_download(address, repo_type="space", local_dir=local)
    result = case.api.verify_repo_checksums(address, repo_type="space", revision=revision, local_dir=local)
    case.equal((result.mismatches, result.missing_paths), ([], []), "every file is what the Hub says")
    whole = case.quietly(case.api.snapshot_download, address, repo_type="space", cache_dir=cache)
    cached = case.api.verify_repo_checksums(address, repo_type="space", cache_dir=cache)
    case.equal(cached.mismatches, [], f"in the cache too ({whole != ''})")
    (local / "a.txt").write_bytes(b"tampered")
    result = case.api.verify_repo_checksums(address, repo_type="space", local_dir=local)
    case.equal([item["path"] if isinstance(item, dict) else item.path for item in result.mismatches], ["a.txt"], "a change is seen")


@check("the header of a safetensors file is read with a range", "parse_safetensors_file_metadata", "get_safetensors_metadata")
def safetensors(case: Case) -> None:
    address = case.made()
    header = b'{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    data = struct.pack("<Q", len(header)) + header + b"\0" * 8
    case.quietly(case.api.upload_file, path_or_fileobj=data, path_in_repo="model.safetensors", repo_id=address, repo_type="space")
    one = case.api.parse_safetensors_file_metadata(address, "model.safetensors", repo_type="space", revision="main")
    case.equal(one.tensors["w"].shape, [2], "of one file")
    whole = case.api.get_safetensors_metadata(address, repo_type="space", revision="main")
    case.equal(whole.parameter_count, {"F32": 2}, "of the Space")


@check("the command line uploads, downloads and deletes files",
       "hf upload", "hf download", "hf repos delete-files", "hf repo-files delete")
def content_commands(case: Case) -> None:
    address = case.made()
    path = folder_of(case)
    case.hf("upload", address, str(path), ".", "--type", "space", "--exclude", "*.log", "--commit-message", "By hand")
    case.equal((case.file(address, "sub/b.txt"), case.file(address, "left.log")), (b"b", None), "uploaded")
    case.equal(case.file(address, "big.bin"), LARGE, "with the large file")
    case.hf("download", address, "--type", "space", "--local-dir", "got", "--include", "*.txt")
    case.equal((case.folder / "got" / "sub" / "b.txt").read_bytes(), b"b", "downloaded")
    case.hf("repos", "delete-files", address, "sub/*", "--type", "space")
    case.equal(case.file(address, "sub/b.txt"), None, "deleted")
    if "repo-files delete" in case.commands:
        case.hf("repo-files", "delete", address, "a.txt", "--type", "space")
        case.equal(case.file(address, "a.txt"), None, "deleted by the older command")


@check("hf cp takes a file up and down", "hf cp")
def copy_command(case: Case) -> None:
    address = case.made()
    (case.folder / "one.txt").write_text("one")
    case.hf("cp", "one.txt", f"hf://spaces/{address}/up.txt")
    case.equal(case.file(address, "up.txt"), b"one", "up")
    case.hf("cp", f"hf://spaces/{address}/up.txt", "down.txt")
    case.equal((case.folder / "down.txt").read_text(), "one", "down")
