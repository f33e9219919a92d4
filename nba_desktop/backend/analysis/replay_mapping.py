"""What the columns of a campaign file mean, declared in YAML and checked against the file's own header."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from nba_desktop.backend.decisioning.learning.features import Feature, refuse_hindsight
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath, read_yaml
from nba_desktop.backend.errors import CatalogueError, CatalogueErrors, FeatureError
from nba_desktop.backend.guessing import guess
from nba_desktop.contract.codes import ActionKind

Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class FileEntry(_Entry):
    """How the file is written; packed files are told by their ending .xz or .gz."""

    separator: Annotated[str, Field(min_length=1, max_length=1)] = ","


class TimeEntry(_Entry):
    """When the rows happened: in the file's order, in no order, or at the moment in a column (ISO 8601).

    `span_days` is what the rows cover, a fact of the data set; rows are spread evenly over it. Rows in no order are
    replayed in random ones.
    """

    order: Literal["file", "none", "column"]
    span_days: Annotated[float, Field(gt=0, le=36_500)] | None = None
    column: Name | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.order == "column") != (self.column is not None):
            raise ValueError("'column' names the moment's column where the order is 'column', and only there")
        if (self.order == "column") == (self.span_days is not None):
            raise ValueError("'span_days' says how many days the rows cover where no column holds their moment")
        return self


class ResponseEntry(_Entry):
    """The column that says what became of it, and the value in it that means yes."""

    column: Name
    yes: Name


class FeatureEntry(_Entry):
    """A column that was known at the decision; an empty cell, or one of `missing`, is a missing value."""

    column: Name
    type: Literal["category", "number", "bool"]
    choices: tuple[Name, ...] = ()
    edges: tuple[float, ...] = ()
    missing: tuple[Name, ...] = ()
    yes: Name | None = None

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if (self.type == "bool") != (self.yes is not None):
            raise ValueError("'yes' is the value that means true, for a bool and only there")
        self.feature()
        return self

    def feature(self) -> Feature:
        """Return it as the models know it."""
        try:
            return Feature(self.column, self.type, self.choices, self.edges)
        except FeatureError as error:
            raise ValueError(str(error)) from error


class ActionEntry(_Entry):
    """An action of the log; `logged_as` is its value in the action column."""

    id: Name
    kind: ActionKind
    group: Name
    base_rate: Annotated[float, Field(gt=0, lt=1)] | None = None
    logged_as: Name | None = None

    def traits(self) -> ActionTraits:
        """Return it as the models know it."""
        return ActionTraits(self.id, self.kind, self.group, self.base_rate, advertising=True)


class MappingEntry(_Entry):
    """A campaign file as decisions: its columns as features, actions, responses and time.

    `known_after` are columns that were known only after the decision. `period` is a column of which each run of equal
    values in the file is one period of the report.
    """

    about: Name
    file: FileEntry = FileEntry()
    time: TimeEntry
    period: Name | None = None
    action_column: Name | None = None
    actions: Annotated[tuple[ActionEntry, ...], Field(min_length=1)]
    response: ResponseEntry
    known_after: tuple[Name, ...] = ()
    features: tuple[FeatureEntry, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.action_column is None and len(self.actions) > 1:
            raise ValueError("with several actions, 'action_column' says which of them a row is about")
        if self.action_column is not None and any(one.logged_as is None for one in self.actions):
            raise ValueError("with an 'action_column', each action says by 'logged_as' what it is called there")
        ids = [one.id for one in self.actions]
        logged = [one.logged_as for one in self.actions if one.logged_as is not None]
        if len(set(ids)) < len(ids) or len(set(logged)) < len(logged):
            raise ValueError("an action is here twice: ids and 'logged_as' differ from action to action")
        return self

    def columns(self) -> dict[KeyPath, str]:
        """Return every column that is named, by the place where it is."""
        named: dict[KeyPath, str] = {("response", "column"): self.response.column}
        if self.time.column is not None:
            named["time", "column"] = self.time.column
        if self.period is not None:
            named["period",] = self.period
        if self.action_column is not None:
            named["action_column",] = self.action_column
        named |= {("known_after", place): name for place, name in enumerate(self.known_after)}
        named |= {("features", place, "column"): one.column for place, one in enumerate(self.features)}
        return named


def load_mapping(path: Path) -> tuple[MappingEntry, Document]:
    """Read a mapping; raises `CatalogueErrors` with every mistake, each with file, line, column and the way out."""
    document = read_yaml(path)
    if document.errors:
        raise CatalogueErrors(tuple(document.errors))
    try:
        entry = MappingEntry.model_validate(document.content)
    except ValidationError as error:
        found = [_plain_words(document, detail) for detail in error.errors(include_url=False)]
        raise CatalogueErrors(tuple(found)) from error
    mistakes = list(_hindsight(entry, document))
    if mistakes:
        raise CatalogueErrors(tuple(mistakes))
    return entry, document


def check_columns(entry: MappingEntry, document: Document, header: list[str], data: str) -> None:
    """Raise `CatalogueErrors` when the mapping names a column that is not in the header of the file `data`."""
    mistakes = []
    for path, name in entry.columns().items():
        if name not in header:
            # Only the nearest name: a file without a heading begins with a customer.
            mistakes.append(document.mark(path).error(f"{data} has no column '{name}'", guess(name, header)))
    if mistakes:
        raise CatalogueErrors(tuple(mistakes))


def _hindsight(entry: MappingEntry, document: Document) -> list[CatalogueError]:
    after = {*entry.known_after, entry.response.column}
    mistakes: list[CatalogueError] = []
    for place, feature in enumerate(entry.features):
        try:
            refuse_hindsight(feature.column, feature.column in after)
        except FeatureError as error:
            mistakes.append(document.mark(("features", place, "column")).error(str(error)))
    return mistakes


def _plain_words(document: Document, detail: ErrorDetails) -> CatalogueError:
    """A validation error of pydantic in plain words, at its place."""
    path = tuple(detail["loc"])
    mark = document.mark(path)
    name = str(path[-1]) if path else ""
    match detail["type"]:
        case "missing":
            return mark.error(f"'{name}' is missing", "add it; the mappings of the sample data show how")
        case "extra_forbidden":
            return document.key_marks.get(path, mark).error(f"unknown key '{name}'", "see the spelling, or take it out")
        case "enum" | "literal_error":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            return mark.error(f"unknown code '{detail['input']}'", f"one of {expected}")
        case "value_error":
            return mark.error(str(detail["ctx"]["error"]))
        case "model_type":
            return mark.error("keys such as 'about:' are expected here", "write 'key: value' lines")
    return mark.error(detail["msg"][0].lower() + detail["msg"][1:])
