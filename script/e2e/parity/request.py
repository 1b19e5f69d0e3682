"""One request as it is compared: flat, in an order of its own, and without tokens and secret values."""

import hashlib
import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

COMMIT = re.compile(r"^[0-9a-f]{40}$")

# What the caller of either client chooses freely; that it is there is compared, not what it says.
FREE_TEXT = ("header.summary", "header.description")

# The member by which elements of a list are told apart, so that their order does not count.
NAMES_OF_ELEMENTS = ("key", "path", "oid", "mountPath", "partNumber")


class Mask:
    """Replaces what must not be kept by a name for it."""

    def __init__(self, names: dict[str, str]) -> None:
        """`names` maps each value to what stands for it; longer values are replaced first."""
        self.names = sorted(names.items(), key=lambda item: -len(item[0]))

    def text(self, text: str) -> str:
        for value, name in self.names:
            text = text.replace(value, name)
        return "<commit>" if COMMIT.match(text) else text


@dataclass(frozen=True)
class Request:
    """A request, and its parts by name: `query.limit`, `body.visibility`, `header.accept`. Equal parts are equal on the wire."""

    step: str
    method: str
    path: str
    parts: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, step: str, method: str, target: str, headers: dict[str, str], body: bytes, mask: Mask) -> "Request":
        address = urlsplit(target)
        # Encoded differently the same path is the same, but a slash within a segment stays one.
        path = "/".join(unquote(segment).replace("/", "%2F") for segment in address.path.split("/"))
        parts: dict[str, str] = {}
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(address.query, keep_blank_values=True):
            query.setdefault(name, []).append(mask.text(value))
        for name, values in query.items():
            parts[f"query.{name}"] = ", ".join(sorted(values))
        fields = {name.lower(): value for name, value in headers.items()}
        for name in ("content-type", "accept"):
            if name in fields:
                parts[f"header.{name}"] = mask.text(fields[name])
        if "authorization" in fields:
            scheme, _, credential = fields["authorization"].partition(" ")
            # Which credential it is shows only when it is a known one; another one is never kept.
            known = mask.text(credential)
            parts["header.authorization"] = f"{scheme} {known if known.startswith('<') else '<unknown>'}"
        parts |= body_parts(body, fields.get("content-type", ""), mask)
        masked = sorted((mask.text(name), value) for name, value in parts.items())
        return cls(step, method, "/".join(mask.text(segment) for segment in path.split("/")), tuple(masked))


def body_parts(body: bytes, kind: str, mask: Mask) -> dict[str, str]:
    if not body:
        return {}
    if "ndjson" in kind:
        lines = [json.loads(line) for line in body.splitlines() if line.strip()]
        parts = {"body's first line": lines[0]["key"]}
        for line in lines:
            value = dict(line["value"])
            if line["key"] == "header":
                prefix = "header"
            else:
                prefix = f"{line['key']}[{value.get('path')}]"
            flatten(prefix, value, parts, mask)
        return {name if name.startswith("body") else f"body.{name}": value for name, value in parts.items()}
    if "json" in kind:
        parts = {}
        flatten("", json.loads(body), parts, mask)
        return {f"body.{name}": value for name, value in parts.items()}
    return {"body": f"{len(body)} bytes, SHA-256 {hashlib.sha256(body).hexdigest()[:12]}"}


def flatten(name: str, value: object, parts: dict[str, str], mask: Mask) -> None:
    if isinstance(value, dict):
        for key, member in value.items():
            flatten(f"{name}.{key}" if name else key, member, parts, mask)
    elif isinstance(value, list) and value:
        for number, element in enumerate(value):
            keys = NAMES_OF_ELEMENTS if isinstance(element, dict) else ()
            label = next((element[key] for key in keys if key in element), number)
            flatten(f"{name}[{label}]", element, parts, mask)
    elif name in FREE_TEXT:
        parts[name] = "<text>" if value else json.dumps(value)
    else:
        text = json.dumps(mask.text(value) if isinstance(value, str) else value, ensure_ascii=False)
        # Contents of files are told by their digest.
        parts[name] = text if len(text) <= 100 else f"{len(text)} characters, SHA-256 {hashlib.sha256(text.encode()).hexdigest()[:12]}"
