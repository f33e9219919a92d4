"""The whole catalogue as written, all files together."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nba_desktop.backend.decisioning.entries.actions import ActionEntry, GroupEntry
from nba_desktop.backend.decisioning.entries.base import Entry, Words
from nba_desktop.backend.decisioning.entries.cool_downs import CONFIRM_DAYS, CoolDown, PastCode
from nba_desktop.backend.decisioning.entries.crm import CrmEntry
from nba_desktop.backend.decisioning.entries.customer_personas import MOST_PERSONAS, CustomerPersonaEntry
from nba_desktop.backend.decisioning.entries.guide import ArticleEntry
from nba_desktop.backend.decisioning.entries.journey import JourneyRuleEntry
from nba_desktop.backend.decisioning.entries.personas import PersonaEntry
from nba_desktop.backend.decisioning.entries.policies import (
    ArmsEntry,
    BonusEntry,
    CapEntry,
    ContextEntry,
    LearningEntry,
    LeverEntry,
    LoadGateEntry,
)
from nba_desktop.backend.decisioning.entries.site import (
    CompanyEntry,
    ConcernEntry,
    ConsentProofEntry,
    ContactRulesEntry,
    DataProtectionEntry,
    PlacementEntry,
    QuietEntry,
    RetentionEntry,
    ReviewEntry,
    SecurityEntry,
    WordingEntry,
)
from nba_desktop.backend.decisioning.entries.triggers import TriggerEntry
from nba_desktop.backend.decisioning.entries.value import ValueEntry
from nba_desktop.backend.decisioning.entries.vocabulary import (
    AttributeEntry,
    ConcernHintEntry,
    ContractKindEntry,
    FormEntry,
    TouchpointTypeEntry,
    Trade,
)
from nba_desktop.contract.base import Code
from nba_desktop.contract.codes import ResponseCode


class CatalogueEntry(Entry):
    """The whole catalogue as written, all files together.

    `confirm_teaser` is what the portal says of an action that was accepted in a call and waits for its confirmation.
    `skills` are those agents of this site can have; where they are listed, no action may ask for another.
    `knowledge` is further information that belongs to no action. `trade` says which words are built in: those of an
    energy utility, or only those that every trade has. `common_concerns` fill the places that the journey leaves open.
    `journey_rules` stand in place of the product's own. `customer_personas` say how to speak with whom; the `personas`
    are made-up customers who test the catalogue.
    """

    company: CompanyEntry
    trade: Trade = "energy"
    attributes: tuple[AttributeEntry, ...] = ()
    touchpoint_types: tuple[TouchpointTypeEntry, ...] = ()
    contract_kinds: tuple[ContractKindEntry, ...] = ()
    forms: tuple[FormEntry, ...] = ()
    timezone: str
    security: SecurityEntry
    quiet: QuietEntry = QuietEntry()
    skills: tuple[Code, ...] = ()
    concerns: Annotated[tuple[ConcernEntry, ...], Field(min_length=1)]
    concern_hints: tuple[ConcernHintEntry, ...] = ()
    common_concerns: tuple[Code, ...] = ()
    consent_wordings: tuple[WordingEntry, ...]
    consent_proof: ConsentProofEntry = ConsentProofEntry()
    contact_rules: ContactRulesEntry = ContactRulesEntry()
    cool_down: dict[PastCode, CoolDown]
    household_cool_down: dict[PastCode, CoolDown] = Field(default_factory=dict)
    caps: tuple[CapEntry, ...] = ()
    attributes_off: tuple[str, ...] = ()
    context: tuple[ContextEntry, ...] = ()
    levers: tuple[LeverEntry, ...] = ()
    triggers: tuple[TriggerEntry, ...] = ()
    journey_rules: tuple[JourneyRuleEntry, ...] | None = None
    bonus: BonusEntry = BonusEntry()
    arms: ArmsEntry = ArmsEntry()
    learning: LearningEntry = LearningEntry()
    load_gate: LoadGateEntry = LoadGateEntry()
    placements: tuple[PlacementEntry, ...] = ()
    confirm_teaser: Words = Words(de="Jetzt bestätigen", en="Confirm now")
    review: ReviewEntry = ReviewEntry()
    data_protection: DataProtectionEntry = DataProtectionEntry()
    retention: RetentionEntry = RetentionEntry()
    value: ValueEntry = ValueEntry()
    crm: CrmEntry = CrmEntry()
    customer_personas: Annotated[tuple[CustomerPersonaEntry, ...], Field(max_length=MOST_PERSONAS)] = ()
    groups: Annotated[tuple[GroupEntry, ...], Field(min_length=1)]
    knowledge: tuple[ArticleEntry, ...] = ()
    personas: tuple[PersonaEntry, ...] = ()
    actions: Annotated[tuple[ActionEntry, ...], Field(min_length=1)]


def site_cool_down(entry: CatalogueEntry) -> dict[PastCode, CoolDown]:
    """Return the site's cool-downs; a yes rests while it waits to be confirmed, whether or not they name it."""
    return {ResponseCode.ACCEPTED_PENDING: CONFIRM_DAYS, **entry.cool_down}
