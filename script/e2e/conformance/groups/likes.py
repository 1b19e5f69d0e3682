"""Likes. Liking is done in a browser, here at the Hub's own door."""

from ..case import OTHER, READ_ONLY, Case
from ..registry import check


def like(case: Case, address: str, *users: str) -> None:
    for user in users:
        case.hub("POST", "/_hub/like", {"space": address, "user": user})


@check("who likes a Space is listed, and a like is taken back", "list_repo_likers", "unlike")
def likes(case: Case) -> None:
    address = case.made(visibility="public")
    like(case, address, "other", "local", "other")
    found = list(case.api.list_repo_likers(address, repo_type="space"))
    case.equal(sorted(item.username for item in found), ["local", "other"], "each once")
    case.that(all(item.fullname for item in found), "with their names", found)
    case.equal(case.api.space_info(address).likes, 2, "they are counted")
    case.as_(OTHER).unlike(address, repo_type="space")
    case.equal([item.username for item in case.api.list_repo_likers(address, repo_type="space")], ["local"], "one is taken back")
    case.as_(OTHER).unlike(address, repo_type="space")
    case.equal(case.hub("GET", f"/api/spaces/{address}")["likes"], 1, "a second time changes nothing")
    case.refused(403, lambda: case.as_(READ_ONLY).unlike(address, repo_type="space"), "a read-only token may not")
    case.refused(401, lambda: case.as_(False).unlike(address, repo_type="space"), "nobody may not")
    hidden = case.made("hidden")
    case.refused(404, lambda: list(case.as_(OTHER).list_repo_likers(hidden, repo_type="space")), "of a Space that is not seen")


@check("lists are in the order of likes when asked", "list_spaces")
def order(case: Case) -> None:
    made = [case.made(str(number), visibility="public") for number in range(3)]
    like(case, made[2], "other", "local")
    like(case, made[1], "free")
    for sort in ("likes", "trending_score"):
        found = [item.id for item in case.api.list_spaces(author="acme", search=case.space(), sort=sort)]
        case.equal(found, made[::-1], f"by {sort}")
