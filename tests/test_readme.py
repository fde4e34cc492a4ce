"""What the README shows is what the program says."""

import re
from pathlib import Path

import pytest

from protoparse.explain import explain

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_sentence_followed_from_page_to_row():
    block = re.search(r"<!-- explain.*?-->\n```\n(.*?)```", README, re.DOTALL).group(1)
    printed = list(explain(ROOT / "corpus/sample/protokoll-lanssamverkan-strand-2026-02-06.pdf", 1))
    for line in block.splitlines():
        assert line in printed


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(?:make|protoparse) (\w+)", README))))
def test_every_command_of_the_readme_exists(name):
    from protoparse.cli import main

    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert name in main.commands or name in targets


def test_every_file_that_the_readme_names_exists():
    for path in re.findall(r"\]\((docs/[^)]+)\)|`((?:corpus|rules)/[\w/.-]+\.(?:md|pdf))`", README):
        assert (ROOT / (path[0] or path[1])).exists(), path
