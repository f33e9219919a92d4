"""The catalogue: what campaign managers write (`…Entry`), and the checked whole that decisions use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nba_desktop.backend.decisioning.attributes import Schema
from nba_desktop.backend.decisioning.conditions import Condition, JourneyQuery
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.contract.base import Code, Language
from nba_desktop.contract.codes import (
    ActionKind,
    ChurnClass,
    ClosingForm,
    ConsentChannel,
    ConsentPurpose,
    ContactChannel,
    Duty,
    Experience,
    Load,
    OutcomeCode,
    ResponseCode,
    Stage,
)
from nba_desktop.contract.consent import ConsentWording
from nba_desktop.contract.contact import CatalogueHead, Concern

FOREVER = "forever"
PastCode = ResponseCode | OutcomeCode
CoolDown = Annotated[int, Field(ge=0, le=3650)] | Literal["forever"]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Target = Annotated[str, StringConstraints(pattern=r"^(issue|group|action)/[A-Za-z][A-Za-z0-9_]*$")]
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
SecurityItemCode = Literal["customer_no", "meter_no", "birth_date", "iban_last4", "postcode", "street"]


class Entry(BaseModel):
    """A part of the catalogue file: frozen, and a key nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Entry):
    """A sentence in both languages; may hold `{attribute}` gaps where the catalogue allows them."""

    de: Sentence
    en: Sentence

    def into(self, language: Language) -> str:
        return self.de if language == "de" else self.en


class WordList(Entry):
    """A list of words in both languages."""

    de: tuple[Sentence, ...] = ()
    en: tuple[Sentence, ...] = ()

    def into(self, language: Language) -> tuple[str, ...]:
        return self.de if language == "de" else self.en


class RuleEntry(Entry):
    """One rule: `requires` must be true, or `excludes` must not be true; unknown does neither.

    `because` is said when the rule speaks for the action, `otherwise` when it removes it.
    """

    id: Code
    requires: str | None = None
    excludes: str | None = None
    because: Words | None = None
    otherwise: Words

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        if (self.requires is None) == (self.excludes is None):
            raise ValueError("a rule has either 'requires' or 'excludes'")
        return self


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


class ChoiceEntry(Entry):
    """One branch at a step."""

    id: Code
    label: Words


class InputEntry(Entry):
    """A small value asked at a step."""

    name: Code
    kind: Literal["text", "integer", "amount", "date"]
    label: Words
    unit: str = ""


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


class GroupEntry(Entry):
    """A group of actions on one topic within an issue; its policies hold for each of its actions, before their own."""

    id: Code
    issue: ActionKind
    label: Words
    skills: tuple[Code, ...] = ()
    eligibility: tuple[RuleEntry, ...] = ()
    applicability: tuple[RuleEntry, ...] = ()
    suitability: tuple[RuleEntry, ...] = ()
    cool_down: dict[PastCode, CoolDown] = {}

    @property
    def rules(self) -> tuple[RuleEntry, ...]:
        """The rules of all stages, in order."""
        return self.eligibility + self.applicability + self.suitability


class ActionEntry(Entry):
    """One action as written by the campaign manager; `kind` is its issue.

    The words for the call stand here, those for the portal in `teaser`; both in German and English.
    `placements` are the places of the portal where the teaser may stand; none named: all of them.
    `reason_with_bonus` is said instead of `reason` where the offer holds a bonus, with its amount as `{bonus_eur}`.
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
    title: Words
    reason: Words
    reason_with_bonus: Words | None = None
    bridge: Words
    bridge_for: dict[Code, Words] = {}
    steps: Annotated[tuple[StepEntry, ...], Field(min_length=1)]
    benefits: tuple[BenefitEntry, ...] = ()
    objections: tuple[ObjectionEntry, ...] = ()
    knowledge: tuple[KnowledgeEntry, ...] = ()
    responses: Annotated[tuple[ResponseCode, ...], Field(min_length=1)]
    cool_down: dict[PastCode, CoolDown] = {}
    teaser: Words

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("'valid_to' lies before 'valid_from'")
        return self


def aims_at(target: str, action: ActionEntry) -> bool:
    """Whether `issue/…`, `group/…` or `action/…` means this action; the issue is the action's kind."""
    level, _, name = target.partition("/")
    match level:
        case "issue":
            return name == action.kind.value
        case "group":
            return name == action.group
    return name == action.id


class ConcernEntry(Entry):
    """A contact reason, with the words it is also found by."""

    code: Code
    label: Words
    synonyms: WordList = WordList()


