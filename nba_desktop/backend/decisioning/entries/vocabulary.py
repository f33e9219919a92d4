"""A site's own words as written: attributes, touchpoint types, kinds of contract, forms, hints to concerns."""

from __future__ import annotations

import keyword
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from nba_desktop.backend.decisioning.attributes import LegalBasis
from nba_desktop.backend.decisioning.entries.base import Entry, Sentence, Words, one_line
from nba_desktop.contract.base import Code
from nba_desktop.contract.codes import ContactChannel

Trade = Literal["energy", "general"]

_SPOKEN_FOR: Final = frozenset({"between", "bonus_eur", "count", "date", "days_since", "days_until", "touchpoints"})
_COMPUTED: Final = frozenset({"calendar", "contact", "journey", "ledger", "value model"})


def _free(name: str) -> str:
    if name in _SPOKEN_FOR or keyword.iskeyword(name):
        raise ValueError(f"'{name}' has a meaning in conditions or sentences: choose another name")
    return name


AttributeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=48), AfterValidator(_free)]
"""Small letters, digits and `_`, as conditions write it."""


class AttributeEntry(Entry):
    """An attribute that the site delivers of its customers, beside those that are built in.

    A number has a `unit`: a built-in one such as eur, percent or years, or any other as it is written behind the
    number. `choices` are all the values a text can have. With `feature` the learning model may look at it; a number
    then needs `edges`, a text `choices`. Never a feature is what names a person, stands for age, origin or health, or
    tells of payment trouble. The `description` is told to customers who ask what is known of them: `{de: …, en: …}`, or
    one sentence for both languages.
    """

    name: AttributeName
    type: Literal["integer", "number", "bool", "text", "date"]
    source: Annotated[str, StringConstraints(min_length=1, max_length=32), AfterValidator(one_line)]
    basis: LegalBasis
    description: Words | Sentence
    unit: Annotated[str, StringConstraints(max_length=12), AfterValidator(one_line)] = ""
    choices: tuple[Code, ...] = ()
    freshness_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    feature: bool = False
    edges: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        is_number = self.type in {"integer", "number"}
        if self.source in _COMPUTED:
            raise ValueError(f"what comes from '{self.source}' is worked out here: name the system that delivers it")
        if self.unit and not is_number:
            raise ValueError("only a number has a unit")
        if self.choices and self.type != "text":
            raise ValueError("only a text has choices")
        if len(set(self.choices)) < len(self.choices):
            raise ValueError("a choice is here twice")
        if self.edges and not (is_number and self.feature):
            raise ValueError("only a number that is a feature has edges")
        if list(self.edges) != sorted(set(self.edges)):
            raise ValueError("the edges rise, each once")
        if self.feature:
            self._can_be_learnt_from(is_number)
        return self

    def _can_be_learnt_from(self, is_number: bool) -> None:
        if is_number and not self.edges:
            raise ValueError("a number that is a feature needs edges: the ascending limits of its classes")
        if self.type == "text" and not self.choices:
            raise ValueError("a text that is a feature needs choices")
        if self.type == "date":
            raise ValueError("a date cannot be a feature: declare the number of days instead")


class TouchpointTypeEntry(Entry):
    """A kind of touchpoint that the site delivers, beside those that are built in.

    `word` stands below it in the strip, `sentence` in the timeline; it names the `params` in braces, and where one of
    them is missing the word is said. `watched` is what the customer did alone with portal, app or mail: a condition
    may ask it only of who has consented to profiling.
    """

    code: Code
    channels: Annotated[tuple[ContactChannel, ...], Field(min_length=1)]
    params: tuple[AttributeName, ...] = ()
    word: Words
    sentence: Words
    watched: bool = False


class ContractKindEntry(Entry):
    """A kind of contract; the attribute `has_<code>` says whether one is running."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=16)]
    label: Words


class FormEntry(Entry):
    """A form of the portal by name; left half-done it hints to `concern`."""

    code: Code
    label: Words
    concern: Code | None = None


class ConcernHintEntry(Entry):
    """A touchpoint after which a concern is probable for some days.

    `params` are values that the touchpoint must have. `because` is said to the agent; it may name the touchpoint's
    params in braces, and `{ago}` for the time since. The built-in hints weigh 20 to 120.
    """

    touchpoint: Code
    params: dict[str, str | int | bool] = Field(default_factory=dict)
    within_days: Annotated[int, Field(ge=0, le=365)]
    concern: Code
    weight: Annotated[int, Field(ge=1, le=200)]
    because: Words
