"""Which tables hold what of a customer, and what becomes of it when he is erased.

A table is declared here, with a section of the export or with the reason why it has none; a test holds this against the
schema, so that no new table is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Erasure(StrEnum):
    """What erasure does with the rows of a table."""

    REMOVED = "removed"
    UNLINKED = "unlinked"
    """Kept for statistics: a random id stands in place of the customer's, and what may name him is emptied."""
    RESTRICTED = "restricted"
    """Kept because the law wants it, for the consent officer's eyes alone."""
    GOES_WITH = "goes_with"
    """Names nobody itself; what it belongs to is unlinked."""


@dataclass(frozen=True, slots=True)
class SubjectTable:
    """A table with something of customers; `emptied` are the columns with free text, numbers or names."""

    section: str
    erasure: Erasure
    emptied: tuple[str, ...] = ()


SUBJECT_TABLES: Final[Mapping[str, SubjectTable]] = {
    # In the order in which erasure works: what is found through another table comes before it.
    # What was not handed over yet goes, too: that he was erased is told instead.
    "deliveries": SubjectTable("deliveries", Erasure.REMOVED),
    "outbound_events": SubjectTable("outbound_events", Erasure.REMOVED),
    "subject_requests": SubjectTable("corrections", Erasure.REMOVED),
    "events": SubjectTable("events", Erasure.UNLINKED),
    "follow_ups": SubjectTable("follow_ups", Erasure.UNLINKED, ("words",)),
    "feedback": SubjectTable("feedback", Erasure.UNLINKED, ("note", "answer")),
    "shadow_decisions": SubjectTable("trial_decisions", Erasure.UNLINKED),
    "decision_actions": SubjectTable("recommended_actions", Erasure.GOES_WITH),
    "decisions": SubjectTable("decisions", Erasure.UNLINKED),
    "portal_decisions": SubjectTable("teasers", Erasure.UNLINKED),
    "exposures": SubjectTable("exposures", Erasure.UNLINKED),
    "responses": SubjectTable("responses", Erasure.UNLINKED, ("note",)),
    "outcomes": SubjectTable("outcomes", Erasure.UNLINKED),
    "contacts": SubjectTable(
        "contacts",
        Erasure.UNLINKED,
        ("number_raw", "number_e164", "attached_customer_no", "note", "interaction_id"),
    ),
    "readings": SubjectTable("readings", Erasure.UNLINKED, ("reason",)),
    "consent_events": SubjectTable("consents", Erasure.RESTRICTED),
    "consent_restrictions": SubjectTable("restriction", Erasure.RESTRICTED),
    "touchpoints": SubjectTable("touchpoints", Erasure.REMOVED),
    "waiting_events": SubjectTable("waiting_events", Erasure.REMOVED),
    "journey_features": SubjectTable("journey_features", Erasure.REMOVED),
    "contracts": SubjectTable("contracts", Erasure.REMOVED),
    "customer_phones": SubjectTable("phones", Erasure.REMOVED),
    "customers": SubjectTable("customer", Erasure.REMOVED),
}

OTHER_TABLES: Final[Mapping[str, str]] = {
    "agents": "of staff; the export names them by their pseudonyms",
    "tokens": "of staff and machines",
    "sign_ins": "of staff and machines",
    "teams": "of staff",
    "team_members": "of staff",
    "team_leads": "of staff",
    "hook_sources": "of telephone systems",
    "hook_users": "of staff",
    "site_settings": "of the site",
    "outbound_endpoints": "of other systems",
    "catalogue_versions": "of the site: the same for all customers",
    "catalogue_steps": "of the site",
    "consent_wordings": "of the site; the export has those that the customer's entries name",
    "consent_head": "the end of the chain of all customers",
    "learning_log": "sums to a few cells of the model; the responses they come from are exported",
    "model_snapshots": "the sum over all customers",
    "review_modes": "of the site",
    "review_accesses": "of staff: who looked at whose figures",
    "audit_looks": "of staff: who looked at what somebody has read",
    "review_notes": "of staff: what leads and agents wrote about an agent's work",
    "review_pending": "names contacts that are exported, until they are counted",
    "review_calls": "figures of staff, counted from contacts, decisions and responses that are exported",
    "review_actions": "as review_calls",
    "review_objections": "as review_calls",
    "review_follow_ups": "figures of staff, counted from promises that are exported",
    "review_segments": "as review_calls, packed",
    "queue_calls": "times of calls by queue; names neither a number nor a contact",
    "value_runs": "models of all customers together; a customer's id stands there only while the writing goes on",
    "imports": "of files; what was in them is in the tables it went to",
    "erasures": "who was erased is only there as a hash, and nothing else of him",
    "retention_reports": "numbers and days of what was removed",
}

HIDDEN_COLUMNS: Final[Mapping[str, str]] = {
    "customer_no_search": "a folded copy for the search",
    "name_search": "a folded copy for the search",
    "address_search": "a folded copy for the search",
    "contract_no_search": "a folded copy for the search",
    "digits_reversed": "a reversed copy for the search",
    "counts": "counted from the touchpoints, which are exported",
    "cases": "read from the touchpoints, which are exported",
    "last_spoken_with": "an agent's name: in conversations, agents appear by their pseudonyms",
}
"""Columns that the export leaves out, each with why."""
