"""A newsletter named for a month: the year of its days, and the one meeting that it tells of."""

import datetime

import pytest

from pdfs import draw, paragraph
from protoparse import rules
from protoparse.protocol import Kit, parse
from protoparse.selftold import own_meeting
from protoparse.telling import Part, Undated


@pytest.fixture(scope="module")
def kit():
    return Kit.of(rules.load())


def told(*texts, title="Nytt", head="Juni 2026", kind="nyhetsbrev"):
    parts = tuple(Part((title,), text) for text in texts) or (Part((title,), "Boken finns att låna."),)
    letter = Undated("d", kind, "o", ("Folkhälsorådet",), (), parts, ("blad.pdf", head))
    found = own_meeting(letter)
    return found.day if found else None


@pytest.mark.parametrize(
    "text",
    [
        "Vid mötet den 12 juni beslutade rådet om nya lokaler.",
        "Vid mötet den 12 juni i Granby godkände rådet planen. Vid mötet den 12 juni beslutades om taxan.",
        "Folkhälsorådet samlades den 12 juni i Granby.",
        "Rådet godkände planen på mötet den 12 juni.",
        "Vid mötet den 12 juni 2026 beslutade rådet om nya lokaler.",
        "Vid mötet den 12 juni beslutade rådet om nya lokaler. Nästa möte är den 28 augusti.",
        "Vid mötet den 12 juni beslutade rådet om nya lokaler. Vid styrgruppens möte den 3 juni beslutades om taxan.",
    ],
)
def test_the_one_meeting_told_of_is_that_of_the_newsletter(text):
    assert told(text) == "2026-06-12"


def test_a_heading_tells_of_the_meeting_that_the_news_come_from():
    assert told(title="Beslut från mötet den 12 juni") == "2026-06-12"
    assert told(title="Beslut från mötet den 22 maj 2026") == "2026-05-22"
    assert told(title="Beslut från mötet den 12 december", head="Januari 2027") == "2026-12-12"


@pytest.mark.parametrize(
    "text",
    [
        "Vid mötet den 12 juni beslutade rådet om lokaler. Vid mötet den 26 juni beslutade rådet om taxan.",
        "Vid mötet den 12 juni beslutade rådet om lokaler. Vid mötet den 13 juni 2025 beslutade rådet om taxan.",
        "Nästa möte är den 12 juni.",
        "Vid nästa möte den 12 juni beslutar rådet om taxan.",
        "Vid mötet den 26 juni behandlas den reviderade planen.",
        "Vid mötet den 26 juni tar rådet upp planen som beslutades i mars.",
        "Vid mötet den 13 juni 2025 beslutade rådet om lokaler.",
        "Vid förra årets möte den 12 juni beslutade rådet om lokaler.",
        "Vid föregående möte den 12 juni beslutade rådet om lokaler.",
        "Vid mötet den 4 mars beslutade rådet om lokaler.",
        "Vid styrgruppens möte den 12 juni beslutades om taxan.",
        "Från och med mötet den 12 juni sänds allt på nätet.",
        "Den 12 juni öppnade Kulturhuset.",
    ],
)
def test_other_days_leave_it_undated(text):
    assert told(text) is None


def test_only_a_newsletter_named_for_a_month_dates_itself_so():
    text = "Vid mötet den 12 juni beslutade rådet om nya lokaler."
    assert told(text, head="Sommaren 2026") is None
    assert told(text, head="Nytt från rådet") is None
    assert told(text, kind="other") is None


def days_in(tmp_path, kit, month, *lines):
    head = [(70, 60, "Nyhetsbrev Kulturnätverket", 20), (70, 85, month, 12)]
    return parse(draw(tmp_path / "blad.pdf", [[*head, *paragraph(70, 200, lines)]]), kit)


def test_days_without_a_year_lie_in_that_of_the_newsletters_month(tmp_path, kit):
    read = days_in(
        tmp_path, kit, "Juni 2026",
        "Vid mötet den 12 juni beslutade nätverket om två nya stipendier.",
        "Nästa möte hålls den 28 augusti.",
        "Anmälan görs senast den 19 juni.",
        "I går öppnade en utställning, och på fredag visas en film.",
    )  # fmt: skip
    assert {(it.text, it.start.isoformat()) for it in read.dates} == {
        ("den 12 juni", "2026-06-12"),
        ("den 28 augusti", "2026-08-28"),
        ("den 19 juni", "2026-06-19"),
    }
    assert {it.cue for it in read.doubts if it.kind == "dates"} == {"I går", "på fredag"}
    assert read.meeting.date is None
    assert read.meeting.date_source is None
    assert read.meeting.issued_in == datetime.date(2026, 6, 1)


@pytest.mark.parametrize(
    "month", ["Årgång 7", "Nästa nummer kommer i juni 2026.", "Juni 2026 – juli 2026", "Juni–juli 2026"]
)
def test_without_one_month_in_its_head_they_have_none(tmp_path, kit, month):
    read = days_in(tmp_path, kit, month, "Vid mötet den 12 juni beslutade nätverket om två nya stipendier.")
    assert read.meeting.issued_in is None
    assert not [it for it in read.dates if it.text == "den 12 juni"]
