"""The catalogue: what campaign managers write (`…Entry`), and the checked whole that decisions use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nba_desktop.backend.decisioning.attributes import Schema
from nba_desktop.backend.decisioning.conditions import Condition
from nba_desktop.contract.base import Code, Language
from nba_desktop.contract.codes import (
    ActionKind,
    ClosingForm,
    ConsentChannel,
    ConsentPurpose,
    Duty,
    ResponseCode,
    Stage,
)
from nba_desktop.contract.consent import ConsentWording
from nba_desktop.contract.contact import CatalogueHead, Concern

FOREVER = "forever"
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


class ValueEntry(Entry):
    """What an accepted action is worth: a contribution margin in EUR, or a value relative to an average sale (= 1)."""

    relative: Annotated[float, Field(gt=0, le=10)] | None = None
    margin_eur_year: Annotated[float, Field(gt=0)] | None = None
    years: Annotated[float, Field(gt=0, le=30)] = 1
    bonus_eur: Annotated[float, Field(ge=0)] = 0
    bonus_moves_retention: bool = False

    @model_validator(mode="after")
    def _one_value(self) -> Self:
        if (self.relative is None) == (self.margin_eur_year is None):
            raise ValueError("a value is either 'relative' or 'margin_eur_year'")
        if self.bonus_eur and not self.bonus_moves_retention:
            raise ValueError("a bonus that does not move the retention probability is not paid: remove 'bonus_eur'")
        if self.margin_eur_year is not None and self.expected_eur <= 0:
            raise ValueError("the bonus eats the whole contribution margin")
        return self

    @property
    def expected_eur(self) -> float:
        """Contribution margin over the retained period, less the bonus; 0 for a relative value."""
        return (self.margin_eur_year or 0) * self.years - self.bonus_eur


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
    """One instruction of the guide; `when` names an earlier step and the choice that leads here."""

    id: Code
    text: Words
    choices: tuple[ChoiceEntry, ...] = ()
    input: InputEntry | None = None
    when: Annotated[dict[Code, Code], Field(min_length=1, max_length=1)] | None = None


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


class ActionEntry(Entry):
    """One action as written by the campaign manager."""

    id: Code
    kind: ActionKind
    group: Code
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
    bridge: Words
    bridge_for: dict[Code, Words] = {}
    steps: Annotated[tuple[StepEntry, ...], Field(min_length=1)]
    benefits: tuple[BenefitEntry, ...] = ()
    objections: tuple[ObjectionEntry, ...] = ()
    knowledge: tuple[KnowledgeEntry, ...] = ()
    responses: Annotated[tuple[ResponseCode, ...], Field(min_length=1)]
    cool_down: dict[ResponseCode, CoolDown] = {}
    teaser: Words


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


class CatalogueEntry(Entry):
    """The whole catalogue as written, all files together."""

    company: CompanyEntry
    timezone: str
    security: SecurityEntry
    concerns: Annotated[tuple[ConcernEntry, ...], Field(min_length=1)]
    consent_wordings: tuple[WordingEntry, ...]
    cool_down: dict[ResponseCode, CoolDown]
    attributes_off: tuple[str, ...] = ()
    context: tuple[ContextEntry, ...] = ()
    levers: tuple[LeverEntry, ...] = ()
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
    """An action ready for decisions; `rules` are in the order of their stages."""

    entry: ActionEntry
    advertising: bool
    rules: tuple[tuple[Stage, Rule], ...]
    cool_down: Mapping[ResponseCode, CoolDown]
    value: float

    @property
    def action_id(self) -> str:
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A checked catalogue; `version` is a short hash of its content."""

    version: str
    entry: CatalogueEntry
    schema: Schema
    zone: ZoneInfo
    actions: tuple[Action, ...]

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
