"""Open cases: what the customer's last contact about a case left undone."""

from __future__ import annotations

from collections.abc import Iterable

from nba_desktop.backend.model import TouchpointRecord


def open_cases(touchpoints: Iterable[TouchpointRecord]) -> frozenset[str]:
    """The cases whose newest touchpoint leaves them open; of one moment the one with the last id counts."""
    newest: dict[str, TouchpointRecord] = {}
    for one in sorted(touchpoints, key=lambda touchpoint: (touchpoint.at, touchpoint.touchpoint_id)):
        if one.case_id is not None:
            newest[one.case_id] = one
    return frozenset(case for case, one in newest.items() if one.case_open)
