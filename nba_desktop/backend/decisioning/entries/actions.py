"""Actions and their groups as written, and what an accepted action is worth."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from nba_desktop.backend.decisioning.entries.base import Entry, Words
from nba_desktop.backend.decisioning.entries.cool_downs import CoolDown, PastCode
from nba_desktop.backend.decisioning.entries.guide import BenefitEntry, KnowledgeEntry, ObjectionEntry, StepEntry
from nba_desktop.backend.decisioning.entries.rules import RuleEntry
from nba_desktop.contract.base import Code
from nba_desktop.contract.codes import ActionKind, ChurnClass, ClosingForm, ConsentPurpose, Duty, ResponseCode


class BonusStep(Entry):
    """One rung of a bonus ladder: what it costs, and by how many percentage points it moves the retention probability.

    `retention_points` is by class of churn risk, as counted in an earlier test; a class that is not named is not moved.
    """

    eur: Annotated[float, Field(gt=0, le=10_000)]
    retention_points: Annotated[dict[ChurnClass, Annotated[float, Field(ge=0, le=100)]], Field(min_length=1)]


class ValueEntry(Entry):
    """What an accepted action is worth: a contribution margin in EUR, or a value relative to an average sale (= 1).

    `bonus_ladder` rises; an offer holds the smallest bonus that moves the customer enough, or none.
    """

    relative: Annotated[float, Field(gt=0, le=10)] | None = None
    margin_eur_year: Annotated[float, Field(gt=0)] | None = None
    years: Annotated[float, Field(gt=0, le=30)] = 1
    bonus_ladder: tuple[BonusStep, ...] = ()

    @model_validator(mode="after")
    def _one_value(self) -> Self:
        if (self.relative is None) == (self.margin_eur_year is None):
            raise ValueError("a value is either 'relative' or 'margin_eur_year'")
        if self.bonus_ladder and self.relative is not None:
            raise ValueError("a bonus needs a contribution margin that it is weighed against: write 'margin_eur_year'")
        costs = [step.eur for step in self.bonus_ladder]
        if costs != sorted(set(costs)):
            raise ValueError("the steps of a bonus ladder rise: put the cheapest first, each amount once")
        if costs and costs[0] >= self.margin_eur:
            raise ValueError("the smallest bonus eats the whole contribution margin")
        return self

    @property
    def margin_eur(self) -> float:
        """Contribution margin over the retained period before any bonus; 0 for a relative value."""
        return (self.margin_eur_year or 0) * self.years


class GroupEntry(Entry):
    """A group of actions on one topic within an issue; its policies hold for each of its actions, before their own."""

    id: Code
    issue: ActionKind
    label: Words
    skills: tuple[Code, ...] = ()
    eligibility: tuple[RuleEntry, ...] = ()
    applicability: tuple[RuleEntry, ...] = ()
    suitability: tuple[RuleEntry, ...] = ()
    cool_down: dict[PastCode, CoolDown] = Field(default_factory=dict)

    @property
    def rules(self) -> tuple[RuleEntry, ...]:
        """The rules of all stages, in order."""
        return self.eligibility + self.applicability + self.suitability


class ActionEntry(Entry):
    """One action as written by the campaign manager; `kind` is its issue.

    The words for the call stand here, those for the portal in `teaser`; both in German and English.
    `placements` are the places of the portal where the teaser may stand; none named: all of them.
    `reason_with_bonus` is said instead of `reason` where the offer holds a bonus, with its amount as `{bonus_eur}`.
    `needs` are attributes without whose values it cannot be raised; others that are missing leave a gap.
    """

    id: Code
    kind: ActionKind
    group: Code
    valid_from: date | None = None
    valid_to: date | None = None
    placements: tuple[Code, ...] = ()
    closing_form: ClosingForm
    duties: tuple[Duty, ...] = ()
    minutes: Annotated[int, Field(ge=1, le=60)]
    advertising: bool | None = None
    strategic: bool = True
    consent_purpose: ConsentPurpose | None = None
    skills: tuple[Code, ...] = ()
    concerns: tuple[Code, ...] = ()
    base_rate: Annotated[float, Field(gt=0, lt=1)]
    value: ValueEntry
    eligibility: tuple[RuleEntry, ...] = ()
    applicability: tuple[RuleEntry, ...] = ()
    suitability: tuple[RuleEntry, ...] = ()
    needs: tuple[str, ...] = ()
    title: Words
    reason: Words
    reason_with_bonus: Words | None = None
    bridge: Words
    bridge_for: dict[Code, Words] = Field(default_factory=dict)
    steps: Annotated[tuple[StepEntry, ...], Field(min_length=1)]
    benefits: tuple[BenefitEntry, ...] = ()
    objections: tuple[ObjectionEntry, ...] = ()
    knowledge: tuple[KnowledgeEntry, ...] = ()
    responses: Annotated[tuple[ResponseCode, ...], Field(min_length=1)]
    cool_down: dict[PastCode, CoolDown] = Field(default_factory=dict)
    teaser: Words

    @field_validator("valid_to")
    @classmethod
    def _dates_in_order(cls, valid_to: date | None, others: ValidationInfo) -> date | None:
        # Fields are checked in their order: this one knows the day before it, where that is a day.
        valid_from = others.data.get("valid_from")
        if valid_from is not None and valid_to is not None and valid_to < valid_from:
            raise ValueError("'valid_to' lies before 'valid_from'")
        return valid_to
