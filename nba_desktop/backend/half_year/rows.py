"""A made-up call as the rows that its events would have become, had they arrived one by one."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from operator import attrgetter
from typing import Final, Literal
from uuid import UUID

from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.rows.decisions import DecisionRow
from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.backend.samples.half_year.told import Told
from nba_desktop.backend.store.bulk import CallRows
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    FollowUpPlanned,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
)

_ON_THE_WAY: Final = timedelta(seconds=1)
"""What an event takes from the panel to the backend."""

_DECISION: Final = tuple(one.name for one in fields(DecisionRow) if one.name != "shown")
_OUTCOME: Final = tuple(one.name for one in fields(OutcomeRow))
_decision_values = attrgetter(*_DECISION)
_outcome_values = attrgetter(*_OUTCOME)


def add_rows(rows: CallRows, told: Told) -> None:
    """Append everything of a call but consents and the review's facts."""
    contact = told.contact
    rows.contacts.append(
        {
            "contact_id": contact.contact_id,
            "agent_id": contact.agent_id,
            "started_at": contact.started_at,
            "channel": "call",
            "direction": contact.direction,
            "number_raw": contact.number.raw,
            "number_e164": contact.number.e164,
            "presentation": contact.number.presentation,
            "queue": contact.queue,
            "interaction_id": contact.interaction_id,
            "attached_customer_no": contact.attached_customer_no,
            "language": contact.language,
            "waiting": contact.waiting,
            "source": contact.source,
            "ivr_path": contact.ivr_path,
            "ivr_level": None,
            **told.state_columns(),
        }
    )
    if told.decision is not None:
        rows.decisions.append(dict(zip(_DECISION, _decision_values(told.decision), strict=True)))
        rows.decision_actions.extend(
            {"decision_id": told.decision.decision_id, "rank": rank, "action_id": action_id}
            for rank, action_id in enumerate(told.decision.shown, start=1)
        )
    rows.outcomes.extend(dict(zip(_OUTCOME, _outcome_values(one), strict=True)) for one in told.outcomes)
    _Effects(rows, told).add()


class _Effects:
    """What the events of a call leave in other tables."""

    def __init__(self, rows: CallRows, told: Told) -> None:
        self._rows = rows
        self._told = told
        shown = () if told.offer is None else told.offer.shown
        self._actions = {one.action_id: one for one in shown}
        self._answers: dict[UUID, dict[str, object]] = {}
        decided = told.decision
        self._customer_id = None if decided is None else decided.customer_id

    def add(self) -> None:
        for event in self._told.events:
            self._rows.events.append(
                {
                    "event_id": event.event_id,
                    "contact_id": event.contact_id,
                    "seq": event.seq,
                    "type": event.type,
                    "at": event.at,
                    "received_at": event.at + _ON_THE_WAY,
                    "agent_id": self._told.contact.agent_id,
                    "body": event.model_dump_json(),
                }
            )
            match event:
                case ActionsShown():
                    for action_id in event.action_ids:
                        self._expose(event, event.decision_id, "shown", action_id)
                case ActionAddressed():
                    self._expose(event, event.decision_id, "addressed", event.action_id)
                case ObjectionRaised():
                    self._expose(event, event.decision_id, "objection", event.action_id, event.objection_id)
                case ResponseRecorded():
                    self._respond(event)
                case ResponseRetracted():
                    taken = self._answers[event.retracts]
                    counter = {"event_id": event.event_id, "retracts": event.retracts, "note": "", "at": event.at}
                    self._rows.responses.append(taken | counter)
                case FollowUpPlanned():
                    self._promise(event)
                case _:
                    pass

    def _promise(self, event: FollowUpPlanned) -> None:
        done_at = self._told.done.get(event.event_id)
        self._rows.follow_ups.append(
            {
                "follow_up_id": event.event_id,
                "contact_id": event.contact_id,
                "agent_id": self._told.contact.agent_id,
                "kind": event.kind.value,
                "due": event.due,
                "at_time": event.at_time,
                "words": event.words,
                "concern": event.concern,
                "decision_id": event.decision_id,
                "action_id": event.action_id,
                "planned_at": event.at,
                "done_at": done_at,
                "done_by": None if done_at is None else self._told.contact.agent_id,
            }
        )

    def _expose(
        self,
        event: AnyEvent,
        decision_id: UUID,
        fact: Literal["shown", "addressed", "objection"],
        action_id: str,
        objection_id: str | None = None,
    ) -> None:
        self._rows.exposures.append(
            {
                "event_id": event.event_id,
                "action_id": action_id,
                "fact": fact,
                "objection_id": objection_id,
                "decision_id": decision_id,
                "contact_id": event.contact_id,
                "customer_id": self._customer_id,
                "at": event.at,
                "group_id": _group(self._actions.get(action_id)),
            }
        )

    def _respond(self, event: ResponseRecorded) -> None:
        row: dict[str, object] = {
            "event_id": event.event_id,
            "retracts": None,
            "contact_id": event.contact_id,
            "customer_id": self._customer_id,
            "decision_id": event.decision_id,
            "action_id": event.action_id,
            "code": event.code.value,
            "note": event.note,
            "at": event.at,
            "group_id": None if event.action_id is None else _group(self._actions.get(event.action_id)),
        }
        self._answers[event.event_id] = row
        self._rows.responses.append(row)


def _group(action: Action | None) -> str | None:
    return None if action is None else action.group.id
