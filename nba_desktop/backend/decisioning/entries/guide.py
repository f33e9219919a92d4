"""What the agent says and asks: steps, benefits, objections, further information."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from nba_desktop.backend.decisioning.entries.base import Entry, WordList, Words, one_line
from nba_desktop.contract.base import Code

ObjectionMethod = Literal[
    "acknowledge",
    "ask_back",
    "isolate",
    "reframe",
    "compare",
    "evidence",
    "postpone",
    "concede",
    "respect_no",
]

_FARTHEST: Final = 1_000_000_000
_FARTHEST_DAY: Final = 36_500


class ChoiceEntry(Entry):
    """One branch at a step."""

    id: Code
    label: Words


class InputEntry(Entry):
    """A small value asked at a step.

    What lies outside `least` and `most` cannot be right: a number, an amount in EUR, or for a date days from today.
    Without `least` a number is not below 0.
    """

    name: Code
    kind: Literal["text", "integer", "number", "amount", "date"]
    label: Words
    unit: Annotated[str, AfterValidator(one_line)] = ""
    least: Annotated[float, Field(ge=-_FARTHEST, le=_FARTHEST)] | None = None
    most: Annotated[float, Field(ge=-_FARTHEST, le=_FARTHEST)] | None = None

    @model_validator(mode="after")
    def _limits_in_order(self) -> Self:
        limited = self.least is not None or self.most is not None
        if self.kind == "text" and limited:
            raise ValueError("a text has no 'least' and no 'most'")
        if self.kind == "date" and any(abs(one) > _FARTHEST_DAY for one in (self.least, self.most) if one is not None):
            raise ValueError(f"the limits of a date are days from today, at most {_FARTHEST_DAY}")
        least = self.least if self.least is not None or self.kind == "date" else 0
        if least is not None and self.most is not None and least > self.most:
            raise ValueError("'least' lies above 'most'")
        return self


class StepEntry(Entry):
    """One instruction of the guide; `when` names an earlier step and the choice that leads here.

    A step `with_bonus` is there only where the offer holds a bonus, and may say it as `{bonus_eur}`.
    """

    id: Code
    text: Words
    choices: tuple[ChoiceEntry, ...] = ()
    input: InputEntry | None = None
    when: Annotated[dict[Code, Code], Field(min_length=1, max_length=1)] | None = None
    with_bonus: bool = False

    @model_validator(mode="after")
    def _nothing_hangs_on_a_bonus(self) -> Self:
        if self.with_bonus and (self.choices or self.input is not None):
            raise ValueError("a step 'with_bonus' asks nothing: without a bonus the answer would be missing")
        return self


class BenefitEntry(Entry):
    """Feature → advantage → benefit."""

    feature: Words
    advantage: Words
    benefit: Words


class ObjectionEntry(Entry):
    """What the customer may say, and the one answer; `also` are other ways to say it, `title` is what it is about."""

    id: Code
    method: ObjectionMethod
    title: Words | None = None
    phrase: Words
    also: WordList = WordList()
    answer: Words


class KnowledgeEntry(Entry):
    """Further information for the agent; `words` are others it is found by.

    What agents note on it stays with its `id`; without one, with the German title it has in its action.
    """

    id: Code | None = None
    title: Words
    text: Words
    words: WordList = WordList()


class ArticleEntry(KnowledgeEntry):
    """Further information that belongs to no action."""

    id: Code
