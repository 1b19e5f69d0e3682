"""Counts, reading ease and keywords of English prose, with the standard library alone."""

import re
from collections import defaultdict

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)*")
SENTENCE_END = re.compile(r"[.!?…]+(?:[\"'”’)]*)(?=\s|$)")
PHRASE_BREAK = re.compile(r"[^\w\s'’-]+|\n+")
VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûü]+")

WORDS_PER_MINUTE = 230

STOP_WORDS = frozenset(
    """a about after all also an and any are as at be because been before being between both but by can could did do
    does each for from had has have he her here his how i if in into is it its just like may me more most my no not
    of on one only or other our out over own same she should so some such than that the their them then there these
    they this those through to too under until up very was we were what when where which while who whom why will with
    would you your""".split()
)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; at least one."""
    word = word.lower()
    count = len(VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(1, count)


def key_phrases(text: str, limit: int) -> list[str]:
    """Rapid automatic keyword extraction: runs of words between stop words, scored by how long the company is that each
    word keeps compared to how often it occurs."""
    phrases: list[tuple[str, ...]] = []
    for fragment in PHRASE_BREAK.split(text.lower()):
        run: list[str] = []
        for word in WORD.findall(fragment) + [""]:
            if word and word not in STOP_WORDS and len(word) > 2:
                run.append(word)
            elif run:
                phrases.append(tuple(run))
                run = []
    frequency: dict[str, int] = defaultdict(int)
    degree: dict[str, int] = defaultdict(int)
    for phrase in phrases:
        for word in phrase:
            frequency[word] += 1
            degree[word] += len(phrase)
    scores = {
        phrase: sum(degree[word] / frequency[word] for word in phrase) for phrase in phrases if len(phrase) <= 4
    }
    ranked = sorted(scores, key=lambda phrase: (-scores[phrase], phrase))
    return [" ".join(phrase) for phrase in ranked[:limit]]


def analyse(text: str, keywords: int = 8) -> dict:
    """Everything the service says of a text; the reading ease of a text without words is None."""
    words = WORD.findall(text)
    sentences = max(1, len(SENTENCE_END.findall(text))) if words else 0
    ease = None
    if words:
        per_word = sum(syllables(word) for word in words) / len(words)
        ease = round(206.835 - 1.015 * len(words) / sentences - 84.6 * per_word, 1)
    return {
        "characters": len(text),
        "words": len(words),
        "sentences": sentences,
        "reading_minutes": round(len(words) / WORDS_PER_MINUTE, 2),
        "reading_ease": ease,
        "keywords": key_phrases(text, keywords),
    }
