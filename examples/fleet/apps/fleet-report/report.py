"""What the Hub says of an organisation's Spaces, and how that looks as a page."""

from dataclasses import dataclass
from html import escape

from huggingface_hub import HfApi

TROUBLE = {"BUILD_ERROR", "CONFIG_ERROR", "NO_APP_FILE", "RUNTIME_ERROR"}


@dataclass(frozen=True)
class Row:
    name: str
    stage: str
    hardware: str
    sleeps_after: str
    private: bool

    @property
    def needs_attention(self) -> bool:
        return self.stage in TROUBLE


def span(seconds: int | None) -> str:
    if seconds is None or seconds < 0:
        return "never"
    for unit, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds % unit == 0:
            return f"{seconds // unit} {name}"
    return f"{seconds} s"


def rows(api: HfApi, organisation: str) -> list[Row]:
    """One list call for all Spaces; those in trouble come first."""
    found = []
    for space in api.list_spaces(author=organisation, expand=["runtime", "private"]):
        runtime = space.runtime
        found.append(
            Row(
                name=space.id,
                stage=runtime.stage if runtime else "unknown",
                hardware=(runtime.requested_hardware if runtime else None) or "none",
                sleeps_after=span(runtime.sleep_time) if runtime else "unknown",
                private=bool(space.private),
            )
        )
    return sorted(found, key=lambda row: (not row.needs_attention, row.name))


def page(organisation: str, found: list[Row]) -> str:
    lines = [
        f"<tr class='{'trouble' if row.needs_attention else ''}'><td>{escape(row.name)}</td><td>{escape(row.stage)}</td>"
        f"<td>{escape(row.hardware)}</td><td>{escape(row.sleeps_after)}</td><td>{'private' if row.private else 'public'}</td></tr>"
        for row in found
    ]
    trouble = sum(row.needs_attention for row in found)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Spaces of {escape(organisation)}</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; }} td, th {{ padding: 0.2rem 1rem 0.2rem 0; text-align: start; }}
.trouble {{ color: #b3261e; font-weight: 600; }}</style></head>
<body><h1>Spaces of {escape(organisation)}</h1>
<p>{len(found)} Spaces, {trouble} in trouble.</p>
<table><thead><tr><th>Space</th><th>Stage</th><th>Hardware</th><th>Sleeps after</th><th>Visibility</th></tr></thead>
<tbody>{"".join(lines)}</tbody></table></body></html>"""
