"""How they voted: totals in sentences, lists of names, tables with crosses, and what does not agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import printed
from pdfs import draw, paragraph
from protoparse import rules
from protoparse.models import CellPlace, Line
from protoparse.passages import passages, plain_lines
from protoparse.protocol import Kit, parse
from protoparse.votes import read_votes

KIT = Kit.of(rules.load())
WAYS = ("yes", "no", "abstain", "absent")


def told(ballot) -> dict:
    """What a ballot says: stated totals, and the counted ones under `counted`."""
    found = {way: value for way in WAYS if (value := getattr(ballot, way)) is not None}
    counted = {way: value for way in WAYS if (value := getattr(ballot, f"counted_{way}")) is not None}
    return found | ({"counted": counted} if counted else {})


def cast(votes) -> list[tuple]:
    return [(vote.name, vote.party, vote.vote) for vote in votes]


def of_text(*lines: str):
    """Ballots, votes and doubts of lines without places."""
    return read_votes((), passages(plain_lines("\n".join(lines)), KIT.headings), [], KIT.people, KIT.votes)


def on_paper(tmp_path, *pages, **given):
    return parse(draw(tmp_path / "v.pdf", pages, **given), KIT)


SENTENCES = [
    ("Med 21 ja-röster mot 18 nej-röster och 6 som avstår bifalls den.", {"yes": 21, "no": 18, "abstain": 6}),
    ("I voteringen lämnas 21 ja-röster och 18 nej-röster.", {"yes": 21, "no": 18}),
    ("Omröstningen utfaller med 7 ja och 6 nej.", {"yes": 7, "no": 6}),
    ("21 ledamöter röstar JA, 18 ledamöter röstar NEJ och 6 ledamöter AVSTÅR.", {"yes": 21, "no": 18, "abstain": 6}),
    ("Resultatet blev (21 ja, 18 nej, 6 avstår, 3 frånvarande).", {"yes": 21, "no": 18, "abstain": 6, "absent": 3}),
    ("Sju ledamöter röstar ja och fem nej, en avstår.", {"yes": 7, "no": 5, "abstain": 1}),
    ("Tjugotre röstade ja. Arton röstade nej.", {"yes": 23, "no": 18}),
    ("Ja: 12 Nej: 9 Avstår: 2", {"yes": 12, "no": 9, "abstain": 2}),
    ("Ja-röster 12, nej-röster 9, frånvarande 3", {"yes": 12, "no": 9, "absent": 3}),
    ("9 ledamöter röstar för återremiss och 18 ledamöter emot.", {"yes": 9, "no": 18}),
    ("Vid lika röstetal, 6 ja-röster och 6 nej-röster, avgör ordförandens röst.", {"yes": 6, "no": 6}),
    ("Med 17 röster mot 12 avslogs motionen.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_totals_in_a_sentence(sentence, expected):
    (ballot,), votes, doubts = of_text("Omröstning", sentence)
    assert told(ballot) == expected
    assert ballot.outcome_text == sentence
    assert (ballot.number, votes, doubts) == (1, [], [])


NO_BALLOT = [
    ("Beslutsgång", "Ja-röst för bifall till förslaget, nej-röst för avslag."),
    ("Beslutsgång", "Den som stöder förslaget röstar ja, den som stöder yrkandet röstar nej."),
    ("Omröstning", "Omröstning begärs men återkallas."),
    ("Bakgrund", "Fullmäktige beslutade förra året med 21 ja-röster mot 18 nej-röster."),
    ("Beslut", "Två familjer avstår från plats och tre nej till erbjudandet har kommit."),
    ("Beslut", "Ja Sverige är en förening i Norrhamn."),
    ("Yrkanden", "Moa Vret (S) och Ulf Sten (M) yrkar bifall."),
]


@pytest.mark.parametrize(("heading", "sentence"), NO_BALLOT, ids=[s for _, s in NO_BALLOT])
def test_what_is_no_vote(heading, sentence):
    assert of_text(heading, sentence) == ([], [], [])


def test_a_secret_ballot_has_text_and_no_votes():
    (ballot,), votes, doubts = of_text(
        "Sluten omröstning", "Den slutna omröstningen utföll så: Moa Vret får 31 röster och Ulf Sten 9. Två är blanka."
    )
    assert told(ballot) == {}
    assert "Moa Vret får 31 röster" in ballot.outcome_text
    assert (votes, doubts) == ([], [])


SIDES = [("Moa Vret", "S", "yes"), ("Ulf Sten", "V", "yes"), ("Ida Alm", "M", "no")]
LISTS = [
    ["Ja röstar: Moa Vret (S), Ulf Sten (V).", "Nej röstar: Ida Alm (M)."],
    ["Följande röstar ja: Moa Vret (S) och Ulf Sten (V).", "Följande röstar nej: Ida Alm (M)."],
    ["Ja-röster (2): Moa Vret (S), Ulf Sten (V)", "Nej-röster (1): Ida Alm (M)"],
    ["Med ja röstar Moa Vret (S) och Ulf Sten (V). Med nej röstar Ida Alm (M)."],
    [
        "Ordföranden Moa Vret (S) och tjänstgörande ersättaren Ulf Sten (V) röstar ja (2).",
        "Ida Alm (M) röstar nej (1).",
    ],
    ["Moa Vret (S),", "ordföranden Ulf Sten (V) röstar ja (2).", "Ida Alm (M) röstar nej (1)."],
    ["Ja-röster avges av Moa Vret (S), ordförande, och Ulf Sten (V). Nej-röster avges av Ida Alm (M)."],
    ["Ja: Moa Vret (S), Ulf Sten (V)", "Nej: Ida Alm (M)"],
    ["JA (2 st): Moa Vret (S); Ulf Sten (V)", "NEJ (1 st): Ida Alm (M)"],
    ["Ja-röster:", "Moa Vret (S)", "Ulf Sten (V)", "Nej-röster:", "Ida Alm (M)"],
    ["Följande ledamöter röstar ja:", "Moa Vret (S), Ulf Sten (V)", "Följande ledamöter röstar nej:", "Ida Alm (M)"],
]


@pytest.mark.parametrize("lines", LISTS, ids=[lines[0] for lines in LISTS])
def test_lists_of_names(lines):
    (ballot,), votes, doubts = of_text("Omröstning", *lines)
    assert cast(votes) == SIDES
    assert told(ballot)["counted"] == {"yes": 2, "no": 1}
    assert {vote.ballot for vote in votes} == {1}
    assert doubts == []


def test_who_abstains_stands_beside_the_others():
    text = "Moa Vret (S) röstar ja (1). Ida Alm (M) röstar nej (1). Bo Ek (L) avstår från att rösta (1)."
    (ballot,), votes, _ = of_text("Omröstning", text)
    assert told(ballot) == {"yes": 1, "no": 1, "abstain": 1, "counted": {"yes": 1, "no": 1, "abstain": 1}}
    assert cast(votes)[-1] == ("Bo Ek", "L", "abstain")


def test_who_abstains_from_something_else_has_not_voted():
    assert of_text("Beslut", "Moa Vret (S) avstår.", "Ida Alm (M) avstår från att rösta.") == ([], [], [])


def test_totals_and_names_of_one_vote_are_one_ballot():
    (ballot,), votes, doubts = of_text(
        "Omröstning",
        "Omröstning begärs. Med 2 ja-röster mot 1 nej-röst beslutar nämnden enligt förslaget.",
        "Ja röstar: Moa Vret (S), Ulf Sten (V).",
        "Nej röstar: Ida Alm (M).",
    )
    assert told(ballot) == {"yes": 2, "no": 1, "counted": {"yes": 2, "no": 1}}
    assert ballot.outcome_text == "Med 2 ja-röster mot 1 nej-röst beslutar nämnden enligt förslaget."
    assert (len(votes), doubts) == (3, [])


def test_two_votes_of_one_section():
    ballots, votes, _ = of_text(
        "Omröstning",
        "Moa Vret (S) röstar ja (1). Ida Alm (M) röstar nej (1).",
        "Votering begärs även om tillägget.",
        "Ida Alm (M) röstar ja (1). Moa Vret (S) röstar nej (1).",
    )
    assert [ballot.number for ballot in ballots] == [1, 2]
    assert [(v.ballot, v.name, v.vote) for v in votes] == [
        (1, "Moa Vret", "yes"),
        (1, "Ida Alm", "no"),
        (2, "Ida Alm", "yes"),
        (2, "Moa Vret", "no"),
    ]


def test_figures_that_do_not_agree_are_a_doubt():
    (ballot,), _, (doubt,) = of_text(
        "Omröstning", "Ja-röster (3): Moa Vret (S), Ulf Sten (V)", "Nej-röster (1): Ida Alm (M)"
    )
    assert told(ballot) == {"yes": 3, "no": 1, "counted": {"yes": 2, "no": 1}}
    assert doubt.kind == "votes"
    assert doubt.message == "Rösterna stämmer inte överens (ja: listans summa 3, namnen 2)."


# ---------------------------------------------------------------- tables

HEAD = [(60, 50, "Protokoll Kulturnämnden 2027-02-19", 16), (60, 90, "§ 7 Ny brygga", 13, "Helvetica-Bold")]
VOTE = paragraph(60, 110, ["Omröstning begärs. Med 2 ja-röster mot 1 nej-röst bifaller nämnden förslaget."])
STARTS = (60, 205, 265, 325, 385, 445)
TOP = ("Ledamot", "Parti", "Ja", "Nej", "Avstår", "Frånv")
ROWS = [
    ("Moa Vret", "S", "X", "", "", ""),
    ("Ulf Sten", "V", "X", "", "", ""),
    ("Ida Alm", "M", "", "X", "", ""),
    ("Bo Ekvall", "L", "", "", "X", ""),
    ("Tor Lindal", "-", "", "", "", "X"),
]
CAST = [*SIDES, ("Bo Ekvall", "L", "abstain"), ("Tor Lindal", None, "absent")]


def table(top: float, rows, starts=STARTS, step: float = 14) -> list[tuple]:
    return [
        (x, top + step * k, cell, 10) for k, row in enumerate(rows) for x, cell in zip(starts, row, strict=True) if cell
    ]


def grid(top: float, count: int, step: float = 14) -> list[tuple[float, float, float, float]]:
    ys = [top - 11 + step * k for k in range(count + 1)]
    xs = [55, 200, 260, 320, 380, 440, 500]
    return [(55, y, 500, y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


@pytest.mark.parametrize("lines", [(), grid(160, 6)], ids=["without lines", "ruled"])
def test_a_table_with_crosses(tmp_path, lines):
    protocol = on_paper(tmp_path, [*HEAD, *VOTE, *table(160, [TOP, *ROWS])], lines=lines)
    (ballot,) = protocol.ballots
    assert told(ballot) == {"yes": 2, "no": 1, "counted": {"yes": 2, "no": 1, "abstain": 1, "absent": 1}}
    assert cast(protocol.votes) == CAST
    assert protocol.sections[ballot.section - 1].number == "7"
    assert protocol.votes[2].evidence.quote.string == "Ida Alm M X"
    assert protocol.attendance == []
    assert not [doubt for doubt in protocol.doubts if doubt.kind == "votes"]


def test_a_table_over_a_page_break_with_what_is_carried(tmp_path):
    first = [*HEAD, *VOTE, *table(750, [TOP, *ROWS[:2], ("Transport:", "", "2", "0", "0", "0")])]
    second = table(60, [TOP, *ROWS[2:], ("Summa:", "", "2", "1", "1", "1")])
    protocol = on_paper(tmp_path, first, second)
    (ballot,) = protocol.ballots
    assert told(ballot)["counted"] == {"yes": 2, "no": 1, "abstain": 1, "absent": 1}
    assert (ballot.abstain, ballot.absent) == (1, 1)
    assert cast(protocol.votes) == CAST


def test_a_table_that_goes_on_without_its_heads(tmp_path):
    first = [*HEAD, *VOTE, *table(770, [TOP, *ROWS[:3]])]
    protocol = on_paper(tmp_path, first, table(60, ROWS[3:]))
    assert cast(protocol.votes) == CAST
    assert len(protocol.ballots) == 1


def test_a_column_with_the_vote_as_a_word(tmp_path):
    rows = [("Namn", "Parti", "Röst"), ("Moa Vret", "S", "Ja"), ("Ulf Sten", "V", "Ja"), ("Ida Alm", "M", "Nej")]
    rows += [("Bo Ekvall", "L", "Avstår"), ("Tor Lindal", "-", "Frånvarande")]
    protocol = on_paper(tmp_path, [*HEAD, *VOTE, *table(160, rows, STARTS[:3])])
    assert cast(protocol.votes) == CAST


def test_two_votes_side_by_side_in_one_table(tmp_path):
    rows = [
        ("Namn", "Ja", "Nej", "Ja", "Nej"),
        ("Moa Vret (S)", "X", "", "", "X"),
        ("Ulf Sten (V)", "X", "", "X", ""),
        ("Ida Alm (M)", "", "X", "X", ""),
    ]
    protocol = on_paper(tmp_path, [*HEAD, *table(160, rows, STARTS[:1] + STARTS[2:])])
    assert [told(ballot)["counted"] for ballot in protocol.ballots] == [{"yes": 2, "no": 1}, {"yes": 2, "no": 1}]
    assert cast(protocol.votes) == [
        *SIDES,
        ("Moa Vret", "S", "no"),
        ("Ulf Sten", "V", "yes"),
        ("Ida Alm", "M", "yes"),
    ]


def test_an_appendix_with_its_paragraph(tmp_path):
    text = paragraph(60, 110, ["Efter votering bifaller nämnden förslaget. Se omröstningslista nr 2."])
    after = [(60, 200, "§ 8 Avslutning", 13, "Helvetica-Bold"), *paragraph(60, 220, ["Mötet avslutas klockan 16."])]
    appendix = [(60, 60, "Omröstningslista nr 2, § 7", 14, "Helvetica-Bold"), *table(90, [TOP, *ROWS])]
    protocol = on_paper(tmp_path, [*HEAD, *text, *after], appendix)
    (ballot,) = protocol.ballots
    assert protocol.sections[ballot.section - 1].number == "7"
    assert cast(protocol.votes) == CAST


def test_a_table_that_the_text_contradicts(tmp_path):
    text = paragraph(60, 110, ["Med 3 ja-röster mot 1 nej-röst bifaller nämnden förslaget."])
    protocol = on_paper(tmp_path, [*HEAD, *text, *table(160, [TOP, *ROWS])])
    (ballot,) = protocol.ballots
    assert (ballot.yes, ballot.counted_yes) == (3, 2)
    (doubt,) = [doubt for doubt in protocol.doubts if doubt.kind == "votes"]
    assert doubt.message == "Rösterna stämmer inte överens (ja: texten 3, namnen 2)."


def test_two_crosses_in_one_row_are_no_vote(tmp_path):
    rows = [TOP, *ROWS[:3], ("Bo Ekvall", "L", "X", "X", "", "")]
    assert cast(on_paper(tmp_path, [*HEAD, *table(160, rows)]).votes) == SIDES


def test_lists_side_by_side(tmp_path):
    page = [
        *HEAD,
        (60, 150, "Ja-röster (2)", 10, "Helvetica-Bold"),
        (300, 150, "Nej-röster (1)", 10, "Helvetica-Bold"),
        *paragraph(60, 164, ["Moa Vret (S)", "Ulf Sten (V)"], 10),
        (300, 164, "Ida Alm (M)", 10),
    ]
    protocol = on_paper(tmp_path, page)
    (ballot,) = protocol.ballots
    assert told(ballot) == {"yes": 2, "no": 1, "counted": {"yes": 2, "no": 1}}
    assert sorted(cast(protocol.votes)) == sorted(SIDES)


# ---------------------------------------------------------------- what always holds

_people = st.lists(
    st.tuples(
        st.sampled_from(["Moa", "Ulf", "Ida", "Tor", "Ann-Lis"]),
        st.sampled_from(["Vret", "Sten", "Alm", "Berg-Lund", "von Essen"]),
        st.sampled_from(["S", "M", "V", "KD"]),
        st.sampled_from(WAYS),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda person: person[:2],
)


@settings(max_examples=60, deadline=None)
@given(_people)
def test_counted_totals_are_the_rows(people):
    heads = ("namn", "parti", "ja", "nej", "avstår", "frånv")
    lines = [
        Line(printed(head.capitalize(), 1, 50.0, 50.0 + 90 * k), 1, x0=50.0 + 90 * k, cell=CellPlace(0, 0, k, head))
        for k, head in enumerate(heads)
    ]
    for row, (given_name, surname, party, way) in enumerate(people, 1):
        for column, cell in ((0, f"{given_name} {surname}"), (1, party), (2 + WAYS.index(way), "X")):
            place = CellPlace(0, row, column, heads[column])
            lines.append(Line(printed(cell, 1, 50.0 + 12 * row, 50.0 + 90 * column), 1, cell=place))
    (ballot,), votes, doubts = read_votes(lines, [], [], KIT.people, KIT.votes)
    assert cast(votes) == [(f"{a} {b}", party, way) for a, b, party, way in people]
    for way in WAYS:
        assert getattr(ballot, f"counted_{way}") == sum(vote.vote == way for vote in votes)
    assert doubts == []


@settings(max_examples=60, deadline=None)
@given(_people)
def test_lists_with_their_totals_raise_no_doubt(people):
    sides = {way: [f"{a} {b} ({party})" for a, b, party, said in people if said == way] for way in ("yes", "no")}
    spoken = {"yes": "Ja", "no": "Nej"}
    lines = [f"{spoken[way]}-röster ({len(names)}): {', '.join(names)}" for way, names in sides.items() if names]
    ballots, votes, doubts = of_text("Omröstning", *lines)
    assert (len(votes), doubts) == (sum(map(len, sides.values())), [])
    assert sum(ballot.counted_yes or 0 for ballot in ballots) == len(sides["yes"])


@given(st.text(alphabet="janej ()0123456789:,.-röstAB", max_size=60))
def test_any_text_can_be_read(text):
    of_text("Omröstning", text)
