"""What an integrator declares about a file: which column is which field, and how the other system writes things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath, read_yaml
from nba_desktop.backend.errors import CatalogueError, CatalogueErrors
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.importing.cells import EPOCH_MS, EPOCH_S
from nba_desktop.contract.base import Code
from nba_desktop.contract.numbers import NumberFormat, NumberRules

FileFormat = Literal["csv", "jsonl", "parquet"]

_BY_ENDING: Final[Mapping[str, FileFormat]] = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}


def _as_text(value: Any) -> Any:
    """A constant or code as our own files write it: `true`, `2026-03-12`, `4.5`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str | int | float) else value


Plain = Annotated[str, BeforeValidator(_as_text)]
"""A value as we write it ourselves."""
Texts = Annotated[tuple[Plain, ...], BeforeValidator(_as_list)]
"""One text or a list of them."""


def _readable_formats(formats: tuple[str, ...] | None) -> tuple[str, ...] | None:
    for one in formats or ():
        try:
            if one not in {EPOCH_S, EPOCH_MS}:
                _EXAMPLE.strptime(_EXAMPLE.strftime(one), one)
        except ValueError:
            raise ValueError(f"no date can be read as '{one}', for example %d.%m.%Y") from None
    return formats


_EXAMPLE: Final = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
Formats = Annotated[Texts, AfterValidator(_readable_formats)]
"""How dates are written, as strftime has it."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldMapping(_Part):
    """Where a value comes from – a column or a `value` that all rows share – and how it is written there.

    `codes` are our codes by the other system's; for one that is not among them there is `otherwise`, or the row is
    refused. `empty` stands for a cell without a value. `last` keeps so many characters of the end, `format` is as
    strftime has it. In JSON lines a column may be a way into the object: `address.street`.
    """

    column: str | None = Field(default=None, min_length=1)
    value: Plain | None = None
    codes: dict[str, Plain] | None = None
    otherwise: Plain | None = None
    empty: Plain | None = None
    last: int | None = Field(default=None, ge=1, le=64)
    format: Formats | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.column is None) == (self.value is None):
            raise ValueError("write either 'column: NAME' or 'value: WHAT ALL ROWS HAVE'")
        if self.otherwise is not None and self.codes is None:
            raise ValueError("'otherwise' goes with 'codes': it is for what they do not list")
        return self


def _column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


Mapped = Annotated[FieldMapping, BeforeValidator(_column)]
"""A field's mapping; a text alone is the name of its column."""


class Numbers(_Part):
    """How telephone numbers are written; `region` is the country of those without a country code."""

    format: NumberFormat = NumberFormat.NATIONAL
    region: str = "DE"

    @model_validator(mode="after")
    def _readable(self) -> Self:
        self.rules()
        return self

    def rules(self) -> NumberRules:
        """Return the rules that read them."""
        return NumberRules(self.format, self.region)


class WordingText(_Part):
    """A wording of before, which consents in the file were given to."""

    language: Literal["de", "en"]
    purpose: Literal["ADV_OWN", "ADV_PARTNER", "RESEARCH", "PROFILE_USAGE"]
    channels: tuple[Literal["PHONE", "EMAIL", "SMS", "POST", "PORTAL", "PUSH", "ANY"], ...] = Field(min_length=1)
    text: str = Field(min_length=1)


class FileMapping(_Part):
    """The mapping of a file: `fields` of the record, `attributes` of the register, `params` of touchpoints.

    `source` names the other system. `nothing` are the words for no value, `decimal` the mark before decimals, `absent`
    what becomes of what the file does not have any more: it is left alone, or it ends.
    """

    source: Code
    file: FileFormat | None = None
    encoding: str = "utf-8"
    delimiter: Literal[";", ",", "\t", "|"] | None = None
    quote: str = Field(default='"', min_length=1, max_length=1)
    zone: str | None = None
    date_format: Formats = ()
    moment_format: Formats = ()
    decimal: Literal[".", ","] = "."
    yes: Texts = ("true", "yes", "1")
    no: Texts = ("false", "no", "0")
    nothing: Texts = ()
    numbers: Numbers = Numbers()
    absent: Literal["leave", "end"] = "leave"
    fields: dict[str, Mapped] = Field(min_length=1)
    attributes: dict[str, Mapped] = Field(default_factory=dict)
    params: dict[str, Mapped] = Field(default_factory=dict)
    wordings: dict[str, WordingText] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known_zone(self) -> Self:
        if self.zone is not None:
            try:
                ZoneInfo(self.zone)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                raise ValueError(f"unknown time zone '{self.zone}', for example Europe/Berlin") from None
        try:
            "".encode(self.encoding)
        except LookupError:
            raise ValueError(f"unknown encoding '{self.encoding}', for example utf-8 or cp1252") from None
        return self

    def columns(self) -> frozenset[str]:
        """Return the columns that it names."""
        parts = (self.fields, self.attributes, self.params)
        return frozenset(one.column for part in parts for one in part.values() if one.column is not None)

    def file_format(self, path: Path) -> FileFormat:
        """Return how a file is written: as declared, or as its name ends."""
        return self.file or _BY_ENDING.get(path.suffix.lower(), "csv")


