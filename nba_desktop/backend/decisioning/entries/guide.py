"""What the agent says and asks: steps, benefits, objections, further information."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from nba_desktop.backend.decisioning.entries.base import Entry, Words, one_line
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


class ChoiceEntry(Entry):
    """One branch at a step."""

    id: Code
    label: Words


class InputEntry(Entry):
    """A small value asked at a step."""

    name: Code
    kind: Literal["text", "integer", "amount", "date"]
    label: Words
    unit: Annotated[str, AfterValidator(one_line)] = ""


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
    """What the customer may say, and the one answer."""

    id: Code
    method: ObjectionMethod
    phrase: Words
    answer: Words


class KnowledgeEntry(Entry):
    """Further information for the agent."""

    title: Words
    text: Words
