"""What is known to be read otherwise than some readers would, and why; strict, so that a change shows here."""

from __future__ import annotations

import datetime

import pytest

from protoparse.protocol import Kit, parse_text
from protoparse.rules import load

KIT = Kit.of(load())


def read(text: str):
    return parse_text(text, "Hamnnämnden", datetime.date(2026, 2, 6), "protokoll", KIT)


@pytest.mark.xfail(
    strict=True, reason="a word that a line end divides is joined in quotes and texts, as the contract says"
)
def test_a_date_keeps_the_hyphen_of_the_line_end():
    assert [d.text for d in read("Sjösättningen är den 14 septem-\nber 2026.").dates] == ["den 14 septem-\nber 2026"]


@pytest.mark.xfail(strict=True, reason="`Pengar` alone names no source")
def test_the_bare_word_for_money_is_a_source():
    assert [f.source for f in read("Pengar finns reserverade till och med april 2027.").funding] == ["Pengar"]


@pytest.mark.xfail(strict=True, reason="a motion of order is read as a decision like any other")
def test_that_a_matter_is_decided_today_is_no_decision_on_the_matter():
    assert read("Beslut\nHamnnämnden beslutar att frågan ska avgöras vid dagens möte.").decisions == []
