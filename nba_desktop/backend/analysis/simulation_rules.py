"""What removed an action, as a sentence for many customers: the catalogue's own words, or those of a built-in rule."""

from __future__ import annotations

from datetime import date
from typing import Final

from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.content import Filler
from nba_desktop.contract.codes import Stage

_BUILT_IN: Final = {
    "advertising_objection": "A marketing objection is on file",
    "not_valid_yet": "The action has not started yet",
    "no_longer_valid": "The action has ended",
    "open_complaint": "A complaint is open",
    "quiet_complaint": "The agent noticed a complaint",
    "quiet_outage": "An outage is going on",
    "quiet_vulnerable": "The customer needs special protection",
    "representative": "Somebody else speaks for the customer",
    "consent_settled": "The consent is settled already",
    "consent_refused_recently": "The consent was refused recently",
    "cool_down": "The cool-down after an earlier response has not ended",
    "household_cool_down": "Somebody else of the home was asked recently",
    "already_accepted": "The customer accepted it already",
    "topic_blocked": "The customer does not want the topic raised",
    "wrong_data": "The customer's data are being checked",
    "cap_reached": "It was raised as often as the cap allows",
    "value_missing": "A value it needs is missing",
    "skill_missing": "The agent lacks a skill it needs",
    "load_gate": "The queues are busy, and a yes is not likely enough",
    "outranked": "Other actions have a higher priority",
    "one_consent_only": "At most one consent question is asked",
    "service_reserved": "A place is kept for a service action",
}


class RuleSentences:
    """The sentences of one catalogue, in English."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        # What is said to one customer has his values; for many of them they stay gaps.
        self._filler = Filler(catalogue.schema, {}, "en", today)
        self._own = {
            (action.action_id, stage, rule.entry.id): self._filler.fill(rule.entry.otherwise.en)
            for action in catalogue.actions
            for stage, rule in action.rules
        }

    def of(self, action_id: str, stage: Stage, rule: str) -> str:
        """Say why a rule removes an action."""
        return self._own.get((action_id, stage, rule)) or _BUILT_IN.get(rule, rule)

    def title(self, action: Action) -> str:
        """The action's title."""
        return self._filler.fill(action.entry.title.en)
