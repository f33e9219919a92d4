"""The record of a made-up decision: as the engine writes it, with the few values that such a call has."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.built_in_rules import ADVERTISING_OBJECTION
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.record import CandidateRecord, DecisionRecord, RemovedRecord
from nba_desktop.backend.samples.half_year import truth
from nba_desktop.backend.samples.half_year.offers import Offer, fits
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, DecisionChannel, Load

MODEL: Final = "sample"
"""No model: the probabilities are those the calls are drawn with."""
_DEVIATION: Final = 0.2
_AT: Final = datetime(1, 1, 1, tzinfo=UTC)
_DECISION, _CONTACT, _CUSTOMER = "{decision}", "{contact}", "{customer}"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of a call, as its record names it."""

    decision_id: UUID
    contact_id: UUID
    customer_id: str
    at: datetime
    language: Language
    concern: str
    solved: bool | None
    arm: Arm
    objected: bool
    channels_missing: Sequence[ConsentChannel]


class Records:
    """Writes records; what calls have in common is written once, with gaps for what is a call's own."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._texts: dict[object, str] = {}

    def text(self, decided: Decided, offer: Offer) -> str:
        """Return the record of a decision as text."""
        key = (id(offer), decided.language, decided.concern, decided.solved, decided.arm, *decided.channels_missing)
        if key not in self._texts:
            self._texts[key] = self._with_gaps(decided, offer)
        text = self._texts[key]
        for gap, value in (
            (_AT.isoformat(), decided.at.isoformat()),
            (_DECISION, str(decided.decision_id)),
            (_CONTACT, str(decided.contact_id)),
            (_CUSTOMER, decided.customer_id),
        ):
            text = text.replace(f'"{gap}"', f'"{value}"')
        return text

    def _with_gaps(self, decided: Decided, offer: Offer) -> str:
        objection = ADVERTISING_OBJECTION
        record = DecisionRecord(
            decided_at=_AT,
            customer_id=_CUSTOMER,
            authenticated=True,
            language=decided.language,
            channel=DecisionChannel.CALL,
            placement=None,
            concern=decided.concern,
            concern_solved=decided.solved,
            catalogue_version=self._catalogue.version,
            model_version=MODEL,
            arm=decided.arm,
            load=Load.NORMAL,
            seed=_CONTACT,
            none_because=None,
            inputs={"channels_missing": tuple(one.value for one in decided.channels_missing)},
            candidates=tuple(_candidate(one, decided.concern, offer) for one in offer.candidates),
            removed=tuple(
                RemovedRecord(one.action_id, objection.stage, objection.rule, objection.params)
                for one in self._catalogue.actions
                if decided.objected and one.advertising
            ),
            slate=tuple(one.action_id for one in offer.shown),
            slate_probability=round(offer.probability, 6),
        )
        names = {"decision_id": _DECISION, "contact_id": _CONTACT, "customer_id": _CUSTOMER}
        return json.dumps({**record.to_json(), **names}, ensure_ascii=False, sort_keys=True)


def _candidate(action: Action, concern: str, offer: Offer) -> CandidateRecord:
    rate = round(truth.probability(action.entry.base_rate, fits(action, concern)), 6)
    return CandidateRecord(
        action_id=action.action_id,
        kind=action.entry.kind,
        group=action.group.id,
        propensity=rate,
        deviation=_DEVIATION,
        drawn=rate,
        base_rate=action.entry.base_rate,
        moved_by={},
        context=1.0,
        value=round(action.value, 6),
        levers=1.0,
        bonus_eur=None,
        score=round(rate * action.value, 6),
        quiet=False,
        shown_probability=round(offer.probabilities.get(action.action_id, 0.0), 6),
    )
