"""Gated Spaces: who may read their files, and how people are let in. Asking for access is done in a browser, here at the Hub's own door."""

from huggingface_hub.errors import GatedRepoError

from ..case import OTHER, READ_ONLY, Case
from ..registry import check


def gated(case: Case, how: str = "manual") -> str:
    address = case.made(visibility="public")
    case.elsewhere(address, {"a.txt": "a"})
    case.hub("PUT", f"/api/spaces/{address}/settings", {"gated": how})
    return address


def ask(case: Case, address: str, user: str, **fields: str) -> dict:
    return case.hub("POST", "/_hub/access-request", {"space": address, "user": user, **({"fields": fields} if fields else {})})


def lists(case: Case, address: str) -> dict[str, list[str]]:
    """Who is in which list, as the client reads them."""
    api = case.api
    return {
        "pending": [item.username for item in api.list_pending_access_requests(address, repo_type="space")],
        "accepted": [item.username for item in api.list_accepted_access_requests(address, repo_type="space")],
        "rejected": [item.username for item in api.list_rejected_access_requests(address, repo_type="space")],
    }


@check("a gated Space shows itself to everybody, and its files to those who were let in",
       "auth_check", "hf_hub_download", "space_info", "list_repo_files")
def refusal(case: Case) -> None:
    address = gated(case)
    options = dict(repo_type="space", cache_dir=case.folder / "cache")
    stranger, nobody = case.as_(OTHER), case.as_(False)
    case.refused(403, lambda: stranger.auth_check(address, repo_type="space"), "a stranger", kind=GatedRepoError)
    case.refused(401, lambda: nobody.auth_check(address, repo_type="space"), "nobody", kind=GatedRepoError, says="log in")
    case.refused(403, lambda: stranger.hf_hub_download(address, "a.txt", **options), "a file", kind=GatedRepoError)
    case.refused(403, lambda: stranger.hf_hub_download(address, "none", **options), "a file that is none", kind=GatedRepoError)
    case.equal(stranger.space_info(address).gated, "manual", "what it is like is read")
    case.that("a.txt" in nobody.list_repo_files(address, repo_type="space"), "its files are listed")
    with open(stranger.hf_hub_download(address, "README.md", **options), encoding="utf-8") as readme:
        case.that("sdk: static" in readme.read(), "its README is read")
    case.equal(case.raw("GET", f"/spaces/{address}/raw/main/README.md", token=OTHER)[0], 403, "but not past the resolver")
    case.equal(case.raw("POST", f"/api/spaces/{address}/duplicate", {"repository": "other/taken"}, token=OTHER)[0], 403,
               "it is not copied")
    ask(case, address, "other")
    case.refused(403, lambda: stranger.hf_hub_download(address, "a.txt", **options), "asking is not enough", kind=GatedRepoError)
    case.hub("POST", f"/api/spaces/{address}/user-access-request/handle", {"user": "other", "status": "accepted"})
    with open(stranger.hf_hub_download(address, "a.txt", **options), encoding="utf-8") as file:
        case.equal(file.read(), "a", "once let in, it is read")
    case.equal(stranger.auth_check(address, repo_type="space"), None, "and the check agrees")
    with open(case.api.hf_hub_download(address, "a.txt", local_dir=case.folder / "own", **options), encoding="utf-8") as file:
        case.equal(file.read(), "a", "members need not ask")


@check("access requests are listed, accepted, rejected and taken back",
       "list_pending_access_requests", "list_accepted_access_requests", "list_rejected_access_requests",
       "accept_access_request", "reject_access_request", "cancel_access_request")
def requests(case: Case) -> None:
    address = gated(case)
    case.equal(lists(case, address), {"pending": [], "accepted": [], "rejected": []}, "nobody has asked")
    made = ask(case, address, "other", company="acme")
    ask(case, address, "free")
    first, second = case.api.list_pending_access_requests(address, repo_type="space")
    case.equal((first.username, first.fullname, first.status, first.fields), ("other", "other", "pending", {"company": "acme"}),
               "what was asked")
    case.that(first.email and first.timestamp.tzinfo, "with the address to write to and the time", first)
    case.equal(second.fields, None, "without a form there are no fields")
    by_id = "request_id" in case.parameters("accept_access_request")
    if by_id:
        case.equal(first.request_id, made["requestId"], "with its id")
        case.api.accept_access_request(address, request_id=first.request_id, repo_type="space")
    else:
        case.api.accept_access_request(address, "other", repo_type="space")
    case.equal(lists(case, address), {"pending": ["free"], "accepted": ["other"], "rejected": []}, "one is let in")
    case.refused(404, lambda: case.api.accept_access_request(address, user="other", repo_type="space"), "twice")
    case.api.reject_access_request(address, user="free", repo_type="space", rejection_reason="Not now")
    case.equal(case.hub("GET", f"/api/spaces/{address}/user-access-request/rejected")[0]["rejectionReason"], "Not now", "and why")
    case.api.cancel_access_request(address, user="free", repo_type="space")
    case.equal(lists(case, address), {"pending": ["free"], "accepted": ["other"], "rejected": []}, "taken back")
    if by_id:
        case.api.reject_access_request(address, request_id=first.request_id, repo_type="space", rejection_reason="No")
        case.api.cancel_access_request(address, request_id=first.request_id, repo_type="space")
        case.equal(lists(case, address)["pending"], ["other", "free"], "by id")
    case.refused(404, lambda: case.api.accept_access_request(address, user="local", repo_type="space"), "who did not ask")
    case.refused(404, lambda: case.api.accept_access_request(address, user="none", repo_type="space"), "who is not there")
    case.refused(403, lambda: case.as_(READ_ONLY).accept_access_request(address, user="other", repo_type="space"), "a read-only token")
    case.refused(403, lambda: list(case.as_(OTHER).list_pending_access_requests(address, repo_type="space")), "a stranger")
    open_ = case.made("open", visibility="public")
    case.refused(400, lambda: list(case.api.list_pending_access_requests(open_, repo_type="space")), "a Space without a gate",
                 says="not gated")


@check("people are let in who did not ask, and where the gate is automatic all who ask", "grant_access")
def grant(case: Case) -> None:
    address = gated(case)
    case.api.grant_access(address, "other", repo_type="space")
    case.equal(lists(case, address)["accepted"], ["other"], "one is let in")
    case.equal(next(iter(case.quietly(case.api.list_accepted_access_requests, address, repo_type="space"))).email, None,
               "who shared no address")
    case.equal(case.raw("GET", f"/spaces/{address}/resolve/main/a.txt", token=OTHER), (200, b"a"), "and reads")
    case.refused(400, lambda: case.api.grant_access(address, "other", repo_type="space"), "twice", says="already")
    case.refused(404, lambda: case.api.grant_access(address, "none", repo_type="space"), "who is not there")
    case.refused(403, lambda: case.as_(OTHER).grant_access(address, "free", repo_type="space"), "a stranger may not")
    case.hub("PUT", f"/api/spaces/{address}/settings", {"gated": "auto"})
    ask(case, address, "free")
    case.equal(lists(case, address), {"pending": [], "accepted": ["other", "free"], "rejected": []}, "an automatic gate")
