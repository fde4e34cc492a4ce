"""Funding statements: until when something is paid for, agreed or runs as a project, and deadlines about money.

A sentence is cut into clauses, each around the cue of one rule. The rule's `form` says how the clause is read: what
stands before and after the cue, which date ends the statement and where the money comes from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from protoparse.amounts import MAY_HOLD_AMOUNT, Amount, find_amounts
from protoparse.cues import Cue, CueFinder
from protoparse.models import Doubt, Evidence, Funding, Meeting, Passage, Zone
from protoparse.money.claims import read_claims, read_heading
from protoparse.money.clauses import Clause, Condition, Sentence, clauses_of, first_condition, masked_text, shares
from protoparse.money.days import YEAR_OUT, DateReader, Mention, Span, days_in, rest_of_year
from protoparse.money.deadlines import read_deadline
from protoparse.money.grants import (
    read_apply,
    read_enables,
    read_grant,
    read_granter,
    read_noun,
    read_propose,
    read_sum,
)
from protoparse.money.joined import Headed, beneath, headed, may_follow, read_following, read_their_end, shared_subject
from protoparse.money.lacks import read_open_question
from protoparse.money.lists import Lead, lead_of, portions, shared_out
from protoparse.money.mentions import akin, label_of, longer_name, owner_of, run_in_heading
from protoparse.money.moves import read_new_end, read_prolonged, read_running, read_takeover
from protoparse.money.opens import read_ordinary, read_permanent
from protoparse.money.periods import OPEN, Fields, amount_in, old_end
from protoparse.money.phrases import (
    head_of,
    named_money,
    paid_before,
    phrase_after,
    phrase_before,
    project_name,
    taken_from,
    tidy,
)
from protoparse.money.running import (
    own_money,
    read_active,
    read_after,
    read_label,
    read_last_year,
    read_passive,
)
from protoparse.money.sheets import Granted, read_tables
from protoparse.money.successors import MAY_SUCCEED, successor_in
from protoparse.money.titles import topic_of
from protoparse.money.topics import (
    abbreviations,
    is_full_name,
    may_mean,
    opening_thing,
    partner_of,
    same_thing,
    short_for,
    spelled_out,
    subject_before_verb,
)
from protoparse.money.words import Words, vocabulary
from protoparse.sentences import boundaries
from protoparse.text import Text, join

_COUNTED = (Zone.DECISION, Zone.DECISION_GROUP, Zone.PROPOSED, Zone.BODY, Zone.INFORMATION, Zone.BACKGROUND)
READERS: dict[str, Callable[[Clause], Fields | None]] = {
    "passive": read_passive,
    "active": read_active,
    "runs": read_running,
    "sum": read_sum,
    "grant": read_grant,
    "granter": read_granter,
    "apply": read_apply,
    "propose": read_propose,
    "enables": read_enables,
    "label": read_label,
    "last_year": read_last_year,
    "deadline": read_deadline,
    "lack": read_open_question,
    "after": read_after,
    "into": read_ordinary,
    "permanent": read_permanent,
    "new_end": read_new_end,
    "prolonged": read_prolonged,
    "takeover": read_takeover,
    "successor": read_takeover,
    "noun": read_noun,
}
# Looked for in small letters: a pattern that minds no case takes three times as long.
_HINT = re.compile(
    r"\d|skifte|sedan|förläng|året|(?:två|tre|fyra|fem|sex|ett) (?:år|månad)|"
    r"ytterligare|så länge|tills|vidare|permanent|utan slut|framåt|framöver|ordinarie|grunduppdrag|"
    r"fortsättning|fortsatt|obestämd|utan tidsgräns|bortre|"
    r"därefter|efter det|årligen|förutsa?ä?tt|förbehåll|villkor|i mån|\bom\b|"
    r"januari|februari|mars\b|april|\bmaj\b|juni|juli|augusti|september|oktober|november|december|hösten|"
    r"våren|sommaren|terminen|kvartal|halvår|finansiär",
)


@dataclass(slots=True)
class _Document:
    """What is known while the passages of a document go by."""

    meeting: Meeting
    cues: CueFinder
    dates: DateReader
    titles: Mapping[int, str]
    words: Words
    bound: dict[str, str]
    rows: list[Funding] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)  # who gets the money of each row, where that is said
    doubts: list[Doubt] = field(default_factory=list)
    said: dict[int | None, str] = field(default_factory=dict)  # the last subject of a section
    paid: dict[int | None, set[str]] = field(default_factory=dict)  # what a section has said to be paid for
    opened: dict[int | None, str] = field(default_factory=dict)  # the lead-in of the list at hand, per section
    leads: dict[str, Lead | None] = field(default_factory=dict)
    before: dict[tuple[int | None, str | None], str] = field(default_factory=dict)  # the last sentence under a heading
    moneyed: set[int | None] = field(default_factory=set)  # sections in which money has been spoken of
    ended: dict[tuple[int | None, str | None], datetime.date] = field(default_factory=dict)  # the last end told of
    topics: dict[str | None, str] = field(default_factory=dict)
    ends: dict[str, Headed | None] = field(default_factory=dict)  # what the headings say of ends
    earlier: Callable[[], list[str]] = list  # the sentences of the paragraph before the one at hand, the nearest first
    paragraph: dict[tuple[int | None, str | None], str] = field(default_factory=dict)  # the last one under a heading
    label: str = ""  # the name before the colon that the passage at hand, or a sentence of it, begins with

    def read(self, passage: Passage, following: Passage | None) -> None:
        """All sentences of a passage."""
        self.label = ""
        self._read(passage, following)
        self.paragraph[passage.section, passage.heading] = passage.text.string

    def head(self, heading: Text, section: int) -> None:
        """A section's heading, where it says an end beside the name."""
        title = self.titles.get(section, "")
        at, rule = heading.string.find(title), self.cues.rule(_CLAIM)
        if at < 0 or rule is None or not title or not self.words.may_claim(title) or not _HINT.search(title.lower()):
            return
        passage = Passage(heading, Zone.BODY, None, section)
        sentence = self._sentence(passage, at, title, self.dates(heading.string), "")
        fields = read_heading(sentence) if sentence and not sentence.vetoes else None
        if sentence and fields:
            clause = Clause(sentence, 0, len(title), Cue(0, 0, rule), sentence.whens, sentence.amounts)
            self._keep(
                passage,
                self._row(passage, heading[at : at + len(title)], clause, fields, Text(), ""),
                "",
                len(self.rows),
            )

    def _read(self, passage: Passage, following: Passage | None) -> None:
        string = passage.text.string
        if self._listed(passage, string):
            return
        self.opened[passage.section] = string if string.endswith(":") else ""
        self._beneath(passage)
        if not self.words.may_fund(string) and not _POINTS.match(string):
            return
        spans, here = boundaries(string), ""
        before = self.before.get((passage.section, passage.heading), "")
        mentions: Sequence[Mention] | None = None
        for at, (start, end) in enumerate(spans):
            text = string[start:end]
            previous, before = before, text
            if label := label_of(text, self.words, self.bound, self.meeting.names):
                self.label, here = label, ""
            if end - start >= _LONGEST or not _HINT.search(text.lower()):
                continue
            pointing = _POINTS.match(text) or may_follow(text)
            if self.words.may_fund(text) or (pointing and self.words.may_fund(previous)):
                mentions = self.dates(string) if mentions is None else mentions
                after = passage.text[slice(*spans[at + 1])] if at + 1 < len(spans) else _opening(following, passage)
                if self._enumerated(passage, start, text):
                    continue
                sentence = self._sentence(passage, start, text, mentions, previous)
                self.earlier = partial(_backwards, string, spans[:at])
                here = self._statements(passage, start, sentence, after, here) if sentence else here
        self.before[passage.section, passage.heading] = before
        if passage.section not in self.moneyed and self.words.speaks_of_money(string):
            self.moneyed.add(passage.section)

    def _beneath(self, passage: Passage) -> None:
        """The row of a paragraph that says who pays for what its heading names with an end."""
        heading, rule = passage.heading or self.titles.get(passage.section or 0, ""), self.cues.rule(_CLAIM)
        if heading not in self.ends:
            self.ends[heading] = headed(heading, self.dates, self.words)
        head = self.ends[heading]
        if head is None or rule is None:
            return
        for start, end in boundaries(passage.text.string)[:2]:
            text = passage.text.string[start:end]
            if fields := beneath(head, text, self.words):
                sentence = Sentence(text, text, (), (), (), None, self.words, today=self.meeting.date)
                clause = Clause(sentence, 0, len(text), Cue(0, 0, rule), (), ())
                self._keep(
                    passage, self._row(passage, passage.text[start:end], clause, fields, Text(), ""), "", len(self.rows)
                )
                self.ends[heading] = None  # it is said once
                return

    def _listed(self, passage: Passage, string: str) -> bool:
        """Whether a passage is an item of a list of grants, and its rows."""
        text = str(passage.lead or "") or self.opened.get(passage.section, "")
        if not text or len(string) > _LONGEST or not MAY_HOLD_AMOUNT.search(string):
            return False
        return bool((lead := self._lead(passage, text)) and self._portions(passage, 0, string, lead))

    def _enumerated(self, passage: Passage, start: int, text: str) -> bool:
        """Whether a sentence is a lead-in and its list: "Dessa beviljas bidrag för 2026: Lyktan 5 000 kr, …"."""
        head, colon, tail = text.partition(": ")
        if not colon or not MAY_HOLD_AMOUNT.search(tail):
            return False
        lead = self._lead(passage, head + ":")
        return bool(lead and self._portions(passage, start + len(head) + 2, tail, lead))

    def _lead(self, passage: Passage, text: str) -> Lead | None:
        """What the last sentence of a lead-in says for the items of its list."""
        if text not in self.leads:
            sentence = None
            if self.words.may_fund(text):
                start, end = boundaries(text)[-1]
                sentence = self._sentence(
                    replace(passage, text=Text(text), lead=None), start, text[start:end], self.dates(text), ""
                )
            self.leads[text] = lead_of(sentence) if sentence else None
        return self.leads[text]

    def granted(self, passage: Passage) -> Granted | None:
        """What the paragraph before a table of sums says of them; None where it gives no money."""
        text = passage.text.string
        if not reads(passage, self.meeting) or not self.words.may_fund(text):
            return None
        lead = self._lead(passage, text)
        if lead is None:
            return None
        span = lead.span or Span()
        hopes = passage.zone == Zone.PROPOSED or _PROPOSED.search(text) or lead.clause.certainty
        named = named_money(phrase_after(lead.clause), self.words)
        pays = named if named and self.words.money.search(named) else None
        return Granted(span.start, span.end, pays or lead.source, "conditional" if hopes else "stated")

    def _portions(self, passage: Passage, start: int, text: str, lead: Lead) -> bool:
        """Adds a row for each recipient of a list; False where none can be told from its sum."""
        amounts = find_amounts(text)
        found = portions(text, amounts, days_in(text, self.dates(text), 0, amounts), self.words) if amounts else []
        timed_ = [(portion, portion.span or lead.span) for portion in found if portion.span or lead.span]
        for portion, span in timed_:
            fields: Fields = {
                "kind": "budget_period" if span.start else "funded_until",
                "start": span.start,
                "end": span.end,
                "when": span.when,
                "subject": portion.what,
                "source": lead.source,
                "amount": portion.amount,
            }
            quote = passage.text[start : start + len(text)]
            row = self._row(passage, quote, lead.clause, fields, Text(), "")
            self.rows.append(row.model_copy(update={"text": text}))
            self.zones.append(passage.zone)
            self.receivers.append(portion.what)
        return bool(timed_)

    def _sentence(
        self, passage: Passage, start: int, text: str, mentions: Sequence[Mention], previous: str
    ) -> Sentence | None:
        """The sentence with its cues; None where it can be no statement."""
        cues = self.cues.find(text)
        if text.rstrip().endswith("?"):
            return None
        vetoes = tuple(cue for cue in cues if cue.rule.pseudo and cue.rule.get("form") == "veto")
        cues = [cue for cue in cues if not cue.rule.pseudo]
        claims = self.words.may_claim(text) or may_follow(text)
        if not any(cue.rule.get("form") in READERS for cue in cues) and not claims:
            return None
        amounts = find_amounts(text)
        whens = days_in(text, mentions, start, amounts)
        if (rest := YEAR_OUT.search(text)) and self.meeting.date:
            told = self.ended.get((passage.section, passage.heading), self.meeting.date)
            whens = sorted([*whens, rest_of_year(rest, max(told, self.meeting.date).year)])
        condition = first_condition(text, cues)
        hidden = [(w.start, w.end) for w in whens] + [(a.start, a.end) for a in amounts]
        masked = masked_text(text, [*hidden, (condition.start, condition.end)] if condition else hidden)
        if condition is None and passage.lead:
            condition = self._led(str(passage.lead))
        near = passage.section in self.moneyed or self.words.speaks_of_money(passage.text.string[:start])
        return Sentence(
            text,
            masked,
            tuple(cues),
            tuple(whens),
            tuple(amounts),
            condition,
            self.words,
            str(passage.lead or ""),
            near,
            vetoes,
            f"{passage.heading or ''} {self.titles.get(passage.section or 0, '')}",
            self.meeting.date,
            previous,
            self.ended.get((passage.section, passage.heading)),
        )

    def _led(self, lead: str) -> Condition | None:
        """The condition that a lead-in sets for its points: "Under förutsättning av fullmäktiges beslut:"."""
        found = first_condition(lead, self.cues.find(lead)) if lead.rstrip().endswith(":") else None
        if found is None or found.certainty != "conditional":
            return None
        return Condition(0, 0, _DECIDING.split(found.text)[0].strip(" ,:"), found.certainty)

    def _statements(self, passage: Passage, start: int, sentence: Sentence, coming: Text, here: str) -> str:
        """The rows of a sentence; gives back what was last spoken of."""
        quote = passage.text[start : start + len(sentence.text)]
        first = len(self.rows)
        for readings in clauses_of(sentence, READERS):
            for clause, fields in _first_read(readings):
                if _wished(clause, fields):
                    continue
                row = self._row(passage, quote, clause, fields, coming, here)
                who = phrase_before(clause) if row.amount and clause.cue.rule.get("form") == "grant" else ""
                self._keep(passage, row, who, first)
                aside = (here and _PART_OF.match(sentence.text)) or clause.cue.rule.get("form") in _TAKEOVER
                here = here if aside else row.subject or here
        if len(self.rows) == first or any(row.subject is None for row in self.rows[first:]):
            here = self._claimed(passage, quote, sentence, coming, here, first)
        if len(self.rows) == first:
            self.doubts.extend(_doubts(sentence, quote, passage.section))
        if not self.label:  # what one labelled line of a list speaks of is not what the next one means
            self.said[passage.section] = here or self.said.get(passage.section, "")
        return here

    def _keep(self, passage: Passage, row: Funding, who: str, first: int) -> None:
        """Adds a row unless the sentence, whose rows begin at `first`, has said the same of the same receiver."""
        if not any(
            (row.kind, row.end, row.amount) == (r.kind, r.end, r.amount) and (not who or other in ("", who))
            for r, other in zip(self.rows[first:], self.receivers[first:], strict=True)
        ):
            self.rows.append(row)
            self.receivers.append(who)
            self.zones.append(passage.zone)
        if row.end and row.kind in _MONEY_KINDS:
            self.ended[passage.section, passage.heading] = row.end
        if row.subject and row.kind in _MONEY_KINDS and not self.label:
            self.paid.setdefault(passage.section, set()).add(row.subject)

    def _claimed(self, passage: Passage, quote: Text, sentence: Sentence, coming: Text, here: str, first: int) -> str:
        """The rows of a sentence that no cue has read, by grammar, or the name that a row lacks; gives back what was
        last spoken of. What a row made so is about must be told."""
        rule = self.cues.rule(_CLAIM)
        if sentence.vetoes or rule is None:
            return here
        clause = Clause(sentence, 0, len(sentence.text), Cue(0, 0, rule), sentence.whens, sentence.amounts)
        for fields in _built(sentence):
            if _PROPOSED.search(sentence.text):
                fields["certainty"] = "conditional"
            fields["amount"] = amount_in(clause)
            row = self._row(passage, quote, clause, fields, coming, here)
            nameless = next((at for at, r in enumerate(self.rows) if at >= first and r.end == row.end), None)
            if row.subject and nameless is not None:
                told = self.rows[nameless]
                self.rows[nameless] = told.model_copy(update={"subject": told.subject or row.subject})
            elif row.subject and len(self.rows) == first:
                self._keep(passage, row, "", first)
            here = row.subject or here
        return here

    def _row(self, passage: Passage, quote: Text, clause: Clause, fields: Fields, coming: Text, here: str) -> Funding:
        certainty, end = self._certainty(clause, fields, passage.zone)
        amount: Amount | None = fields.get("amount")
        if clause.cue.rule.get("form") == "runs" and fields["kind"] == "funded_until" and not fields.get("source"):
            before = passage.text.string[: passage.text.string.find(clause.text) + clause.low]
            subject, source = paid_before(before, self.words)
            fields = fields | {"subject": fields.get("subject") or subject, "source": source}
        money = fields["kind"] in _MONEY_KINDS
        old = old_end(clause, fields.get("when"))
        condition = clause.sentence.condition
        own = (fields.get("successor") or self._successor(clause, fields.get("end"))) if money else None
        after = self._successor_in(coming.string, fields.get("end")) if money and not own else None
        return Funding(
            evidence=Evidence(quote=join([quote, coming]) if after else quote, rule=clause.cue.rule.id),
            text=clause.text,
            kind=fields["kind"],
            certainty=certainty,
            subject=self._resolve(
                self._whole(fields.get("subject") or shared_subject(clause), clause.text, passage),
                passage,
                here,
                self._label_for(fields["kind"]),
            )
            or fields.get("instead")
            or None,
            source=self._source(fields, clause, coming.string) or _source_of_condition(clause),
            amount=amount.value if amount else None,
            amount_per=amount.per if amount and amount.per != "unit" else None,
            amount_text=amount.text if amount else None,
            start=fields.get("start") if fields.get("start") != old else None,
            end=end,
            old_end=old,
            successor=own or after or None,
            condition=condition.text if condition and clause.certainty and certainty in OPEN else None,
            section=passage.section,
            heading=passage.heading,
        )

    def _source(self, fields: Fields, clause: Clause, coming: str) -> str | None:
        """Where the money comes from: what the sentence or the next one says it is taken from, else who gives."""
        if clause.cue.rule.get("form") in _GIVING and fields.get("amount"):
            for text in (clause.text[clause.cue.end :], coming):
                if pocket := taken_from(text, self.words):
                    return pocket
        source: str | None = fields.get("source")
        if source is None and clause.cue.rule.get("form") == "runs" and fields["kind"] == "funded_until":
            return own_money(clause)
        return source

    def _certainty(self, clause: Clause, fields: Fields, zone: Zone) -> tuple[Any, datetime.date | None]:
        """The certainty and the end: what the reading says, then the condition, the zone, the tense and hedges."""
        rule, end = clause.cue.rule.get("certainty"), fields.get("end")
        said = fields.get("certainty") or (rule if rule != "past" else None)
        if said == "open_ended" and clause.certainty == "conditional":
            said = "conditional"
        proposed = _PROPOSED.search(clause.text, 0, clause.cue.start) or _PROPOSES.match(clause.sentence.lead)
        if said in (None, "open_ended") and proposed:
            said = "conditional"
        if zone == Zone.PROPOSED and said in (None, "stated", "open_ended"):
            return "conditional", end
        if said or fields["kind"] not in _LASTING:
            return said or "stated", end
        if fields["kind"] not in _MONEY_KINDS:
            if clause.certainty == "open_ended" and end is None:
                return clause.certainty, None
            if clause.certainty == "conditional":
                return clause.certainty, end
            return "past" if self._is_past(fields, None) else "stated", end
        if clause.certainty:
            given = clause.sentence.inside_condition
            return clause.certainty, given[-1].last if clause.certainty == "conditional" and not end and given else end
        if self._is_past(fields, rule):
            return "past", end
        return "implied" if clause.hedged else "stated", end

    def _is_past(self, fields: Fields, rule: str | None) -> bool:
        """Money that had ended when the text was written."""
        end, today = fields.get("end"), self.meeting.date
        if end is None or today is None:
            return rule == "past"
        return end < today

    def _successor(self, clause: Clause, end: datetime.date | None) -> str | None:
        """Who pays afterwards, by this sentence."""
        sentence = clause.sentence
        told = sentence.cued("successor", "takeover")
        return successor_in(sentence.text, sentence.whens, end, self.words, clause.cue.end) if told else None

    def _successor_in(self, coming: str, end: datetime.date | None) -> str | None:
        """Who pays afterwards, by the next sentence."""
        told = coming and MAY_SUCCEED.search(coming)
        return successor_in(coming, days_in(coming, self.dates(coming), 0, ()), end, self.words) if told else None

    def _just_before(self, passage: Passage, plain: str) -> str:
        """What the section right before spoke of, for a "projektet" under a heading that says nothing."""
        return self.said.get((passage.section or 0) - 1, "") if plain and not _PAPER.match(plain) else ""

    def _topic(self, title: str | None) -> str:
        """What a heading names; the same ones come again and again."""
        if title not in self.topics:
            self.topics[title] = topic_of(title, self.words, self.bound)
        return self.topics[title]

    def _lately(self, passage: Passage, enough: bool) -> list[str]:
        """The sentences before the one at hand, the nearest first; over the paragraph's start unless it is a point."""
        sentences = self.earlier()
        if enough and len(sentences) < _REACH and not passage.marker:
            before = self.paragraph.get((passage.section, passage.heading), "")
            sentences = [*sentences, *_backwards(before, boundaries(before))]
        return sentences[:_REACH]

    def _taken_up(self, plain: str, passage: Passage, topic: str) -> str:
        """What "linjen" or "teamet" takes up from a sentence before, by its last part."""
        low = plain.lower()
        if self.words.kind_of(low) in ("money", "agreement") or (topic and low in self.words.stands_for):
            return ""
        found = (longer_name(plain, sentence, self.words) for sentence in self._lately(passage, enough=True))
        return next(filter(None, found), "")

    def _spoken_of(self, plain: str, passage: Passage, topic: str) -> str:
        """The service that one of the last sentences opens with, where "den", "teamet" or no subject can mean it."""
        near = plain.lower() not in self.words.generic or plain.lower() in self.words.stands_for
        sentences = self._lately(passage, near)
        for sentence in sentences if plain and near else sentences[:1]:
            thing = opening_thing(sentence, self.words)
            if thing and is_full_name(thing, self.words) and may_mean(plain, thing, self.words):
                return thing
            subject = subject_before_verb(sentence, self.words)
            if plain.lower() in self.words.stands_for and akin(subject, topic):
                return subject
        return ""

    def _whole(self, subject: str, text: str, passage: Passage) -> str:
        """The heading's name where the sentence has all of it and the subject is cut inside: "Hemma med trygghet"."""
        names = (self._topic(passage.heading), self._topic(self.titles.get(passage.section or 0)))
        return next((n for n in names if subject and n.startswith(f"{subject} ") and n in text), subject)

    def _label_for(self, kind: str) -> str:
        """The line's label, where it can be what a row is about: "Stimulansmedel: …" is applied for, not paid for."""
        money = self.words.kind_of(head_of(self.label)) == "money"
        return "" if money and kind in _LASTING else self.label

    def _resolve(self, subject: str, passage: Passage, here: str, label: str) -> str:
        """The subject's full name: the heading's wording, an explained abbreviation, what "projektet" stands for."""
        words = self.words
        heading, title = self._topic(label or passage.heading), self._topic(self.titles.get(passage.section or 0))
        topic = heading or title
        plain = project_name(words.genitive.sub("", tidy(subject), count=1))
        plain = plain[:1].upper() + plain[1:] if subject[:1].isupper() else plain
        if words.before_cue.fullmatch(plain) or plain.lower() in words.no_subject - words.generic:
            plain = ""  # an adverb is no subject
        plain = "" if _REST.fullmatch(plain) else plain
        if label and words.kind_of(head_of(plain)) in ("agreement", "money"):
            plain = ""  # "Lotsen: avtalet med Region Sjö gäller till …"
        said = self.said.get(passage.section, "")
        pointing = not plain or words.points_back(plain)
        part = _ONE_NOUN.fullmatch(plain) and (plain[:1].islower() or words.service_bare.fullmatch(plain))
        if not label:
            thing = self._spoken_of(plain, passage, topic) if pointing or part else ""
            thing = thing or self._taken_up(plain, passage, topic)
            plain, pointing = (project_name(thing), False) if thing else (plain, pointing)
        if pointing:
            # "Medlen" are those that went to the one thing paid for; "projektet" is what the section is about.
            paid = self.paid.get(passage.section, set())
            money = plain and words.money.fullmatch(plain) and len(paid) == 1
            known = (*paid, title) if money else (title, said)
            found = here or heading or next(filter(None, known), "") or self._just_before(passage, plain)
            return (found if words.classes["agreement"].fullmatch(plain) else partner_of(found)) or _no_pronoun(plain)
        if topic and partner_of(plain).lower() == topic.lower():
            return topic
        if meant := next((name for name in (here, topic, said) if name and short_for(plain, name, words)), None):
            return owner_of(plain, meant, words)
        if full := spelled_out(plain, self.bound):
            return full
        return topic if same_thing(plain, topic, words) else plain


