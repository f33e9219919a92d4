"""YAML read with the place of every value, so that a mistake can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from nba_desktop.backend.errors import CatalogueError

KeyPath = tuple[str | int, ...]
MAX_BYTES: Final = 4_000_000
MAX_VALUES: Final = 200_000
MAX_DEPTH: Final = 50

_THREE_DECIMALS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_CONTROL: Final = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    @property
    def words(self) -> str:
        """The file and the line, as another mistake refers to them."""
        return f"{self.file}:{self.line}"

    def error(self, message: str, suggestion: str = "") -> CatalogueError:
        return CatalogueError(self.file, self.line, self.column, message, suggestion)


@dataclass(slots=True)
class Document:
    """Plain values with the mark of each key and value by its path, and what was wrong while reading.

    `grouped` are the numbers that may be meant as thousands, as written: 1.200.
    """

    content: Any
    marks: dict[KeyPath, Mark] = field(default_factory=dict)
    key_marks: dict[KeyPath, Mark] = field(default_factory=dict)
    grouped: dict[KeyPath, str] = field(default_factory=dict)
    errors: list[CatalogueError] = field(default_factory=list)

    def mark(self, path: KeyPath) -> Mark:
        """The place of a value, or of the nearest thing around it."""
        while path not in self.marks:
            path = path[:-1]
        return self.marks[path]


def read_yaml(path: Path) -> Document:
    """Read one file; unreadable files and broken YAML give a document of None with the error."""
    try:
        text = file_text(path)
    except CatalogueError as error:
        return Document(None, {(): Mark(path.name, 1, 1)}, errors=[error])
    return read_yaml_text(path.name, text)


def file_text(path: Path) -> str:
    """The text of one file, its lines ended alike on every platform; raises `CatalogueError` when there is none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(path.name)
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        *lines, last = error.object[: error.start].split(b"\n")
        line, column = len(lines) + 1, len(last.decode()) + 1
        raise CatalogueError(path.name, line, column, "the file is not UTF-8 text", "save the file as UTF-8") from error
    except OSError as error:
        raise CatalogueError(path.name, 1, 1, f"the file cannot be read: {error.strerror}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_yaml_text(name: str, text: str) -> Document:
    """Read a file's text; broken YAML gives a document of None with the error, which names the file `name`."""
    nothing = Document(None, {(): Mark(name, 1, 1)})
    if len(text) > MAX_BYTES:
        nothing.errors.append(_too_large(name))
        return nothing
    control = _CONTROL.search(text)
    if control is not None:
        line, column = text.count("\n", 0, control.start()) + 1, control.start() - text.rfind("\n", 0, control.start())
        what = f"this is not YAML: the control character U+{ord(control.group()):04X} stands here"
        nothing.errors.append(CatalogueError(name, line, column, what, "remove it"))
        return nothing
    try:
        root = _composed(text)
    except _OpenQuote as error:
        nothing.errors.append(CatalogueError(name, *error.place, "this is not YAML: the quote is not closed", _QUOTES))
        return nothing
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        line, column = (at.line + 1, at.column + 1) if at else (1, 1)
        nothing.errors.append(CatalogueError(name, line, column, f"this is not YAML: {error.problem}", _TABS_HINT))
        return nothing
    except yaml.YAMLError as error:
        nothing.errors.append(CatalogueError(name, 1, 1, f"this is not YAML: {error}".splitlines()[0]))
        return nothing
    except _TooDeep as error:
        nothing.errors.append(CatalogueError(name, error.line, 1, f"more than {MAX_DEPTH} levels are nested"))
        return nothing
    if root is None:
        nothing.errors.append(CatalogueError(name, 1, 1, "the file is empty"))
        return nothing
    reader = _Reader(name)
    document = reader.document
    try:
        document.content = reader.value(root, (), frozenset())
    except _TooMany:
        nothing.errors.append(CatalogueError(name, 1, 1, f"this holds more than {MAX_VALUES} values"))
        return nothing
    return document


_TABS_HINT: Final = "indent with blanks, and put a text that holds ': ' or '#' in quotes"
_QUOTES: Final = "close it where the text ends"


class _OpenQuote(Exception):
    """A quoted text that ends where nothing of the kind can stand; translated before it leaves this module."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.place = (line, column)


class _TooDeep(Exception):
    """More levels than a catalogue has; translated before it leaves this module."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _TooMany(Exception):
    """Aliases of aliases multiply without end; translated before it leaves this module."""


def _too_large(name: str) -> CatalogueError:
    return CatalogueError(name, 1, 1, f"the file is larger than {MAX_BYTES // 1_000_000} MB")


def _composed(text: str) -> yaml.Node | None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # Composing recurses in C, where deep nesting ends the process: the flat events are looked at first.
    depth = 0
    event: yaml.Event | None = None
    try:
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise _TooDeep(event.start_mark.line + 1 if event.start_mark else 1)
    except yaml.MarkedYAMLError as error:
        begun = _open_quote(error, event)
        if begun is None:
            raise
        raise _OpenQuote(*begun) from error
    node: yaml.Node | None = yaml.compose(text, Loader=loader)
    return node


def _open_quote(error: yaml.MarkedYAMLError, before: yaml.Event | None) -> tuple[int, int] | None:
    """Where a quoted text begins that runs to the end of the file, or over lines to the place of the mistake."""
    if error.context_mark and "quoted scalar" in (error.context or ""):
        return error.context_mark.line + 1, error.context_mark.column + 1
    if isinstance(before, yaml.ScalarEvent) and before.style in {'"', "'"}:
        start, end, problem = before.start_mark, before.end_mark, error.problem_mark
        if start and end and problem and start.line < end.line == problem.line:
            return start.line + 1, start.column + 1
    return None


class _Reader:
    """Turns nodes into plain values and notes where each stands."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._count = 0
        self.document = Document(None)

    def value(self, node: yaml.Node, path: KeyPath, around: frozenset[int]) -> Any:
        self._count += 1
        if self._count > MAX_VALUES:
            raise _TooMany
        self.document.marks[path] = self._mark(node)
        if id(node) in around:
            self._report(node, "an anchor refers to itself")
            return None
        inside = around | {id(node)}
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, inside)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index), inside) for index, item in enumerate(node.value)]
        found = self._scalar(node)
        if isinstance(found, float) and _THREE_DECIMALS.fullmatch(node.value):
            self.document.grouped[path] = node.value
        return found

    def _mapping(self, node: yaml.MappingNode, path: KeyPath, inside: frozenset[int]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node, taken_over in self._pairs(node, inside):
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, "a key is a single word")
                continue
            key = str(key_node.value)
            if key in found:
                if not taken_over:
                    first = self.document.key_marks[*path, key]
                    self._report(key_node, f"the key '{key}' is here twice", f"{first.words} has it, too: keep one")
                    self._read_on(found[key], value_node, (*path, key), inside)
                continue
            self.document.key_marks[*path, key] = self._mark(key_node)
            found[key] = self.value(value_node, (*path, key), inside)
        return found

    def _read_on(self, entries: Any, node: yaml.Node, path: KeyPath, inside: frozenset[int]) -> None:
        """Take in the entries of a list that is written twice, so that nobody misses them."""
        if len(path) == 1 and isinstance(entries, list) and isinstance(node, yaml.SequenceNode):
            for item in node.value:
                entries.append(self.value(item, (*path, len(entries)), inside))

    def _pairs(self, node: yaml.MappingNode, inside: frozenset[int]) -> Iterator[tuple[yaml.Node, yaml.Node, bool]]:
        """Its own keys and values, then those it takes over by `<<: *anchor`, which count where it has none."""
        others: list[yaml.Node] = []
        for key_node, value_node in node.value:
            if key_node.tag.endswith(":merge"):
                others += value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
            else:
                yield key_node, value_node, False
        for other in others:
            if not isinstance(other, yaml.MappingNode):
                self._report(other, "there are no keys to take over", "write <<: *name, the anchor of a mapping")
            elif id(other) in inside:
                self._report(other, "an anchor refers to itself")
            else:
                for key_node, value_node, _ in self._pairs(other, inside | {id(other)}):
                    self._count += 1
                    if self._count > MAX_VALUES:
                        raise _TooMany
                    yield key_node, value_node, True

    def _scalar(self, node: yaml.Node) -> Any:
        text = str(node.value)
        kind = node.tag.rpartition(":")[2]
        if kind == "bool" and text.lower() not in {"true", "false"}:
            return text
        try:
            match kind:
                case "null":
                    return None
                case "bool":
                    return text.lower() == "true"
                case "int":
                    return int(text.replace("_", ""))
                case "float":
                    return float(text.replace("_", ""))
                case "timestamp":
                    return date.fromisoformat(text)
        except ValueError:
            return text
        return text

    def _mark(self, node: yaml.Node) -> Mark:
        # A quoted text begins behind its quote; so do the columns of a condition in it.
        quoted = isinstance(node, yaml.ScalarNode) and node.style in {'"', "'"}
        return Mark(self._file, node.start_mark.line + 1, node.start_mark.column + 1 + quoted)

    def _report(self, node: yaml.Node, message: str, suggestion: str = "") -> None:
        self.document.errors.append(self._mark(node).error(message, suggestion))
