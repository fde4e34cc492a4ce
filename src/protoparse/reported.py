"""Words that tell of a report: a heading (`Återrapportering av …`), a sentence (`Förvaltningen redovisar …`), or a line
of a follow-up list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from protoparse.names import stem, words
from protoparse.sentences import of_lines


class Section(NamedTuple):
    """A section of a later document."""

    id: str
    organ_id: str
    day: str
    title: str
    case: str | None
    text: str


class Unit(NamedTuple):
    """Words of a section that tell of a report: its heading, a sentence, or a line of a follow-up list."""

    section: Section
    how: str  # rubrik, ordalydelse
    said: str
    words: frozenset[str]
    refers: bool  # whether it speaks of the task as one that was given


# --- words

_ROOT = re.compile(r"(?<=\w{4})(?:er|ar|or|r)\Z")


@lru_cache(maxsize=1 << 17)
def root(word: str) -> str:
    """A word without its endings: `handlingsplaner`, `handlingsplanerna` and `handlingsplanen` are one."""
    return stem(_ROOT.sub("", stem(word)))


def _roots(text: str) -> frozenset[str]:
    return frozenset(root(word) for word in words(text))


# What any task or report may say, whatever it is about.
_HOLLOW = _roots(
    "uppdrag uppdraget uppdragen uppdra uppdrar uppdras ger gav ges får fick ska skall har hade är var blir vara ha "
    "att och i på till av för med om från vid under efter senast före innan inom enligt samt dels detta denna dessa "
    "den det de en ett som vilka vilken hur vad när där sin sitt sina även också inte ta fram tar tagit återkomma "
    "återkommer redovisa redovisar redovisas redovisade redovisat redovisning redovisningen återrapportera "
    "återrapporterar återrapporterade återrapportering återrapporteringen rapportera rapporterar rapport rapporten "
    "lämna lämnar lämnade lämnat presentera presenterar presenterade visa visar visade förslag förslaget underlag "
    "underlaget möte mötet sammanträde sammanträdet nämnd nämnden nämndens styrelse styrelsen fullmäktige "
    "kommunstyrelsen kommunfullmäktige förvaltning förvaltningen förvaltningens förvaltningschef förvaltningschefen "
    "kommun kommunen kommunens region regionen regionens stad staden stads stadens län länet länets direktör "
    "direktören ledamot ärende ärendet beslut beslutet beslutar beslutade beslutat arbete arbetet information "
    "informationen uppföljning uppföljningen följa följer upp genomföra genomför göra gör kunna kan ny nya nytt "
    "ytterligare fortsatt fortsätta delrapport slutrapport lägesrapport delredovisning slutredovisning återkoppling "
    "svar klar klart klara godkänns godkänner antecknas noteras läggs handlingarna gemensam gemensamma januari "
    "februari mars april maj juni juli augusti september oktober november december vår våren höst hösten år året "
    "måndag tisdag onsdag torsdag fredag kvartal kvartalet tertial halvår vecka"
)


@lru_cache(maxsize=1 << 16)
def content(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about."""
    return frozenset(word for word in _roots(text) - _HOLLOW if len(word) > 2 and not word.isdigit())


# --- what is a report

