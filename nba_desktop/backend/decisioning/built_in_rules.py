"""The rules that hold in every catalogue besides its contact policy: their names and stages, said once.

The engine asks them in the order of the stages and stops at the first; a simulation asks them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.contact_policy import Removal
from nba_desktop.contract.codes import ActionKind, Load, Stage

ADVERTISING_OBJECTION: Final = Removal(Stage.LEGAL, "advertising_objection", {})
OPEN_COMPLAINT: Final = Removal(Stage.APPLICABILITY, "open_complaint", {})
"""It removes advertising and sales, like everything in `quiet`."""
LOAD_GATE: Final = "load_gate"


def is_objected_to(action: Action) -> bool:
    """Whether an objection to advertising removes an action: it leaves only service actions.

    What belongs to the running contract is no advertising, and yet is nothing to raise with somebody who objected.
    """
    return action.advertising or action.entry.kind is not ActionKind.SERVICE


def out_of_date(action: Action, today: date) -> Removal | None:
    """Why an action may not be raised on this day, if so."""
    first, last = action.entry.valid_from, action.entry.valid_to
    if first is not None and today < first:
        return Removal(Stage.ELIGIBILITY, "not_valid_yet", {"from": first.isoformat()})
    if last is not None and today > last:
        return Removal(Stage.ELIGIBILITY, "no_longer_valid", {"until": last.isoformat()})
    return None


def value_missing(action: Action, values: Mapping[str, Value]) -> Removal | None:
    """Why an action cannot be raised with these values, if so; the first one it needs and lacks is named."""
    for name in action.entry.needs:
        if values.get(name) in (None, ()):
            return Removal(Stage.ELIGIBILITY, "value_missing", {"attribute": name})
    return None


def skill_missing(action: Action, skills: frozenset[str]) -> Removal | None:
    """Why an agent with these skills may not raise an action, if so; the first one he lacks is named."""
    for skill in action.skills:
        if skill not in skills:
            return Removal(Stage.AGENT, "skill_missing", {"skill": skill})
    return None


def load_gate(catalogue: Catalogue, load: Load) -> tuple[float, Removal]:
    """The propensity that sales actions need while the queues are so busy, and what happens to those below it."""
    threshold: float = getattr(catalogue.entry.load_gate, load.value)
    return threshold, Removal(Stage.SELECTION, LOAD_GATE, {"percent": round(threshold * 100)})
