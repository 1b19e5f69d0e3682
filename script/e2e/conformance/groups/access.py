"""Who may do what: tokens, roles, keyless exchange, quotas."""

import base64
import json
import os

from huggingface_hub import CommitOperationAdd, get_token
from huggingface_hub.errors import RepositoryNotFoundError

from ..case import OTHER, READ_ONLY, Case
from ..registry import check


@check("whoami names the account, its organisations and the token's role", "whoami", "hf auth whoami")
def whoami(case: Case) -> None:
    found = case.api.whoami()
    case.equal((found["type"], found["name"], found["isPro"]), ("user", "local", True), "the account")
    roles = {item["name"]: item["roleInOrg"] for item in found["orgs"]}
    case.equal(roles, {"acme": "admin", "beta": "admin"}, "its organisations")
    case.equal(found["auth"]["accessToken"]["role"], "write", "the token's role")
    case.equal(case.as_(READ_ONLY).whoami()["auth"]["accessToken"]["role"], "read", "a read-only token's role")
    case.that("local" in case.hf("auth", "whoami"), "the command names the account")
    case.refused(401, lambda: case.as_("hf_unknown").whoami(), "a token that is none")


@check("private Spaces are there for their owners only: 404 with another token, 401 with none or a bad one", "auth_check", "space_info")
def private(case: Case) -> None:
    address = case.made()
    case.equal(case.api.auth_check(address, repo_type="space", write=True), None, "its owner may write")
    case.equal(case.as_(READ_ONLY).auth_check(address, repo_type="space"), None, "a read-only token may read")
    case.refused(403, lambda: case.as_(READ_ONLY).auth_check(address, repo_type="space", write=True), "and may not write")
    case.refused(404, lambda: case.as_(OTHER).auth_check(address, repo_type="space"), "a stranger", kind=RepositoryNotFoundError)
    case.refused(401, lambda: case.as_(False).space_info(address), "nobody")
    case.refused(401, lambda: case.as_("hf_unknown").space_info(address), "a token that is none", says="invalid credentials")


@check("a stranger may read a public Space and change nothing", "space_info", "create_commit", "delete_repo")
def public(case: Case) -> None:
    address = case.made(visibility="public")
    stranger = case.as_(OTHER)
    case.equal(stranger.space_info(address).id, address, "it is read")
    case.equal(case.as_(False).space_info(address).id, address, "even by nobody")
    head = case.hub("GET", f"/api/spaces/{address}")["sha"]
    case.refused(403, lambda: stranger.create_commit(
        address, [CommitOperationAdd("a.txt", b"a")], commit_message="No", repo_type="space"), "no commit")
    case.refused(403, lambda: stranger.delete_repo(address, repo_type="space"), "no deletion")
    case.equal(case.hub("GET", f"/api/spaces/{address}")["sha"], head, "nothing has changed")


@check("a fine-grained token reaches what it was given, and nothing else", "space_info", "add_space_variable")
def fine_grained(case: Case) -> None:
    inside, outside = case.made("inside"), case.made("outside", owner="beta")
    api = case.as_("hf_scoped")
    api.add_space_variable(inside, "A", "1")
    case.equal(case.hub("GET", f"/api/spaces/{inside}/variables")["A"]["value"], "1", "it may write where it was let")
    case.equal(api.space_info(outside).id, outside, "it may read elsewhere")
    case.refused(403, lambda: api.add_space_variable(outside, "A", "1"), "and not write there")


@check("a trusted publisher's identity token becomes a token for one Space, which cannot create", "upload_file", "create_repo")
def keyless(case: Case) -> None:
    address, other = case.made("one"), case.made("other")
    status, answer = case.raw("POST", "/oauth/token", {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
        "subject_token": "not-one", "resource": f"spaces/{address}"})
    case.equal((status, answer["error"]), (400, "invalid_grant"), "an identity that no publisher matches is refused")
    token = _exchanged(case, address)
    case.that(token.startswith("hf_jwt_"), "the client exchanges the identity token of its environment")
    api = case.as_(token)
    api.upload_file(path_or_fileobj=b"built", path_in_repo="built.txt", repo_id=address, repo_type="space")
    case.equal(case.file(address, "built.txt"), b"built", "it writes to its Space")
    case.refused(404, lambda: api.upload_file(path_or_fileobj=b"x", path_in_repo="x", repo_id=other, repo_type="space"),
                 "it does not see another")
    case.refused(401, lambda: api.create_repo(case.space("new"), repo_type="space", space_sdk="static"), "it cannot create")


def _exchanged(case: Case, address: str) -> str:
    os.environ["HF_OIDC_RESOURCE"] = f"spaces/{address}"
    os.environ["HF_OIDC_ID_TOKEN"] = identity(address)
    try:
        return get_token()
    finally:
        del os.environ["HF_OIDC_RESOURCE"], os.environ["HF_OIDC_ID_TOKEN"]


def identity(address: str) -> str:
    def part(value) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none'})}.{part({'sub': f'repo:{address}:ref:refs/heads/main', 'repository': address})}.x"


@check("beyond the quota a call is answered 429, and the client says so", "space_info")
def quota(case: Case) -> None:
    address = case.made(visibility="public")
    api = case.as_(OTHER)
    case.hub("POST", "/_hub/quota", {"account": "other"})
    case.equal(case.raw("GET", f"/api/spaces/{address}", token=OTHER)[0], 429, "the quota is used up")
    case.refused(429, lambda: api.space_info(address), "the client is told")


@check("an organisation that creates in private creates in private", "create_repo")
def default_visibility(case: Case) -> None:
    case.assume(default_visibility="private")
    address = case.space()
    case.api.create_repo(address, repo_type="space", space_sdk="static")
    case.equal(case.hub("GET", f"/api/spaces/{address}")["private"], True, "no visibility was named")
    case.assume(default_visibility="public")
