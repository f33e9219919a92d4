"""Which group an action had when it was decided: a later catalogue may have moved, renamed or dropped it."""

from __future__ import annotations

import json

from nba_desktop.backend.rows.decisions import StoredDecision


def group_decided(decision: StoredDecision | None, action_id: str) -> str | None:
    """Return the group of an action that a decision shows, from its record; None where nothing says it.

    The record is asked and not the version of the catalogue, which an update of the product may have made unreadable.
    """
    candidates = () if decision is None else json.loads(decision.record).get("candidates", ())
    return next((one["group"] for one in candidates if one["action_id"] == action_id), None)