class ReadMapping:
    """A mapping with the places of what it says, so that a mistake found later can be pointed at, too."""

    def __init__(self, entry: FileMapping, document: Document) -> None:
        self.entry = entry
        self._document = document

    def error(self, path: KeyPath, message: str, suggestion: str = "") -> CatalogueError:
        """Return a mistake at a place of the mapping."""
        return self._document.mark(path).error(message, suggestion)

    def at_key(self, path: KeyPath, message: str, suggestion: str = "") -> CatalogueError:
        """Return a mistake at a key of the mapping."""
        mark = self._document.key_marks.get(path) or self._document.mark(path)
        return mark.error(message, suggestion)

    def check_columns(self, header: list[str], file: str) -> None:
        """Raise `CatalogueErrors` when the mapping names a column that the file does not have."""
        mistakes = []
        for part in ("fields", "attributes", "params"):
            for name, one in getattr(self.entry, part).items():
                if one.column is not None and one.column not in header:
                    # Only the nearest name: what else is in a heading may be anybody's.
                    hint = guess(one.column, header)
                    mistakes.append(self.error((part, name, "column"), f"{file} has no column '{one.column}'", hint))
        if mistakes:
            raise CatalogueErrors(tuple(mistakes))


def read_mapping(path: Path) -> ReadMapping:
    """Read a mapping; raises `CatalogueErrors` with every mistake, each with file, line, column and the way out."""
    document = read_yaml(path)
    if document.errors:
        raise CatalogueErrors(tuple(document.errors))
    try:
        entry = FileMapping.model_validate(document.content)
    except ValidationError as error:
        found = {str(one): one for one in (_said(document, detail) for detail in error.errors(include_url=False))}
        raise CatalogueErrors(tuple(found.values())) from error
    return ReadMapping(entry, document)


_KEYS: Final[Mapping[int, type[BaseModel]]] = {0: FileMapping, 2: FieldMapping}
"""The keys there are at a depth of the file."""


def _said(document: Document, detail: ErrorDetails) -> CatalogueError:
    """A validation error of pydantic in plain words, at its place."""
    path = tuple(detail["loc"])
    mark = document.mark(path)
    name = str(path[-1]) if path else ""
    match detail["type"]:
        case "missing":
            return mark.error(f"'{name}' is missing", "docs/import.md lists what a mapping says")
        case "extra_forbidden":
            mark = document.key_marks.get(path, mark)
            parts: dict[str, type[BaseModel]] = {"numbers": Numbers, "wordings": WordingText}
            model = (parts if len(path) > 1 else {}).get(str(path[0]), _KEYS.get(len(path) - 1))
            known = () if model is None else tuple(model.model_fields)
            return mark.error(f"unknown key '{name}'", guess(name, known) or f"there are {', '.join(known)}")
        case "enum" | "literal_error":
            return mark.error(
                f"unknown code '{detail['input']}'", f"one of {detail.get('ctx', {}).get('expected', '')}"
            )
        case "value_error":
            return mark.error(str(detail["ctx"]["error"]))
        case "model_type" | "model_attributes_type" | "dict_type":
            return mark.error("keys and values are expected here", "write 'key: value' lines, or the name of a column")
        case "string_pattern_mismatch":
            return mark.error(f"'{detail['input']}' is not a code", "letters, digits and '_'; it begins with a letter")
    return mark.error(detail["msg"][0].lower() + detail["msg"][1:])
