"""History, branches, tags."""

from huggingface_hub.errors import RevisionNotFoundError

from ..case import Case
from ..registry import check


@check("branches are made at a revision, listed and deleted",
       "create_branch", "delete_branch", "list_repo_refs", "revision_exists")
def branches(case: Case) -> None:
    address = case.made()
    first = case.hub("GET", f"/api/spaces/{address}")["sha"]
    second = case.elsewhere(address, {"a.txt": "a"})
    case.api.create_branch(address, branch="work", repo_type="space")
    case.api.create_branch(address, branch="old", revision=first, repo_type="space")
    found = {item.name: item.target_commit for item in case.api.list_repo_refs(address, repo_type="space").branches}
    case.equal(found, {"main": second, "work": second, "old": first}, "each is at its commit")
    case.refused(409, lambda: case.api.create_branch(address, branch="old", repo_type="space"), "a second one is refused")
    case.api.create_branch(address, branch="old", repo_type="space", exist_ok=True)
    case.that(case.api.revision_exists(address, "old", repo_type="space"), "the branch exists")
    case.api.delete_branch(address, branch="old", repo_type="space")
    case.that(not case.api.revision_exists(address, "old", repo_type="space"), "then it does not")
    case.refused(403, lambda: case.api.delete_branch(address, branch="main", repo_type="space"), "main stays")


@check("tags are made with a message, listed and deleted", "create_tag", "delete_tag", "list_repo_refs")
def tags(case: Case) -> None:
    address = case.made()
    first = case.hub("GET", f"/api/spaces/{address}")["sha"]
    case.elsewhere(address, {"a.txt": "a"})
    case.api.create_tag(address, tag="v1", tag_message="The first", revision=first, repo_type="space")
    found = {item.name: item.target_commit for item in case.api.list_repo_refs(address, repo_type="space").tags}
    case.equal(found, {"v1": first}, "the tag is at its commit")
    case.refused(409, lambda: case.api.create_tag(address, tag="v1", repo_type="space"), "a second one is refused")
    case.api.create_tag(address, tag="v1", repo_type="space", exist_ok=True)
    case.api.delete_tag(address, tag="v1", repo_type="space")
    case.equal(case.hub("GET", f"/api/spaces/{address}/refs")["tags"], [], "it is gone")
    case.refused(404, lambda: case.api.delete_tag(address, tag="v1", repo_type="space"), "a missing one is refused",
                 kind=RevisionNotFoundError)


@check("the history is read from any revision, newest first, and squashed", "list_repo_commits", "super_squash_history")
def history(case: Case) -> None:
    address = case.made()
    ids = [case.elsewhere(address, {"a.txt": str(number)}, f"Change {number}") for number in range(3)]
    found = case.api.list_repo_commits(address, repo_type="space")
    case.equal([item.commit_id for item in found[:3]], ids[::-1], "newest first")
    case.equal(found[0].title, "Change 2", "with its title")
    case.equal(len(case.api.list_repo_commits(address, repo_type="space", revision=ids[0], formatted=True)), 2,
               "from an older revision")
    case.refused(404, lambda: case.api.list_repo_commits(address, repo_type="space", revision="none"), "a missing revision",
                 kind=RevisionNotFoundError)
    case.api.super_squash_history(address, branch="main", commit_message="All in one", repo_type="space")
    after = case.hub("GET", f"/api/spaces/{address}/commits/main")
    case.equal([item["title"] for item in after], ["All in one"], "one commit is left")
    case.equal(case.file(address, "a.txt"), b"2", "with the same files")


@check("a revision is resolved to its commit", "resolve_revision")
def resolve(case: Case) -> None:
    address = case.made()
    first = case.hub("GET", f"/api/spaces/{address}")["sha"]
    second = case.elsewhere(address, {"a.txt": "a"})
    cache = case.folder / "cache"
    found = [
        case.api.resolve_revision(address, repo_type="space", cache_dir=cache),
        case.api.resolve_revision(address, repo_type="space", revision=first, cache_dir=cache),
    ]
    case.equal([item.resolved for item in found], [second, first], "the head, and the older one")


@check("the command line makes, lists and deletes branches and tags",
       "hf repos branch create", "hf repos branch delete", "hf repos tag create", "hf repos tag list", "hf repos tag delete")
def reference_commands(case: Case) -> None:
    address = case.made()
    case.hf("repos", "branch", "create", address, "work", "--type", "space")
    names = [item["name"] for item in case.hub("GET", f"/api/spaces/{address}/refs")["branches"]]
    case.equal(sorted(names), ["main", "work"], "the branch is made")
    case.hf("repos", "branch", "delete", address, "work", "--type", "space")
    case.equal(len(case.hub("GET", f"/api/spaces/{address}/refs")["branches"]), 1, "the branch is deleted")
    case.hf("repos", "tag", "create", address, "v1", "--type", "space", "--message", "The first")
    case.that("v1" in case.hf("repos", "tag", "list", address, "--type", "space"), "the tag is listed")
    case.hf("repos", "tag", "delete", address, "v1", "--type", "space", "--yes")
    case.equal(case.hub("GET", f"/api/spaces/{address}/refs")["tags"], [], "the tag is deleted")
