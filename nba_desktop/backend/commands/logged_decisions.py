"""Our own decisions from the store, as `evaluate` counts them."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from nba_desktop.backend.analysis.decision_log import LoggedCandidate, LoggedDecision, LoggedExposure
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import existing_store
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.learning.labels import final_label
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.decisions import LoggedAction, StoredDecision
from nba_desktop.contract.codes import NOT_ADDRESSED_CODES, ActionKind, OutcomeCode, ResponseCode

_AT_A_TIME: Final = 500
_LONGEST_CALL: Final = timedelta(hours=12)
_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)


def read_log(args: argparse.Namespace) -> Iterator[LoggedDecision]:
    """Read one decision for each call with a known customer, from the first to the last day asked for.

    A call is decided anew whenever the agent says something. What counts is the last decision of which an action was
    addressed or answered, or the last one where none was; what became of its actions counts whichever decision of the
    call it was recorded under. Days end at midnight where the site is.
    """
    with existing_store(args) as store, store.read() as unit:
        zone = LiveCatalogues().in_force(unit).live.zone
        since = _FIRST if args.since is None else _midnight(args.since, zone)
        until = now_utc() if args.until is None else _midnight(args.until + timedelta(days=1), zone)
        decisions = iter(unit.decisions.log(since, until))
        going_on: dict[UUID, list[StoredDecision]] = {}
        while some := list(islice(decisions, _AT_A_TIME)):
            for one in some:
                if one.contact_id is not None and one.customer_id is not None:
                    going_on.setdefault(one.contact_id, []).append(one)
            over = some[-1].decided_at - _LONGEST_CALL
            ended = [contact for contact, of_it in going_on.items() if of_it[-1].decided_at < over]
            yield from _logged(unit, [going_on.pop(contact) for contact in ended])
        yield from _logged(unit, list(going_on.values()))


def _logged(unit: Unit, calls: Sequence[Sequence[StoredDecision]]) -> Iterator[LoggedDecision]:
    facts = defaultdict(list)
    for one in unit.decisions.logged_actions([decision.decision_id for call in calls for decision in call]):
        facts[one.decision_id].append(one)
    for call in calls:
        used = [one for one in call if any(fact.addressed or fact.codes for fact in facts[one.decision_id])]
        last = (used or call)[-1]
        record = json.loads(last.record)
        # Without a settled customer nothing was offered; records from before the arms say nothing about them.
        if last.customer_id is None or not record["authenticated"] or "slate_probability" not in record:
            continue
        probabilities = {one["action_id"]: one["shown_probability"] for one in record["candidates"]}
        said = [one for decision in call for one in facts[decision.decision_id]]
        yield LoggedDecision(
            decision_id=str(last.decision_id),
            customer_id=last.customer_id,
            moment=last.decided_at,
            arm=Arm(record["arm"]),
            candidates=tuple(_candidate(one) for one in record["candidates"]),
            slate=tuple(
                _exposure(
                    action_id,
                    probabilities[action_id],
                    [one for one in said if one.action_id == action_id],
                    unit.decisions.codes(last.decision_id, action_id),
                )
                for action_id in record["slate"]
            ),
        )


def _candidate(record: dict[str, Any]) -> LoggedCandidate:
    return LoggedCandidate(
        action_id=record["action_id"],
        propensity=record["propensity"],
        priority=record["score"],
        levers=record["levers"],
        service=record["kind"] == ActionKind.SERVICE.value,
    )


def _exposure(
    action_id: str, probability: float, facts: Sequence[LoggedAction], codes: Sequence[ResponseCode | OutcomeCode]
) -> LoggedExposure:
    """The facts about one action, of all the call's decisions that recommended it; `codes` are the whole call's."""
    label = final_label(codes)
    return LoggedExposure(
        action_id=action_id,
        shown_probability=probability,
        shown=any(one.shown for one in facts),
        addressed=any(one.addressed for one in facts),
        responded=any(isinstance(one, ResponseCode) and one not in NOT_ADDRESSED_CODES for one in codes),
        label=None if label is None else float(label.accepted),
        completed=OutcomeCode.COMPLETED in codes,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
