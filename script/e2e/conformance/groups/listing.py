"""Info, lists, search, settings."""

from huggingface_hub.errors import RepositoryNotFoundError, RevisionNotFoundError

from ..case import Case
from ..registry import check

EXPAND = [
    "author", "cardData", "createdAt", "datasets", "disabled", "lastModified", "likes", "models", "private", "region",
    "resourceGroup", "runtime", "sdk", "sha", "siblings", "subdomain", "tags", "trendingScore", "usedStorage",
]
CARD = "---\ntitle: A thing\nemoji: 📦\nsdk: static\nmodels: [acme/weights]\ndatasets: [acme/rows]\ntags: [{tag}]\n---\n"


@check("info names everything about a Space, at any revision, with the size of its files", "space_info", "repo_info", "repo_exists")
def info(case: Case) -> None:
    address = case.made()
    first = case.hub("GET", f"/api/spaces/{address}")["sha"]
    second = case.elsewhere(address, {"a.txt": "abc", "README.md": CARD.format(tag="info-tag")})
    found = case.api.space_info(address, files_metadata=True)
    case.equal((found.id, found.author, found.sha, found.private, found.sdk), (address, "acme", second, True, "static"), "basics")
    sizes = {item.rfilename: item.size for item in found.siblings}
    case.equal(sizes["a.txt"], 3, "the size of a file")
    case.equal(found.card_data["title"], "A thing", "the card")
    case.equal((found.models, found.datasets), (["acme/weights"], ["acme/rows"]), "what it uses")
    case.that("info-tag" in found.tags, "its tags", found.tags)
    case.that(found.host.startswith("https://") and found.subdomain in found.host, "its host", found)
    case.equal(case.api.space_info(address, revision=first).sha, first, "an older revision")
    case.equal(case.api.repo_info(address, repo_type="space", revision=first, files_metadata=True).sha, first, "by type")
    case.equal(case.api.repo_info(address, repo_type="space", expand=["sha"]).sha, second, "by type, one property")
    case.that(case.api.repo_exists(address, repo_type="space"), "it exists")
    missing = case.space("none")
    case.that(not case.api.repo_exists(missing, repo_type="space"), "another does not exist")
    case.refused(404, lambda: case.api.space_info(missing), "a missing Space", kind=RepositoryNotFoundError)
    case.refused(404, lambda: case.api.space_info(address, revision="none"), "a missing revision", kind=RevisionNotFoundError)


@check("each property that expand may name comes alone, and an unknown one is refused", "space_info")
def expand(case: Case) -> None:
    address = case.made()
    case.elsewhere(address, {"README.md": CARD.format(tag="expand-tag")})
    whole = case.quietly(case.api.space_info, address)
    for name in EXPAND:
        status, answer = case.raw("GET", f"/api/spaces/{address}?expand={name}")
        case.equal(status, 200, f"{name} is known")
        case.that(set(answer) <= {"_id", "id", name}, f"{name} comes alone", answer)
        case.equal(case.api.space_info(address, expand=[name]).id, address, f"the client reads {name}")
    pair = case.api.space_info(address, expand=["sha", "lastModified"])
    case.equal((pair.sha, pair.last_modified, pair.sdk), (whole.sha, whole.last_modified, None), "two, and no third")
    case.refused(400, lambda: case.api.space_info(address, expand=["abacus"]), "an unknown property is refused")


@check("lists come in pages, by tag and in every order", "list_spaces")
def lists(case: Case) -> None:
    case.assume(list_limit="2")
    made = [case.made(f"number-{number}", visibility="public") for number in range(5)]
    case.elsewhere(made[3], {"README.md": CARD.format(tag="list-tag")})
    ours = lambda **options: [item.id for item in case.api.list_spaces(author="acme", search="lists-number", **options)]
    case.equal(sorted(ours()), made, "all pages")
    case.equal(len(ours(limit=3)), 3, "a limit across pages")
    case.equal(ours(filter="list-tag"), [made[3]], "by tag")
    case.equal(ours(sort="created_at"), made[::-1], "the newest first")
    case.equal(ours(sort="last_modified")[0], made[3], "the last modified first")
    case.equal(sorted(ours(sort="likes")), made, "by likes")
    case.equal(sorted(ours(sort="trending_score")), made, "by trend")
    full = next(item for item in case.api.list_spaces(author="acme", search="lists-number-3", full=True))
    case.that(full.sha and full.siblings and full.card_data, "full names commit, files and card", full)
    one = next(item for item in case.api.list_spaces(author="acme", search="lists-number-3", expand=["runtime"]))
    case.equal((one.runtime.stage, one.sdk), ("RUNNING", None), "expand names the runtime alone")
    private = case.made("number-hidden")
    case.that(private not in [item.id for item in case.as_(False).list_spaces(author="acme")], "nobody sees a private one")


