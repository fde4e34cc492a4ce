"""Sums of money in running text."""

import pytest

from protoparse.amounts import find_amounts

CASES = [
    ("Teamet får 1,2 mnkr.", [(1_200_000, None, "1,2 mnkr")]),
    ("Teamet får 1,2 mkr.", [(1_200_000, None, "1,2 mkr")]),
    ("Teamet får 3 Mkr.", [(3_000_000, None, "3 Mkr")]),
    ("Beviljat: 12 m.kr", [(12_000_000, None, "12 m.kr")]),
    ("Länet får 1,2 miljoner kronor.", [(1_200_000, None, "1,2 miljoner kronor")]),
    ("Länet får två miljoner kronor.", [(2_000_000, None, "två miljoner kronor")]),
    ("Staten ger 1,1 mdkr.", [(1_100_000_000, None, "1,1 mdkr")]),
    ("Staten ger 2 miljarder kronor.", [(2_000_000_000, None, "2 miljarder kronor")]),
    ("Bidraget är 1 200 000 kr.", [(1_200_000, None, "1 200 000 kr")]),
    ("Bidraget är 1\u00a0200\u00a0000\u00a0kr.", [(1_200_000, None, "1\u00a0200\u00a0000\u00a0kr")]),
    ("Bidraget är 1.200.000:-", [(1_200_000, None, "1.200.000:-")]),
    ("Bidraget är 1 200 tkr.", [(1_200_000, None, "1 200 tkr")]),
    ("Bidraget är 2 025 tkr.", [(2_025_000, None, "2 025 tkr")]),
    ("Bidraget är 2025 tkr.", [(2_025_000, None, "2025 tkr")]),
    ("För 2026 500 000 kr och för 2027 75 tkr.", [(500_000, None, "500 000 kr"), (75_000, None, "75 tkr")]),
    ("Bidraget är 249 488 kronor.", [(249_488, None, "249 488 kronor")]),
    ("Föreningen får 99,50 kr.", [(99.5, None, "99,50 kr")]),
    ("Stödet är SEK 40 000.", [(40_000, None, "SEK 40 000")]),
    ("Stödet är 40 000 SEK.", [(40_000, None, "40 000 SEK")]),
    ("Insatsen får 600 000 kr per år.", [(600_000, "year", "600 000 kr per år")]),
    ("Insatsen får 600 tkr/år.", [(600_000, "year", "600 tkr/år")]),
    ("Insatsen får årligen 600 tkr.", [(600_000, "year", "600 tkr")]),
    ("Hyran är 9 tkr per månad.", [(9_000, "month", "9 tkr per månad")]),
    ("Kommunerna ger 75 tkr vardera.", [(75_000, "each", "75 tkr vardera")]),
    ("Kommunerna ger 75 tkr var.", [(75_000, "each", "75 tkr var")]),
    ("Sammanlagt 519 tkr varav 180 tkr till granskning.", [(519_000, None, "519 tkr"), (180_000, None, "180 tkr")]),
    ("Platsen kostar 500 kr/dygn.", [(500, "unit", "500 kr/dygn")]),
    ("Ersättningen är 1000 kr per barn.", [(1000, "unit", "1000 kr per barn")]),
    ("En halv miljon kronor återstår.", [(500_000, None, "En halv miljon kronor")]),
    ("I länet bor 1,2 miljoner invånare.", []),
    ("Andelen är 50 procent, 50 %.", []),
    ("Dnr KS 2025/312, den 3 mars 2026, 12 krav.", []),
    ("Kostnaden är 2–3 mnkr.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_amounts(text, expected):
    found = find_amounts(text)
    assert [(amount.value, amount.per, amount.text) for amount in found] == expected
    assert all(text[amount.start : amount.end] == amount.text for amount in found)
