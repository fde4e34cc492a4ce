"""YAML files that people write by hand: read strictly, and added to without touching a letter of theirs.

A file is a mapping of lists; every value is text as it was written (`on`, `no`, `13:00` too), None where nothing was.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from protoparse.rules import RuleError

try:
    import fcntl
except ImportError:  # no such locks on Windows: there the last of two writers wins
    fcntl = None  # type: ignore[assignment]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = ("", "~", "null")


class Item(NamedTuple):
    """One entry of a list: the line where it begins, from 1, and what it says."""

    line: int
    value: Any


def _mistake(where: str, node: Any, text: str) -> RuleError:
    return RuleError(f"{where}, rad {node.start_mark.line + 1}: {text}")


def _plain(where: str, node: Any, met: set[int]) -> Any:
    """A node as text, None, list or dictionary. References are refused: they can grow a small file without end."""
    if id(node) in met:
        raise _mistake(where, node, "hänvisningar med & och * går inte att använda")
    met.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NOTHING else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(where, it, met) for it in node.value]
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _mistake(where, key, "ett namn väntas före kolonet")
        if key.value in found:
            raise _mistake(where, key, f"{key.value!r} står två gånger")
        found[key.value] = _plain(where, value, met)
    return found


def _composed(text: str, where: str) -> Any:
    try:
        return yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", rad {mark.line + 1}" if mark else ""
        problem = " ".join(str(getattr(error, "problem", None) or error).split())
        raise RuleError(f"{where}{place}: går inte att läsa som YAML ({problem})") from error


def parsed(text: str, where: str, allowed: Sequence[str]) -> dict[str, list[Item]]:
    """The lists of a text by name. Raises RuleError: one line with `where` and the line of the mistake."""
    node = _composed(text, where)
    if node is None:
        return {}
    found = _plain(where, node, set())
    if not isinstance(found, dict) or set(found) - set(allowed):
        raise _mistake(where, node, f"filen får innehålla {', '.join(allowed)}, och inget annat")
    lists = {key.value: value for key, value in node.value}
    for name, value in found.items():
        if value is not None and not isinstance(value, list):
            raise _mistake(where, lists[name], f"{name!r} ska vara en lista, där varje post börjar med ett streck")
    return {
        name: [Item(it.start_mark.line + 1, said) for it, said in zip(lists[name].value, value or (), strict=False)]
        for name, value in found.items()
    }


def content(path: Path) -> str:
    """The text of a file. Raises RuleError where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: filen är inte sparad som UTF-8") from error


# --- changing a file


def _list(text: str, where: str, name: str) -> tuple[Any, int]:
    """The node of a list and the line, from 0, of its name; None where the file has no such name."""
    node = _composed(text, where)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((value, key.start_mark.line) for key, value in pairs if key.value == name), (None, 0))


def _last_line(node: Any) -> int:
    """The line, from 0, of a node's last letter; the end that YAML tells lies behind comments and blank lines."""
    if isinstance(node, yaml.ScalarNode):
        folded = node.style in ("|", ">") and node.end_mark.column == 0
        return node.end_mark.line - (1 if folded else 0)
    if node.flow_style or not node.value:
        return node.end_mark.line
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


# Quotes only where they are needed to read the same text again: `on` and days are text here as they stand.
_DUMPER = type("Dumper", (yaml.SafeDumper,), {})
_NULL = ("tag:yaml.org,2002:null", re.compile(rf"(?:{'|'.join(map(re.escape, _NOTHING))})$"))
_DUMPER.yaml_implicit_resolvers = {first: [_NULL] for first in ("", "~", "n")}


def _worded(value: Any) -> Any:
    """A value with text in place of numbers, days, and true and false."""
    if isinstance(value, dict):
        return {str(key): _worded(it) for key, it in value.items()}
    if isinstance(value, list | tuple):
        return [_worded(it) for it in value]
    return value if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _block(entry: dict[str, Any], indent: int) -> list[str]:
    dumped = yaml.dump([_worded(entry)], Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=100_000)
    return [" " * indent + line for line in dumped.splitlines()]


def added(text: str, where: str, name: str, entry: dict[str, Any]) -> str:
    """The text with an entry at the end of the list `name`, which is begun where there is none.

    Raises RuleError where the list is written in brackets.
    """
    node, at = _list(text, where, name)
    lines = text.splitlines()
    if node is None:
        gap = [""] if lines and lines[-1].strip() else []
        lines += [*gap, f"{name}:", *_block(entry, 2)]
    elif isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        at = _last_line(node) + 1
        lines[at:at] = _block(entry, node.start_mark.column)
    elif node.value in ("", []):
        lines[at] = lines[at][: node.start_mark.column].rstrip() if node.value == [] else lines[at]
        lines[at + 1 : at + 1] = _block(entry, 2)
    else:
        raise _mistake(where, node, f"{name!r} är skriven inom hakparenteser; skriv varje post på egna rader")
    return "\n".join(lines) + "\n"


def without(text: str, where: str, name: str, drop: Callable[[Any], bool]) -> str:
    """The text without the entries of the list `name` that `drop` is true of (it gets them as `parsed` gives them)."""
    node, _ = _list(text, where, name)
    lines = text.splitlines()
    for it in reversed(node.value if isinstance(node, yaml.SequenceNode) else []):
        if drop(_plain(where, it, set())):
            if node.flow_style:
                raise _mistake(where, node, f"{name!r} är skriven inom hakparenteser; skriv varje post på egna rader")
            del lines[it.start_mark.line : _last_line(it) + 1]
    return "\n".join(lines) + "\n" if lines else ""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keeps other programs of ours from changing the files of a folder; the lock goes with whoever holds it."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Changes a file, made with its folder where there is none: readers see the old text or the new one, and of two
    writers the second sees what the first wrote. Nothing is written where `change` raises."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.parent):
        text = change(content(path) if path.is_file() else "")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
