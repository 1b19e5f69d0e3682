"""Timed text as an SRT subtitle file."""

from collections.abc import Iterable


def timestamp(seconds: float) -> str:
    """`00:01:02,345`."""
    milliseconds = round(seconds * 1000)
    hours, milliseconds = divmod(milliseconds, 3_600_000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    whole, milliseconds = divmod(milliseconds, 1000)
    return f"{hours:02}:{minutes:02}:{whole:02},{milliseconds:03}"


def srt(chunks: Iterable[tuple[float, float, str]]) -> str:
    """One numbered block for each (start, end, text)."""
    blocks = [
        f"{number}\n{timestamp(start)} --> {timestamp(end)}\n{text.strip()}\n"
        for number, (start, end, text) in enumerate(chunks, start=1)
    ]
    return "\n".join(blocks)
