"""The operations both clients know, and which requests of each are to be compared."""

import re
from dataclasses import dataclass

from .request import Request
from .values import EMPTY_NAME, ODD_NAME

LONE = "/api/spaces/acme/lone"
# Not the empty file: the official client makes it without asking for its bytes.
DOWNLOADED = f"(server.py|data/small.bin|{re.escape(ODD_NAME)})"
LFS = "/lfs/acme/lone/[0-9a-f]{64}"


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    # A regular expression of the whole path.
    path: str
    # Where in each client's run it is done.
    ours: str
    theirs: str
    # Members that both clients' requests must have, so that one with less in it is not taken for agreement.
    has: tuple[str, ...] = ()

    def covers(self, request: Request) -> bool:
        return request.method == self.method and re.fullmatch(self.path, request.path) is not None


def _(name: str, call: str, ours: str, theirs: str | None = None, *has: str) -> Operation:
    method, path = call.split(" ", 1)
    return Operation(name, method, path, ours, theirs or name, has)


OPERATIONS = [
    _("whoami", "GET /api/whoami-v2", "plan", None, "header.authorization"),
    _("hardware list", "GET /api/spaces/hardware", "hardware", "hardware"),
    _("create", "POST /api/repos/create", "create", None, "body.region", "body.hardware", "body.sleepTimeSeconds",
      "body.secrets[KEY_A].value", "body.variables[TWO].description", "body.volumes[/data].source", "body.resourceGroupId"),
    _("create from a template", "POST /api/repos/create", "create from a template", None, "body.template"),
    _("create a static Space", "POST /api/repos/create", "create a static Space", None, "body.sdk"),
    _("list, page after page", "GET /api/spaces", "pages", "list", "query.expand", "query.author"),
    _("info", f"GET {LONE}", "import", "info"),
    _("runtime", f"GET {LONE}/runtime", "import", "runtime"),
    _("list variables", f"GET {LONE}/variables", "import", "variables"),
    _("list secrets", f"GET {LONE}/secrets", "import", "secrets"),
    _("visibility", f"PUT {LONE}/settings", "change", "visibility", "body.visibility"),
    _("hardware with sleep time", f"POST {LONE}/hardware", "change", None, "body.flavor", "body.sleepTimeSeconds"),
    _("hardware alone", "POST /api/spaces/acme/other/hardware", "change again", None, "body.flavor"),
    _("sleep time", f"POST {LONE}/sleeptime", "change again", None, "body.seconds"),
    _("sleep time of never", f"POST {LONE}/sleeptime", "sleep never", "sleep never", "body.seconds"),
    _("set variables", f"POST {LONE}/variables", "change", None, "body.key", "body.value"),
    _("delete a variable", f"DELETE {LONE}/variables", "change", None, "body.key"),
    _("set secrets", f"POST {LONE}/secrets", "change", None, "body.key", "body.value"),
    _("delete a secret", f"DELETE {LONE}/secrets", "change", None, "body.key"),
    _("set volumes", f"PUT {LONE}/volumes", "change", None, "body.volumes[/store].source"),
    _("delete volumes", f"DELETE {LONE}/volumes", "change again"),
    _("dev mode off", f"POST {LONE}/dev-mode", "change", None, "body.enabled"),
    _("dev mode on", f"POST {LONE}/dev-mode", "change again", None, "body.enabled"),
    _("pause", f"POST {LONE}/pause", "pause"),
    _("restart", f"POST {LONE}/restart", "restart"),
    _("factory restart", f"POST {LONE}/restart", "factory restart", None, "query.factory"),
    _("log of the app", f"GET {LONE}/logs/run", "logs of the app"),
    _("log of the build", f"GET {LONE}/logs/build", "logs of the build"),
    _("preupload of a first commit", f"POST {LONE}/preupload/main", "create", "first commit", "body.files[server.py].sample"),
    _("first commit", f"POST {LONE}/commit/main", "create", None, "body.file[README.md].content", "body.header.parentCommit"),
    _("preupload", f"POST {LONE}/preupload/main", "change", "commit", "body.files[data/large.bin].size",
      f"body.files[{ODD_NAME}].size", f"body.files[{EMPTY_NAME}].size"),
    _("LFS batch", "POST /spaces/acme/lone.git/info/lfs/objects/batch", "change", "commit", "body.operation"),
    _("LFS upload, whole", f"PUT {LFS}", "change", "commit", "body"),
    _("LFS upload, in parts", f"PUT {LFS}/parts/[0-9]+", "change", "commit", "body"),
    _("LFS end of parts", f"POST {LFS}", "change", "commit", "body.parts[1].etag"),
    _("LFS verify", f"POST {LONE}/lfs-verify", "change", "commit", "body.oid"),
    _("commit", f"POST {LONE}/commit/main", "change", None, f"body.file[{ODD_NAME}].content", f"body.file[{EMPTY_NAME}].content", "body.deletedFile[gone.txt].path",
      "body.lfsFile[data/large.bin].oid"),
    _("tree", f"GET {LONE}/tree/<commit>", "import", "tree", "query.recursive"),
    _("download", f"GET /spaces/acme/lone/resolve/<commit>/{DOWNLOADED}", "import", "download"),
    _("history", "GET /api/spaces/acme/moved/commits/main", "history"),
    _("move", "POST /api/repos/move", "move", None, "body.fromRepo", "body.toRepo"),
    _("delete", "DELETE /api/repos/delete", "delete", None, "body.name", "body.organization", "body.type"),
    _("exchange of an identity", "POST /oauth/token", "exchange", "exchange", "body.subject_token"),
]


def distinct(requests: list[Request]) -> list[Request]:
    """Each request once, in an order of its own: who sends one request again, or two the other way round, says the same."""
    return [found for _, found in sorted({(request.path, request.parts): request for request in requests}.items())]


@dataclass(frozen=True)
class Difference:
    operation: str
    # `query.limit`, `body.private`, `header.accept`, or `requests`, the number of distinct ones.
    part: str
    ours: str | None
    theirs: str | None


def differences(operation: Operation, ours: list[Request], theirs: list[Request]) -> list[Difference]:
    """Between the distinct requests of both, paired in their order; a difference that several pairs have comes for each."""
    if len(ours) != len(theirs):
        return [Difference(operation.name, "requests", listing(ours), listing(theirs))]
    found: list[Difference] = []
    for one, other in zip(ours, theirs):
        if one.path != other.path:
            found.append(Difference(operation.name, "path", one.path, other.path))
        left, right = dict(one.parts), dict(other.parts)
        for part in sorted({*left, *right}):
            if left.get(part) != right.get(part):
                found.append(Difference(operation.name, part, left.get(part), right.get(part)))
    return found


def listing(requests: list[Request]) -> str:
    return "; ".join(f"{request.method} {request.path} {dict(request.parts)}" for request in requests) or "none"
