"""What waits for a customer because of an event, as it counts in one decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nba_desktop.backend.decisioning.attributes import LegalBasis
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.customer_values import refused_bases
from nba_desktop.backend.decisioning.record import WaitingRecord
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.model import WaitingEvent


def waiting_records(catalogue: Catalogue, request: DecisionRequest) -> tuple[WaitingRecord, ...]:
    """Return what raises actions now, the newest touchpoint of each trigger and action.

    What another version of the catalogue raised counts as this one says. What the customer did alone with portal, app
    or mail counts only with his consent to profiling.
    """
    if not request.waiting:
        return ()
    refused = refused_bases(request.consents)
    raises = {one.entry.id: one.raises for one in catalogue.triggers}
    newest: dict[tuple[str, str], WaitingEvent] = {}
    for one in sorted(request.waiting, key=lambda event: event.at):
        if _basis(catalogue, one) not in refused and one.action_id in raises.get(one.trigger_id, {}):
            newest[one.trigger_id, one.action_id] = one
    return tuple(
        WaitingRecord(one.action_id, one.trigger_id, raises[one.trigger_id][one.action_id], one.at)
        for one in sorted(newest.values(), key=lambda event: (event.action_id, event.trigger_id))
    )


def percents(waiting: Iterable[WaitingRecord]) -> Mapping[str, int]:
    """Return by how much each action is raised, in percent; what several events raise is added."""
    sums: dict[str, int] = {}
    for one in waiting:
        sums[one.action_id] = sums.get(one.action_id, 0) + one.percent
    return sums


def _basis(catalogue: Catalogue, event: WaitingEvent) -> LegalBasis:
    kind = catalogue.vocabulary.touchpoint_types.get(event.touchpoint_type)
    return "consent:profiling" if kind is None or kind.watched else "service"
