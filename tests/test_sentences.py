"""Sentences end where a Swedish reader says that they end."""

import pytest

from protoparse.sentences import sentences
from protoparse.text import Text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Planen antas. Ärendet avslutas.", ["Planen antas.", "Ärendet avslutas."]),
        (
            "Avtalet gäller t.o.m. den 1 mars. Sedan upphör det.",
            ["Avtalet gäller t.o.m. den 1 mars.", "Sedan upphör det."],
        ),
        ("Ordf. Moa Vret och v. ordf. Ulf Sten deltog.", ["Ordf. Moa Vret och v. ordf. Ulf Sten deltog."]),
        ("Mötet börjar kl. 13.15. Alla är välkomna.", ["Mötet börjar kl. 13.15.", "Alla är välkomna."]),
        ("Moa P. Vret utses. Valet är klart.", ["Moa P. Vret utses.", "Valet är klart."]),
        ("Det kostar 1.200.000 kr. Summan täcks.", ["Det kostar 1.200.000 kr.", "Summan täcks."]),
        ("Är planen klar? Ja! Den antas.", ["Är planen klar?", "Ja!", "Den antas."]),
        ("”Planen antas.” Så blev det.", ["”Planen antas.”", "Så blev det."]),
        ("ingen punkt", ["ingen punkt"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert [s.string for s in sentences(Text(text))] == expected
