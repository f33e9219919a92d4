"""From a mapping to a reader of rows: every column of a batch is read as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from nba_desktop.backend.decisioning.vocabulary import Vocabulary
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.errors import CatalogueError, CatalogueErrors
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.importing.cells import Notation, Read, Unfit, as_text, reader
from nba_desktop.backend.importing.data_file import Batch
from nba_desktop.backend.importing.fields import (
    VALUE_FIELDS,
    Field,
    KindName,
    attribute_field,
    fields_of,
    is_delivered,
)
from nba_desktop.backend.importing.mapping import FieldMapping, FileMapping, ReadMapping
from nba_desktop.backend.journey.params import LONGEST_TEXT, param_kind


@dataclass(frozen=True, slots=True)
class Bad:
    """Stands for a cell that cannot be read; says the column and the rule."""

    why: str


class _Column:
    """One field's values: of a column of the file, or the same for every row."""

    def __init__(self, name: str, source: str | None, constant: Any, read: Callable[[Any], Any]) -> None:
        self.name = name
        self.source = source
        self._constant = constant
        self._read = read

    def values(self, cells: Sequence[Any], rows: int) -> list[Any]:
        """Read the column; a text that is there often is read once."""
        if self.source is None:
            return [self._constant] * rows
        read = self._read
        if all(cell.__class__ is str for cell in cells):
            distinct = set(cells)
            if len(distinct) * 2 < rows:
                known = {cell: read(cell) for cell in distinct}
                return [known[cell] for cell in cells]
        return [read(cell) for cell in cells]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are readable: their lines, the values by field, attribute and param; and why others are not.

    `skipped` are rows that say nothing, which is no mistake.
    """

    lines: list[int]
    fields: Mapping[str, list[Any]]
    attributes: Mapping[str, list[Any]]
    params: Mapping[str, list[Any]]
    refused: list[tuple[int, str]]
    skipped: list[tuple[int, str]]


class RowReader:
    """Reads batches by a mapping; `columns` are those of the file that it wants."""

    def __init__(
        self, fields: Sequence[_Column], attributes: Sequence[_Column], params: Sequence[_Column], keys: Sequence[Field]
    ) -> None:
        self._parts = (fields, attributes, params)
        self._keys = tuple(one.name for one in keys if not one.skips)
        self._skips = tuple(one.name for one in keys if one.skips)
        every = (*fields, *attributes, *params)
        self.columns = tuple(dict.fromkeys(one.source for one in every if one.source is not None))

    def read(self, batch: Batch) -> Rows:
        """Read the cells of a batch."""
        cells = dict(zip(self.columns, batch.columns, strict=True))
        count = len(batch.lines)
        fields, attributes, params = (
            {one.name: one.values(cells.get(one.source or "", ()), count) for one in part} for part in self._parts
        )
        wrong: dict[int, list[str]] = {}
        for values in (*fields.values(), *attributes.values(), *params.values()):
            for place, value in enumerate(values):
                if value.__class__ is Bad:
                    wrong.setdefault(place, []).append(value.why)
        for key in self._keys:
            if None in fields[key]:
                for place, value in enumerate(fields[key]):
                    if value is None:
                        wrong.setdefault(place, []).append(f"'{key}' is empty")
        empty = {place: f"no {key}" for key in self._skips for place, value in enumerate(fields[key]) if value is None}
        refused = [*batch.broken, *((batch.lines[place], "; ".join(why)) for place, why in wrong.items())]
        skipped = [(batch.lines[place], why) for place, why in empty.items() if place not in wrong]
        if not wrong and not empty:
            return Rows(batch.lines, fields, attributes, params, refused, skipped)
        good = [place for place in range(count) if place not in wrong and place not in empty]

        def kept(part: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
            return {name: [values[place] for place in good] for name, values in part.items()}

        lines = [batch.lines[place] for place in good]
        return Rows(lines, kept(fields), kept(attributes), kept(params), refused, skipped)


def compile_reader(
    kind: KindName, mapping: ReadMapping, vocabulary: Vocabulary, zone: tzinfo, today: date
) -> RowReader:
    """Return what reads rows by a mapping; `zone` is the site's, for moments where nothing names one; so is `today`.

    Raises `CatalogueErrors` with every mistake: unknown fields, attributes and codes, fields that are missing.
    """
    return _Compiler(kind, mapping, vocabulary, zone, today).reader()


class _Compiler:
    def __init__(self, kind: KindName, mapping: ReadMapping, vocabulary: Vocabulary, zone: tzinfo, today: date) -> None:
        self._kind = kind
        self._today = today
        self._mapping = mapping
        self._vocabulary = vocabulary
        self._mistakes: list[CatalogueError] = []
        entry = mapping.entry
        here = zone if entry.zone is None else ZoneInfo(entry.zone)
        self._ours = Notation(here)
        self._theirs = Notation(
            here,
            entry.date_format,
            entry.moment_format,
            entry.decimal,
            frozenset(entry.yes),
            frozenset(entry.no),
            entry.numbers.rules(),
        )

    def reader(self) -> RowReader:
        entry = self._mapping.entry
        fields = fields_of(self._kind, self._vocabulary)
        self._check(entry, fields)
        columns = [self._column(("fields", name), fields[name], one) for name, one in self._known(fields)]
        attributes = [
            self._column(("attributes", name), attribute_field(self._vocabulary.attributes[name]), one)
            for name, one in entry.attributes.items()
            if name in self._vocabulary.attributes
        ]
        params = [
            self._column(("params", name), Field(name, param_kind(name), longest=LONGEST_TEXT), one)
            for name, one in entry.params.items()
        ]
        if self._mistakes:
            raise CatalogueErrors(tuple(self._mistakes))
        return RowReader(columns, attributes, params, [one for one in fields.values() if one.key])

    def _known(self, fields: Mapping[str, Field]) -> Iterator[tuple[str, FieldMapping]]:
        return ((name, one) for name, one in self._mapping.entry.fields.items() if name in fields)

    def _check(self, entry: FileMapping, fields: Mapping[str, Field]) -> None:
        for name in entry.fields:
            if name not in fields:
                hint = guess(name, fields) or f"there are {', '.join(fields)}"
                self._wrong(("fields", name), f"{self._kind} have no field '{name}'", hint)
        for name, field in fields.items():
            if field.key and name not in entry.fields:
                self._wrong(("fields",), f"the field '{name}' is missing", f"write '{name}: NAME OF THE COLUMN'")
        value = [one.name for one in VALUE_FIELDS if one.name in fields]
        lacking = [name for name in value if name not in entry.fields]
        # What the model is called says nothing without what it found.
        named = [name for name in (*value, "value_model") if name in entry.fields and name in fields]
        if lacking and named:
            self._wrong(
                ("fields", named[0]), f"a customer's value lacks {', '.join(lacking)}", "name all of it or nothing"
            )
        if entry.attributes and self._kind != "customers":
            self._wrong(("attributes",), "only customers have attributes", "take them out")
        for name in entry.attributes:
            self._check_attribute(name)
        if entry.params and self._kind != "touchpoints":
            self._wrong(("params",), "only touchpoints have params", "take them out")
        known = {name for one in self._vocabulary.touchpoint_types.values() for name in one.params}
        for name in entry.params:
            if name not in known:
                hint = guess(name, known) or f"there are {', '.join(sorted(known))}"
                self._wrong(("params", name), f"no type of touchpoint has '{name}'", hint)
        if entry.absent == "end" and self._kind not in {"contracts", "numbers"}:
            self._wrong(("absent",), f"{self._kind} do not end because a file lacks them", "write absent: leave")
        if entry.wordings and self._kind != "consents":
            self._wrong(("wordings",), "only consents have wordings", "take them out")

    def _check_attribute(self, name: str) -> None:
        attribute = self._vocabulary.attributes.get(name)
        delivered = [one.name for one in self._vocabulary.attributes.values() if is_delivered(one, self._vocabulary)]
        if attribute is None:
            hint = guess(name, delivered) or "a catalogue declares the attributes of its site"
            self._wrong(("attributes", name), f"there is no attribute '{name}'", hint)
        elif not is_delivered(attribute, self._vocabulary):
            self._wrong(
                ("attributes", name),
                f"'{name}' follows from something else and is not delivered",
                "take it out, and deliver what it follows from",
            )

    def _wrong(self, path: KeyPath, message: str, suggestion: str) -> None:
        self._mistakes.append(self._mapping.at_key(path, message, suggestion))

    def _column(self, path: KeyPath, field: Field, mapping: FieldMapping) -> _Column:
        ours = reader(field.type, self._ours, field.choices, field.longest)
        if mapping.column is None:
            return _Column(field.name, None, self._constant((*path, "value"), ours, mapping.value), ours)
        latest = None if field.ahead is None else self._today + timedelta(days=366 * field.ahead)
        theirs = reader(field.type, self._notation(field, mapping), field.choices, field.longest, latest)
        codes = {
            written.strip(): self._constant((*path, "codes", written), ours, code)
            for written, code in (mapping.codes or {}).items()
        }
        read = _coded(codes, self._constant((*path, "otherwise"), ours, mapping.otherwise)) if codes else theirs
        empty = self._constant((*path, "empty"), ours, mapping.empty)
        nothing = frozenset({"", *self._mapping.entry.nothing})
        return _Column(field.name, mapping.column, None, _cell(mapping, read, nothing, empty))

    def _notation(self, field: Field, mapping: FieldMapping) -> Notation:
        if mapping.format is None:
            return self._theirs
        name = "moment_formats" if field.type == "moment" else "date_formats"
        values = {one: getattr(self._theirs, one) for one in Notation.__slots__}
        return Notation(**values | {name: mapping.format})

    def _constant(self, path: KeyPath, ours: Read, text: str | None) -> Any:
        """Read what the mapping itself says; an empty code is no value."""
        if not text:
            return None
        try:
            return ours(text)
        except Unfit as error:
            self._mistakes.append(self._mapping.error(path, f"'{text}' {error}"))
            return None


def _coded(codes: Mapping[str, Any], otherwise: Any) -> Read:
    def read(cell: Any) -> Any:
        text = as_text(cell)
        if text in codes:
            return codes[text]
        if otherwise is None:
            raise Unfit("is none of the codes that the mapping lists: add it, or say 'otherwise'")
        return otherwise

    return read


def _cell(mapping: FieldMapping, read: Read, nothing: frozenset[str], empty: Any) -> Callable[[Any], Any]:
    """Return what reads a cell of the mapping's column: its value, None for an empty one, or what is wrong."""
    name, last = mapping.column, mapping.last

    def value(cell: Any) -> Any:
        if cell is None or (isinstance(cell, float) and cell != cell):
            return empty
        if isinstance(cell, str):
            cell = cell.strip()
            if cell in nothing:
                return empty
        try:
            return read(cell if last is None else as_text(cell)[-last:])
        except Unfit as error:
            return Bad(f"'{name}' {error}")

    return value