def _built(sentence: Sentence) -> list[Fields]:
    """What a sentence says by its build, alone or together with the one before it."""
    joined = next(filter(None, (read_following(sentence), read_their_end(sentence))), None)
    if joined:
        return [joined]
    return list(read_claims(sentence)) if sentence.words.may_claim(sentence.text) else []


def _wished(clause: Clause, fields: Fields) -> bool:
    """Whether what lasts is only wished, asked or hoped for; that money is missing may well be a question."""
    lasting = fields["kind"] in _LASTING and clause.cue.rule.get("form") not in ("lack", "after")
    return lasting and _WISHED.search(clause.text, clause.low, clause.cue.start) is not None


def _no_pronoun(plain: str) -> str:
    return "" if plain.lower() in _PRONOUNS else plain


def _backwards(string: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The sentences of a paragraph, the last first."""
    return [string[start:end] for start, end in reversed(spans)]


def _opening(following: Passage | None, passage: Passage) -> Text:
    """The first sentence of the next passage under the same heading: it may name a successor."""
    if following is None or (following.section, following.heading) != (passage.section, passage.heading):
        return Text()
    return next((following.text[slice(*span)] for span in boundaries(following.text.string)), Text())


def _first_read(readings: Sequence[Clause]) -> list[tuple[Clause, Fields]]:
    """The statements of the surest reading of a clause."""
    for clause in readings:
        read = READERS[clause.cue.rule.get("form") or ""]
        if found := [(share, fields) for share in shares(clause) if (fields := read(share)) is not None]:
            return [pair for share, fields in found for pair in _divided(share, fields)]
    return []


def _divided(clause: Clause, fields: Fields) -> list[tuple[Clause, Fields]]:
    """A statement, or one for each recipient that its sentence gives a sum of its own."""
    return [
        (
            clause,
            fields
            | {"subject": portion.what, "amount": portion.amount}
            | (
                {"start": portion.span.start, "end": portion.span.end, "when": portion.span.when}
                if portion.span
                else {}
            ),
        )
        for portion in shared_out(clause)
    ] or [(clause, fields)]


_NUMBER = r"(?:ett|två|tre|fyra|fem|sex|tolv|\d{1,2})"
_LONGER = re.compile(rf"förläng\w* (?:med|i) {_NUMBER} (?:månad|år)|ytterligare {_NUMBER} (?:år|månad)", re.IGNORECASE)
_LONG = re.compile(rf"\b(?:i|på|under) {_NUMBER} (?:år|månader)\b", re.IGNORECASE)


def _doubts(sentence: Sentence, quote: Text, section: int | None) -> list[Doubt]:
    """A length of time from which no end can be reckoned: "förlängs med sex månader", "gäller i två år"."""
    cue = next(iter(sentence.cued("runs", "grant", "granter", "passive")), None)
    if cue is None or sentence.vetoes or any(when.bound != "from" for when in sentence.whens):
        return []
    words, text = sentence.words, sentence.text
    about = words.money.search(text) or words.classes["agreement"].search(text) or sentence.amounts
    if not about or sentence.cued("negation"):
        return []
    if _LONGER.search(text) and not sentence.whens:
        message = "Pengar eller avtal förlängs, men texten säger inte från vilken dag."
    elif _LONG.search(text):
        message = "Texten säger hur länge, men ingen sista dag."
    else:
        return []
    evidence = Evidence(quote=quote, rule=cue.rule.id)
    return [Doubt(evidence=evidence, kind="funding", cue=text[cue.start : cue.end], message=message, section=section)]


def _source_of_condition(clause: Clause) -> str | None:
    """ "så länge statsbidraget betalas ut" names the source."""
    condition = clause.sentence.condition
    match = condition and condition.certainty == "open_ended" and clause.words.money.search(condition.text)
    return named_money(match.group(), clause.words) if match and match.group().lower() != "medel" else None


_PROPOSED = re.compile(r"\bföresl(?:å|år|ås|og|ogs|agits)\b|\bförslag(?:et)?\s+(?:är|om|till)?\s*att\b", re.IGNORECASE)
# What is wished, asked or hoped for is nothing that is so.
_WISHED = re.compile(
    r"\b(?:bör|borde|hoppas|önskar|vädjar|yrka(?:r|de|s)?|(?:frågan|frågor)\s+(?:är\s+)?om|huruvida|målet\s+är|tanken\s+är|"
    r"ambitionen\s+är|vill\s+att|vore)\b[^;.]*\Z",
    re.IGNORECASE,
)
# A lead-in that proposes what its points say; not one that decides "enligt vad ordföranden föreslår".
_PROPOSES = re.compile(r"(?:(?!\b(?:enligt|vad|som)\b)[^.])*\bföresl(?:å|år|og)\b", re.IGNORECASE)
_REST = re.compile(r"(?:resten|återstoden)(?: av [\w ]+)?|(?:andra|första) halvåret", re.IGNORECASE)  # of the time
_DECIDING = re.compile(r":|\s(?:beslutar|beslutade|besluta|föreslår)\b", re.IGNORECASE)
_PART_OF = re.compile(r"(?:Av|Därav|Varav|Dessutom)\s")  # what goes to one purpose is not what the text is about
_POINTS = re.compile(r"(?:Den|Det|De|Denna|Detta|Dessa)\s+(?!\d)")
_ONE_NOUN = re.compile(r"[\w-]+(?:en|et|an|on|na|n)")  # a definite noun alone may be what is left of a name
_PRONOUNS = ("den", "det", "de", "denna", "detta", "dessa")
_PAPER = re.compile(r"\w*(?:rapport|redovisning)|ansök|rekvi|utlysning", re.IGNORECASE)
_REACH = 3  # sentences
_LONGEST = 1500  # characters: what is longer is a table, not a sentence
_CLAIM = "pengar: meningens bygge"
_GIVING = ("grant", "granter", "active")
_TAKEOVER = ("takeover", "successor")
_MONEY_KINDS = ("funded_until", "budget_period")
_LASTING = (*_MONEY_KINDS, "agreement_until", "project_until")
_SAME = {"budget_period": "funded_until"}
_RANK = {Zone.DECISION: 0, Zone.DECISION_GROUP: 0, Zone.PROPOSED: 1}


def _once(rows: Sequence[Funding], zones: Sequence[Zone], receivers: Sequence[str]) -> list[Funding]:
    """Without restatements: of one sum or subject with one period in a section the decision's row stays.

    The same sum to someone else is a grant of its own.
    """
    kept: dict[tuple[Any, ...], int] = {}
    for at, row in enumerate(rows):
        what = row.amount if row.amount is not None else (row.subject or "").lower()
        key = (row.section, _SAME.get(row.kind, row.kind), row.end, what) if what else ("", at)
        first = kept.get(key)
        if first is None or _RANK.get(zones[at], 2) < _RANK.get(zones[first], 2):
            kept[key] = at
        elif _RANK.get(zones[at], 2) == _RANK.get(zones[first], 2) and (
            row.amount is None or (receivers[at] and receivers[first] and receivers[at] != receivers[first])
        ):
            kept[(*key, at)] = at
    return [rows[at] for at in sorted(kept.values())]


_PAPERS = re.compile(r"\s*(?:underlag|bilag|beredning|handling|beslutsunderlag|hänvisning)", re.IGNORECASE)
_DECIDES = re.compile(r"\bbeslut(?:ar|ade)\b|\bbeslöt\b", re.IGNORECASE)


def reads(passage: Passage, meeting: Meeting, sections: frozenset[int | None] = frozenset()) -> bool:
    """Whether funding is looked for in a passage: by its zone alone."""
    if passage.zone in _COUNTED:
        return True
    cell, text = passage.cell, passage.text.string
    if (
        cell and cell.row and passage.zone == Zone.BASIS
    ):  # a table of minutes: what was said stands in its second column
        return text.rstrip().endswith(".") and text.count(" ") > 3 and not _PAPERS.match(cell.head)
    return passage.zone == Zone.PROCEDURE and bool(passage.lead and _DECIDES.search(passage.lead.string))


def find_funding(
    meeting: Meeting,
    passages: Sequence[Passage],
    cues: CueFinder,
    dates: DateReader,
    titles: Mapping[int, str],
    words: Mapping[str, Sequence[str]],
    headings: Mapping[int, Text] | None = None,
) -> tuple[list[Funding], list[Doubt]]:
    """The funding statements of a document, in their order, and the cues that no safe row could be made of.

    `titles` gives the sections' titles by ordinal, `headings` their headings as printed; `words` are the rule file's
    word lists.
    """
    counted = [passage for passage in passages if reads(passage, meeting)]
    bound = abbreviations(
        [
            *(title for title in titles.values()),
            *(str(p.heading or "") for p in counted),
            *(p.text.string for p in counted),
        ]
    )
    document = _Document(meeting, cues, dates, titles, vocabulary(words), bound)
    counted = [_headed(passage, document.words, bound) for passage in counted]
    heads = sorted((headings or {}).items(), reverse=True)
    for at, passage in enumerate(counted):
        while heads and heads[-1][0] <= (passage.section or 0):
            section, heading = heads.pop()
            document.head(heading, section)
        document.read(passage, counted[at + 1] if at + 1 < len(counted) else None)
    told = _once(document.rows, document.zones, document.receivers)
    tables = read_tables(passages, dates, document.words, document.granted)
    listed = [row for row in tables if not _is_told(row, told)]
    shared = {row.section for row in listed if row.kind == "budget_period"}
    told = [row for row in told if not (row.section in shared and _AS_LISTED.search(row.text))]
    return [*told, *listed], document.doubts


def _headed(passage: Passage, words: Words, bound: Mapping[str, str]) -> Passage:
    """A paragraph that begins with its heading in bold, without it."""
    end = run_in_heading(passage.text, words, bound)
    return (
        replace(passage, text=passage.text[end:].strip(), heading=passage.text.string[:end].strip(" .:"))
        if end
        else passage
    )


_AS_LISTED = re.compile(r"\benligt (?:tabell|nedan|följande|förteckning|lista)|\bfördelas så här\b", re.IGNORECASE)


def _is_told(row: Funding, told: Sequence[Funding]) -> bool:
    """Whether running text says the same of the same thing."""
    return any(
        (r.kind, r.end) == (row.kind, row.end) and (r.subject or "").lower() == (row.subject or "").lower()
        for r in told
    )