class WordingEntry(Entry):
    """One version of a consent wording; a change is a new version, never an edit."""

    id: Code
    purpose: ConsentPurpose
    channels: Annotated[tuple[ConsentChannel, ...], Field(min_length=1)]
    version: Annotated[int, Field(ge=1)]
    text: Words

    def full_id(self, language: Language) -> str:
        """What the proof of a consent names: text, language and version."""
        return f"{self.id}.{language}.v{self.version}"


class ContextEntry(Entry):
    """How much a concern lifts an issue, a group or an action, in percent; the weights that match are added."""

    concern: Code
    target: Target
    weight: Annotated[int, Field(ge=-100, le=500)]


class LeverEntry(Entry):
    """What the company wants more or less of for now, in percent, and why."""

    id: Code
    target: Target
    percent: Annotated[int, Field(ge=-100, le=300)]
    why: Words


class CompanyEntry(Entry):
    """Who asks for consent, as the wordings name it."""

    name: Sentence
    privacy_url: Sentence


class SecurityEntry(Entry):
    """What may be asked to make sure of the caller, and how many answers must be right."""

    items: Annotated[tuple[SecurityItemCode, ...], Field(min_length=2)]
    required: Annotated[int, Field(ge=2)]

    @model_validator(mode="after")
    def _enough_items(self) -> Self:
        if self.required > len(self.items):
            raise ValueError(f"{self.required} answers are required of {len(self.items)} items")
        return self


class CapEntry(Entry):
    """At most so many times within so many days, the days counted from local midnight, for one customer."""

    target: Target
    counts: Literal["shown", "addressed"] = "addressed"
    at_most: Annotated[int, Field(ge=1, le=1000)]
    days: Annotated[int, Field(ge=1, le=365)]


class ArmsEntry(Entry):
    """How many percent of the customers are in each control arm, drawn anew each period."""

    ranked: Annotated[int, Field(ge=0, le=100)] = 90
    without_levers: Annotated[int, Field(ge=0, le=100)] = 4
    random: Annotated[int, Field(ge=0, le=100)] = 4
    nothing: Annotated[int, Field(ge=0, le=100)] = 2
    period: Literal["month", "quarter", "year"] = "quarter"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = self.ranked + self.without_levers + self.random + self.nothing
        if total != 100:
            raise ValueError(f"the arms come to {total} %, they have to come to 100 %")
        return self


class LearningEntry(Entry):
    """How propensities come about at this site.

    `mode`: one model that learns from all actions together, a count for each action, or the fixed base rates.
    `exploration` scales how far an uncertain propensity is tried out: 1 as uncertain as it is, 0 never.
    """

    mode: Literal["bayes", "beta", "fixed"] = "bayes"
    exploration: Annotated[float, Field(ge=0, le=2)] = LearningSettings().exploration


class LoadGateEntry(Entry):
    """While the queues are busy, only sales actions with at least this propensity are raised.

    `high_from_waiting` is how many waiting callers make the load high where the telephone system says so.
    """

    low: Annotated[float, Field(ge=0, le=1)] = 0
    normal: Annotated[float, Field(ge=0, le=1)] = 0
    high: Annotated[float, Field(ge=0, le=1)] = 0.25
    high_from_waiting: Annotated[int, Field(ge=1)] | None = None


class BonusEntry(Entry):
    """When a bonus is worth it, and what each level of authority may promise at most, in EUR."""

    enough_points: Annotated[float, Field(gt=0, le=100)] = 3
    limits_eur: dict[Code, Annotated[float, Field(ge=0)]] = {}


class PlacementEntry(Entry):
    """A place of the portal and how many teasers it holds."""

    id: Code
    slots: Annotated[int, Field(ge=1, le=3)] = 1


class PersonaPast(Entry):
    """A response of a persona so many days ago."""

    action: Code
    code: PastCode
    days_ago: Annotated[int, Field(ge=0)]
    household: bool = False


class PersonaContact(Entry):
    """A touchpoint of a persona's journey so many days ago; `type` is one of the known types of touchpoints."""

    type: Code
    channel: ContactChannel = ContactChannel.PHONE
    experience: Experience = Experience.NEUTRAL
    days_ago: Annotated[int, Field(ge=0)]


