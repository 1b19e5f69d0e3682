"""Cuts a text into passages that overlap by a sentence."""

import re

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[\"'”’)]*", re.UNICODE)


def passages(text: str, words: int = 60) -> list[str]:
    """Passages of about that many words, whole sentences each; the last sentence of one begins the next."""
    sentences = [match.group().strip() for match in SENTENCE.finditer(text) if match.group().strip()]
    result: list[str] = []
    current: list[str] = []
    for sentence in sentences:
        current.append(sentence)
        if sum(len(part.split()) for part in current) >= words:
            result.append(" ".join(current))
            current = current[-1:]
    if current and (not result or len(current) > 1):
        result.append(" ".join(current))
    return result