_NOUN = (
    r"(?:åter|slut|del|läges|del-? och slut)(?:rapport|redovis|redogörelse|avrapport)\w*|återkoppling\w*|"
    r"(?:redovisning|uppföljning|rapport|rapportering|svar|besvarande|avrapportering)\w*"
    r" (?:av|på|om|för|från|gällande) (?:\w+ ){0,3}?uppdrag\w*"
)
_HEADING = re.compile(rf"\b(?:{_NOUN})\b", re.IGNORECASE)
# Headings about a report that is asked for, put off, or another's.
_NO_REPORT = re.compile(
    r"\b(?:yttrande|remiss\w*|yrkande|motion|begäran|uppskov|anstånd|tidplan|förläng\w*|senarelägg\w*|mall|rutin\w*)\b",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(r"\buppföljning\b|\buppdragslista\w*|\buppdrag\w*\Z", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:redovisar|redovisade|återrapporterar|återrapporterade|avrapporterar|avrapporterade|presenterar|presenterade|"
    r"föredrar|föredrog|visade hur|har (?:nu |nyligen )?(?:lämnat|redovisat|återrapporterat|presenterat|tagit fram|"
    r"kommit in med|slutfört|utfört|genomfört|utrett|kartlagt|undersökt|följt upp|sammanställt)|"
    r"lämnar (?:en |sin )?(?:\w*rapport|redovisning|återkoppling)|lämnade (?:en |sin |in )*(?:\w*rapport|redovisning|"
    r"återkoppling)|uppdraget (?:är|har) (?:slutfört|slutförts|klart|genomfört|genomförts|utfört|utförts|redovisat|"
    r"redovisats|återrapporterat|återrapporterats|fullgjort|fullgjorts)|anser uppdraget \w+|"
    r"uppdraget (?:förklaras|anses) \w+|"
    r"(?:återrapporteringen|slutrapporten|redovisningen av uppdraget) (?:godkänns|noteras|antecknas|läggs))\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:klart?|klara|slutfört?|slutförda|genomfört?|genomförda|utfört?|redovisat|lämnat|avslutat)\b", re.I
)
_REFERS = re.compile(
    r"\buppdrag(?:et|en|s)?\b|\bbegärd\w*|\bbegärt\b|\bgav i uppdrag\b|\benligt beslut\w*", re.IGNORECASE
)
PARTIAL = re.compile(r"\bdel(?:rapport|redovis|redogör)\w*|\bläges(?:rapport|redovis)\w*|\bdelvis\b", re.IGNORECASE)
# What makes the sentence one of a report that has not come, or of a task that is given.
_NOT_YET = re.compile(
    r"\b(?:inte|ej|ännu|ingen|inget|inga|saknas|saknar|fortfarande|försen\w+|pågår|pågående|kvarstår|återstår|påbörja\w*|"
    r"skjuts|sköts|skjutits|förläng\w*|förlängd|senarelägg\w*|ska|skall|bör|borde|kommer att|kommer i|yrka\w*|föreslår|"
    r"föreslog|uppdrar|uppdra|uppdras|uppdrogs|i uppdrag att|uppmana\w*|begär att|önskar|avser|väntas|planeras)\b",
    re.IGNORECASE,
)
MOVED = re.compile(
    r"\b(?:förläng\w* (?:tid\w*|tidsfrist\w*)|förlängd tid|(?:tid\w*|tidsfrist\w*|uppdrag\w*|redovisning\w*|"
    r"återrapportering\w*) (?:\w+ ){0,3}?(?:förläng\w+|senarelägg\w+|senarelagts|flyttas|skjuts)|senarelägg\w*|"
    r"skjuts? (?:upp|fram)|flyttas (?:fram )?till|anstånd)\b",
    re.IGNORECASE,
)


def tells(sentence: str) -> bool:
    """Whether a sentence tells that something has been reported."""
    return bool(_TELLS.search(sentence)) and not _NOT_YET.search(sentence)


def units(section: Section) -> Iterator[Unit]:
    """All words of a section that tell of a report."""
    if _HEADING.search(section.title) and not _NO_REPORT.search(section.title):
        yield Unit(section, "rubrik", section.title, content(section.title), True)
    listed = bool(_FOLLOW_UP.search(section.title))
    for paragraph in section.text.split("\n"):
        label, colon, told = paragraph.partition(": ")
        if listed and colon:
            if (_DONE.search(told) or tells(told)) and not _NOT_YET.search(told):
                yield Unit(section, "ordalydelse", paragraph, content(label), True)
            continue
        for sentence in of_lines(paragraph):
            if tells(sentence):
                yield Unit(section, "ordalydelse", sentence, content(sentence), bool(_REFERS.search(sentence)))