class PersonaExpectation(Entry):
    """What must hold of the decision; each part that is named must hold.

    `order` names pairs: the first is shown, and before the second or without it. `none_of` are issues. `bonus_eur`
    names shown actions with the bonus their offer holds, or null for none.
    """

    first: Code | None = None
    shown: tuple[Code, ...] = ()
    never: tuple[Code, ...] = ()
    order: tuple[tuple[Code, Code], ...] = ()
    none_of: tuple[ActionKind, ...] = ()
    bonus_eur: dict[Code, Annotated[float, Field(gt=0)] | None] = {}
    nothing: bool = False


class PersonaEntry(Entry):
    """A made-up customer in a situation, and what the catalogue must and must not show him; run before approval.

    `values` are declared attributes; those that are left out, and do not follow from others or from `contacts`, are
    missing. A date is given as such or as a number of days from today.
    """

    id: Code
    why: Words
    values: dict[Code, str | bool | int | float | date | None]
    contacts: tuple[PersonaContact, ...] = ()
    past: tuple[PersonaPast, ...] = ()
    objected: bool = False
    skills: tuple[Code, ...] = ()
    authority: Code | None = None
    load: Load = Load.NORMAL
    expect: PersonaExpectation


class CatalogueEntry(Entry):
    """The whole catalogue as written, all files together.

    `skills` are those agents of this site can have; where they are listed, no action may ask for another.
    """

    company: CompanyEntry
    timezone: str
    security: SecurityEntry
    skills: tuple[Code, ...] = ()
    concerns: Annotated[tuple[ConcernEntry, ...], Field(min_length=1)]
    consent_wordings: tuple[WordingEntry, ...]
    cool_down: dict[PastCode, CoolDown]
    household_cool_down: dict[PastCode, CoolDown] = {}
    caps: tuple[CapEntry, ...] = ()
    attributes_off: tuple[str, ...] = ()
    context: tuple[ContextEntry, ...] = ()
    levers: tuple[LeverEntry, ...] = ()
    bonus: BonusEntry = BonusEntry()
    arms: ArmsEntry = ArmsEntry()
    learning: LearningEntry = LearningEntry()
    load_gate: LoadGateEntry = LoadGateEntry()
    placements: tuple[PlacementEntry, ...] = ()
    groups: Annotated[tuple[GroupEntry, ...], Field(min_length=1)]
    personas: tuple[PersonaEntry, ...] = ()
    actions: Annotated[tuple[ActionEntry, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its compiled condition."""

    entry: RuleEntry
    condition: Condition

    @property
    def required(self) -> bool:
        return self.entry.requires is not None


@dataclass(frozen=True, slots=True)
class Action:
    """An action ready for decisions; `rules` are in the order of their stages, the group's before its own.

    `value` is the margin without bonus (or the relative value) as a factor around 1; `median_eur` is what a margin is
    divided by for that.
    """

    entry: ActionEntry
    group: GroupEntry
    advertising: bool
    rules: tuple[tuple[Stage, Rule], ...]
    skills: tuple[str, ...]
    cool_down: Mapping[PastCode, CoolDown]
    household_cool_down: Mapping[PastCode, CoolDown]
    caps: tuple[CapEntry, ...]
    value: float
    median_eur: float

    @property
    def action_id(self) -> str:
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A checked catalogue.

    `version` is a short hash of its content; `queries` is everything its conditions ask of a customer's touchpoints.
    """

    version: str
    entry: CatalogueEntry
    schema: Schema
    zone: ZoneInfo
    actions: tuple[Action, ...]
    queries: tuple[JourneyQuery, ...] = ()

    @property
    def security_items(self) -> tuple[str, ...]:
        """The items to ask the caller for, in their order."""
        return self.entry.security.items

    @property
    def security_items_required(self) -> int:
        """How many items must be right."""
        return self.entry.security.required

    def head(self, language: Language) -> CatalogueHead:
        """The contact reasons, for the panel to keep."""
        return CatalogueHead(
            version=self.version,
            language=language,
            concerns=tuple(
                Concern(code=one.code, label=one.label.into(language), synonyms=one.synonyms.into(language))
                for one in self.entry.concerns
            ),
        )

    def wordings(self, language: Language) -> tuple[ConsentWording, ...]:
        """The consent wordings in force, in one language; `wording_id` names text, language and version."""
        return tuple(self._wording(one, language) for one in self.entry.consent_wordings)

    def _wording(self, entry: WordingEntry, language: Language) -> ConsentWording:
        company = self.entry.company
        text = entry.text.into(language).format(company=company.name, privacy_url=company.privacy_url)
        return ConsentWording(
            wording_id=entry.full_id(language),
            purpose=entry.purpose,
            channels=entry.channels,
            language=language,
            text=text,
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            version=entry.version,
        )
