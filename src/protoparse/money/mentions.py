"""Names that stand beside a statement: the label before its colon, and the longer word that "teamet" takes up."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from protoparse.money.titles import topic_of
from protoparse.money.words import Words
from protoparse.text import Text

_LABEL = re.compile(
    r"\s*(?P<label>[”\"A-ZÅÄÖ0-9](?:[^:;!?.()]|\([^()]*\)|\.(?=\S)){1,70}?)(?::\s+|\s[–—-]\s(?=[a-zåäö0-9]))(?=\S)"
)
_NO_NAME = re.compile(
    r"(?:\d|kl\b|dag\b|tid\b|plats\b|datum|ansvarig|deltagare|närvarande|frånvarande|obs\b|ps\b|tips|"
    r"(?:mån|tis|ons|tors|fre|lör|sön)dag|steg \d|punkt|fråga|svar|exempel|kontakt|läs mer|not\b|ansök|rekvisition)",
    re.IGNORECASE,
)
_MOST_WORDS = 8


def label_of(text: str, words: Words, bound: Mapping[str, str], persons: Collection[str] = ()) -> str:
    """The service that a line is labelled with: "Lotsen" of "Lotsen: medel till maj" and "Lotsen – medel till maj".

    Empty where the label is no name of a service: a person, an organ, a sentence, "Status", "Beslut", "Arvsfonden".
    """
    match = _LABEL.match(text)
    label = match["label"].strip() if match else ""
    return label if label and _names(label, words, bound, persons) else ""


def _names(label: str, words: Words, bound: Mapping[str, str], persons: Collection[str]) -> bool:
    if (
        _NO_NAME.match(label)
        or words.about_only.fullmatch(label)
        or len(label.split()) > _MOST_WORDS
        or words.verb.search(label)
    ):
        return False
    if label in persons or any(person.split()[0] == label for person in persons):
        return False
    if words.funder.search(label) and len(label.split()) < 3:
        return False
    if words.kind_of(label) in ("agreement", "project") and not re.search(r"\s[A-ZÅÄÖ]", label):
        return False  # "Projekttid", "Avtal"
    if words.body.search(label.split(" (")[0].split(" i ")[0]):
        return False
    return bool(topic_of(label, words, bound))


def run_in_heading(text: Text, words: Words, bound: Mapping[str, str]) -> int:
    """The index after the bold words that a paragraph begins with as its heading; 0 where there is none."""
    bold = [run for run in text.runs if run.word.bold]
    if not bold or len(bold) == len(text.runs) or any(not run.word.bold for run in text.runs[: len(bold)]):
        return 0
    label, rest = text.string[: bold[-1].end], text.string[bold[-1].end :].lstrip()
    opens = len(bold) <= _MOST_WORDS and label[-1:] not in ",;-–" and rest[:1].isupper()
    return bold[-1].end if opens and topic_of(label.rstrip(" .:"), words, bound) else 0


_ENDING = re.compile(r"(?:en|et|an|on|n|t|na)\Z")
_NO_ADJECTIVE = (
    "andra",
    "samma",
    "hela",
    "båda",
    "egna",
    "nya",
    "gamla",
    "enda",
    "första",
    "dessa",
    "denna",
    "våra",
    "sista",
)
_NAME_AFTER = re.compile(r"(?:\s(?:i|på)(?=\s[A-ZÅÄÖ]))?(?:\s[A-ZÅÄÖ][\wåäö-]*)+")


def longer_name(plain: str, sentence: str, words: Words) -> str:
    """The one thing of a sentence that a bare definite noun takes up: "den palliativa konsultlinjen" for "Linjen".

    It is a compound that ends in the noun, or the noun with an adjective or a name; empty where there are none or two.
    """
    low = plain.lower()
    if " " in low or len(low) < 5 or not _ENDING.search(low) or words.body.fullmatch(low):
        return ""
    found: dict[str, str] = {}
    for match in re.finditer(r"[\w-]+", sentence):
        if name := _taken_up(match, low, sentence, words):
            found.setdefault(re.sub(r".*\s(?=[^\s]*\Z)", "", match.group().lower()), name)
    return next(iter(found.values())) if len(found) == 1 else ""


def _taken_up(match: re.Match[str], low: str, sentence: str, words: Words) -> str:
    """The name around a word of the sentence, where it ends in the noun and says more."""
    token = match.group()
    word = token.lower().removesuffix("s") if token.lower().endswith(low + "s") else token.lower()
    bases = {low, low[:-1], low[:-2]} if len(low) > 6 else {low, low[:-1]} if low.endswith("n") else {low, low[:-2]}
    base = next((b for b in sorted(bases, key=len, reverse=True) if len(b) > 3 and word.endswith(b)), "")
    if not base or words.never_service.match(word) or words.body.fullmatch(word):
        return ""
    token = token[: len(word)]
    after = _NAME_AFTER.match(sentence, match.start() + len(token))
    before = re.search(r"((?:\b[A-ZÅÄÖa-zåäö][a-zåäö]+a\s+){1,2})\Z", sentence[: match.start()])
    told = [w for w in before[1].split() if w not in _NO_ADJECTIVE] if before and word.endswith(low) else []
    told = told if not before or len(told) == len(before[1].split()) else told[-1:]
    if len(word) - len(base) < 2 and not (word == low and words.service_bare.fullmatch(low) and (told or after)):
        return ""
    return " ".join([*told, token]) + (after.group() if after else "")


def owner_of(plain: str, heading: str, words: Words) -> str:
    """The name in the genitive that a heading begins with, where a bare noun takes it up: "Ungdomscoacherna" of
    "Ungdomscoachernas första år" for "coacherna"; else the heading as it is."""
    first, _, more = heading.partition(" ")
    return (longer_name(plain, first, words) if more and first.endswith("s") else "") or heading


def akin(subject: str, topic: str) -> bool:
    """Whether the subject of a sentence and a heading share two words that carry meaning: the heading plays on it."""
    return len(_content(subject) & _content(topic)) > 1


def _content(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-zåäöé]{4,}", text.lower())}
