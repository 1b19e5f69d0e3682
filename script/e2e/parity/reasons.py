"""Why the clients differ where they do. A difference that is not here fails the run, and so does a row that nothing needs any more."""

from dataclasses import dataclass

from .operations import Difference

# A value that follows from the files of the check, as a digest does.
ANY = "(any)"


@dataclass(frozen=True)
class Reason:
    operations: tuple[str, ...]
    part: str
    # None: the client does not send it.
    ours: str | None
    theirs: str | None
    why: str

    def names(self, difference: Difference) -> bool:
        def fits(wanted: str | None, found: str | None) -> bool:
            return found is not None if wanted == ANY else wanted == found

        return (
            difference.operation in self.operations
            and difference.part == self.part
            and fits(self.ours, difference.ours)
            and fits(self.theirs, difference.theirs)
        )


LOGS = ("log of the app", "log of the build")
LFS_TYPE = "application/vnd.git-lfs+json"

# Facts hub-api: section 2.1 for what a create carries, 2.11 for volumes, 2.12 for logs, 4.1 for the history, 4.2 for the README's upload
# mode, 4.4 for LFS.
REASONS = [
    Reason(("create",), "body.devModeEnabled", "true", None,
           "The Hub's own schema of a create has it. The official client has no option for it and needs a second call."),
    Reason(("create",), "body.volumes[/data].readOnly", "false", None,
           "What the definition means is said. The official client leaves out what it was not given, and the Hub's default is the same."),
    Reason(LOGS, "header.accept", "text/event-stream", "*/*",
           "The answer is a stream of events, and any other is an error."),
    Reason(LOGS, "query.tail", "100", None,
           "No more lines are asked for than are shown; the official client reads from the first line on."),
    *(
        Reason(("preupload of a first commit",), f"body.files[README.md].{member}", None, ANY,
               "The README of a Space is front matter and text, so how it is stored need not be asked.")
        for member in ("path", "size", "sample")
    ),
    Reason(("LFS verify",), "header.accept", LFS_TYPE, "*/*", "As the LFS protocol has it."),
    Reason(("LFS verify",), "header.content-type", LFS_TYPE, "application/json", "As the LFS protocol has it."),
    Reason(("history",), "query.limit", "100", None,
           "Only the newest commits are needed to tell whose the head is; the official client reads all pages."),
]

# Routes that only one of them uses in what was done here.
ONLY_OURS = {
    "POST /api/spaces/{id}/replicas": "The official client has no method for replicas.",
    "POST /api/spaces/{id}/resource-group": "The official client sets the group at creation only.",
}
ONLY_THEIRS = {
    "GET /api/spaces/templates": "It looks the template's name up. A definition has the template's address, which is what the Hub takes.",
    "HEAD /spaces/{id}/resolve/{commit}/{file}": "It asks for size and ETag before each file. spaceform has both from the tree, in one call.",
    "POST /api/validate-yaml": "It has the card judged by the Hub before a commit. `spaceform validate` does so offline, before anything is sent.",
}
