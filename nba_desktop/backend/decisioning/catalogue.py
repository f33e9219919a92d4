"""The checked catalogue that decisions use; what campaign managers write is in `entries`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nba_desktop.backend.decisioning.attributes import Schema
from nba_desktop.backend.decisioning.conditions import Condition, JourneyQuery
from nba_desktop.backend.decisioning.customer_personas import CustomerPersona
from nba_desktop.backend.decisioning.entries.actions import ActionEntry, GroupEntry
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.entries.cool_downs import CoolDown, PastCode
from nba_desktop.backend.decisioning.entries.policies import CapEntry
from nba_desktop.backend.decisioning.entries.rules import RuleEntry
from nba_desktop.backend.decisioning.entries.site import WordingEntry
from nba_desktop.backend.decisioning.knowledge import knowledge_of
from nba_desktop.backend.decisioning.triggers import Trigger
from nba_desktop.backend.decisioning.vocabulary import BUILT_IN, Vocabulary
from nba_desktop.backend.journey.concerns import COMMON, ConcernHint, ConcernRules
from nba_desktop.backend.journey.rules import BUILT_IN_RULES, JourneyRule
from nba_desktop.backend.journey.words import SiteWords, TouchpointWords
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import Stage
from nba_desktop.contract.consent import ConsentWording
from nba_desktop.contract.contact import CatalogueHead, Concern
from nba_desktop.contract.knowledge import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its compiled condition."""

    entry: RuleEntry
    condition: Condition

    @property
    def required(self) -> bool:
        """Whether the condition must be true; otherwise it must not be."""
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
        """The id in the catalogue."""
        return self.entry.id


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A checked catalogue.

    `version` is a short hash of its content; `queries` is everything its conditions ask of a customer's touchpoints.
    `vocabulary` is what may be delivered of a customer, `schema` what of it conditions and sentences may ask.
    """

    version: str
    entry: CatalogueEntry
    schema: Schema
    zone: ZoneInfo
    actions: tuple[Action, ...]
    queries: tuple[JourneyQuery, ...] = ()
    vocabulary: Vocabulary = BUILT_IN
    triggers: tuple[Trigger, ...] = ()
    journey_rules: tuple[JourneyRule, ...] = BUILT_IN_RULES
    customer_personas: tuple[CustomerPersona, ...] = ()

    @property
    def security_items(self) -> tuple[str, ...]:
        """The items to ask the caller for, in their order."""
        return self.entry.security.items

    @property
    def security_items_required(self) -> int:
        """How many items must be right."""
        return self.entry.security.required

    def site_words(self, language: Language) -> SiteWords:
        """The site's own words for what stands in a journey."""
        return SiteWords(
            touchpoints={
                one.code: TouchpointWords(one.word.into(language), one.sentence.into(language))
                for one in self.entry.touchpoint_types
            },
            forms={one.code: one.label.into(language) for one in self.entry.forms},
        )

    def declared_words(self, language: Language) -> dict[str, str]:
        """The site's words for codes that it declared, as `key:code` with the key that the code stands under."""
        entry = self.entry
        said = {f"type:{one.code}": one.word for one in entry.touchpoint_types}
        said |= {f"commodity:{one.code}": one.label for one in entry.contract_kinds}
        said |= {f"form:{one.code}": one.label for one in entry.forms}
        said |= {
            f"{key}:{one.attribute}": one.label
            for one in entry.security.declared
            for key in ("item", "items_passed", "items_failed")
        }
        return {code: words.into(language) for code, words in said.items()}

    def concern_rules(self, language: Language) -> ConcernRules:
        """What makes the site's concerns probable."""
        entry = self.entry
        codes = tuple(one.code for one in entry.concerns)
        usual = tuple(code for code in COMMON if code in codes)
        return ConcernRules(
            known=frozenset(codes),
            common=entry.common_concerns or usual or codes,
            hints=tuple(
                ConcernHint(
                    one.touchpoint, one.params, one.within_days, one.concern, one.weight, one.because.into(language)
                )
                for one in entry.concern_hints
            ),
            forms={one.code: one.concern for one in entry.forms if one.concern is not None},
        )

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

    def knowledge(self, language: Language) -> KnowledgeBase:
        """All further information, for the panel to keep and to search."""
        return knowledge_of(self.entry, self.version, language)

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
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            company_name=company.name,
            company_address=company.address,
            goods_and_services=None if entry.goods_and_services is None else entry.goods_and_services.into(language),
            privacy_notice_version=company.privacy_notice,
            approved_by=entry.approved_by,
            approved_at=entry.approved_at,
        )