@check("search finds Spaces by words, SDK and tags", "search_spaces")
def search(case: Case) -> None:
    running = case.made("zebra", visibility="public")
    paused = case.running("zebra-stopped", visibility="public")
    case.hub("POST", f"/api/spaces/{paused}/pause")
    case.elsewhere(running, {"README.md": CARD.format(tag="search-tag")})
    every = [item.id for item in case.api.search_spaces("search-zebra", include_non_running=True)]
    case.equal(sorted(every), sorted([running, paused]), "what does not run as well")
    by_sdk = case.api.search_spaces("search-zebra", include_non_running=True, sdk="docker")
    case.equal([item.id for item in by_sdk], [paused], "by SDK")
    by_tag = case.api.search_spaces("search-zebra", include_non_running=True, filter="search-tag")
    case.equal([item.id for item in by_tag], [running], "by tag")


@check("an owner's repositories are listed with visibility and storage", "list_user_repos")
def user_repos(case: Case) -> None:
    address = case.made(visibility="protected")
    case.elsewhere(address, {"a.txt": "x" * 1000})
    found = {item.id: item for item in case.api.list_user_repos(namespace="acme")}
    case.equal(found[address].visibility, "protected", "with the visibility")
    case.that(found[address].storage >= 1000, "with the storage", found[address])
    own = case.made(owner="local")
    case.that(own in {item.id for item in case.api.list_user_repos()}, "the caller's own")
    case.refused(403, lambda: list(case.as_("hf_other").list_user_repos(namespace="acme")), "a stranger may not")


@check("visibility and gating change and read back", "update_repo_settings")
def settings(case: Case) -> None:
    address = case.made()
    case.api.update_repo_settings(address, repo_type="space", visibility="public")
    case.equal(case.hub("GET", f"/api/spaces/{address}")["private"], False, "public")
    case.api.update_repo_settings(address, repo_type="space", private=True)
    case.equal(case.hub("GET", f"/api/spaces/{address}")["private"], True, "private")
    case.api.update_repo_settings(address, repo_type="space", visibility="protected")
    case.assume(info_visibility="yes")
    case.equal(case.hub("GET", f"/api/spaces/{address}")["visibility"], "protected", "protected")
    for gated in ("auto", "manual", False):
        case.api.update_repo_settings(address, repo_type="space", gated=gated)
        case.equal(case.hub("GET", f"/api/spaces/{address}")["gated"], gated, f"gated {gated}")
    case.refused(403, lambda: case.as_("hf_readonly").update_repo_settings(address, repo_type="space", private=True),
                 "a read-only token may not")


@check("the command line lists, searches, shows cards and changes settings",
       "hf spaces list", "hf spaces search", "hf spaces card", "hf repos settings")
def listing_commands(case: Case) -> None:
    address = case.made("needle", visibility="public")
    case.elsewhere(address, {"README.md": CARD.format(tag="command-tag") + "\nProse.\n", "folder/a.txt": "a"})
    listed = case.hf_json("spaces", "list", "--author", "acme", "--search", "listing-commands-needle", "--sort", "created_at",
                          "--limit", "5", "--filter", "command-tag", "--expand", "sdk,runtime")
    case.equal([item["id"] for item in listed], [address], "the Space is listed")
    files = case.hf("spaces", "list", address, "--recursive", "--format", "json")
    case.that("folder/a.txt" in files, "its files are listed", files)
    found = case.hf_json("spaces", "search", "listing-commands-needle")
    case.equal([item["id"] for item in found], [address], "it is found")
    case.that("Prose." in case.hf("spaces", "card", address, "--text"), "the card's text")
    case.that("command-tag" in case.hf("spaces", "card", address, "--metadata"), "the card's metadata")
    case.hf("repos", "settings", address, "--type", "space", "--private")
    case.equal(case.hub("GET", f"/api/spaces/{address}")["private"], True, "it is private")
