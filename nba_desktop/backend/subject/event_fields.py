"""Which fields of an event are personal, and what stands in their place after erasure.

Every field of every event is declared; a test walks the events of the contract, so that a new field is not forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES


class Field(StrEnum):
    """What erasure does with a field."""

    KEPT = "kept"
    UNLINKED = "unlinked"
    """The customer's id: a random one stands in its place."""
    EMPTIED = "emptied"
    """Words, numbers, names: nothing stands in its place."""


_KEPT, _UNLINKED, _EMPTIED = Field.KEPT, Field.UNLINKED, Field.EMPTIED

COMMON_FIELDS: Final = frozenset({"event_id", "contact_id", "seq", "at", "type"})
"""What every event has; it names nobody."""

EVENT_FIELDS: Final[Mapping[str, Mapping[str, Field]]] = {
    "contact_started": {
        "channel": _KEPT,
        "direction": _KEPT,
        "number": _EMPTIED,
        "queue": _KEPT,
        # The telephone system's own records know the caller by it.
        "interaction_id": _EMPTIED,
        "customer_no": _EMPTIED,
        "language": _KEPT,
        "waiting": _KEPT,
        "source": _KEPT,
        "ivr_path": _KEPT,
        "ivr_level": _KEPT,
    },
    "caller_authenticated": {
        "customer_id": _UNLINKED,
        "level": _KEPT,
        "items_passed": _KEPT,
        "items_failed": _KEPT,
        "vouched_by": _KEPT,
    },
    "security_item_failed": {"customer_id": _UNLINKED, "item": _KEPT},
    "security_item_corrected": {"customer_id": _UNLINKED, "item": _KEPT},
    "speaker_named": {"customer_id": _UNLINKED, "speaker": _KEPT},
    "call_flagged": {"flag": _KEPT, "on": _KEPT},
    "concern_chosen": {"concern": _KEPT},
    "concern_solved": {"concern": _KEPT, "solved": _KEPT, "follow_up": _KEPT},
    "actions_shown": {"decision_id": _KEPT, "action_ids": _KEPT, "painted_ms": _KEPT},
    "action_addressed": {"decision_id": _KEPT, "action_id": _KEPT},
    "objection_raised": {"decision_id": _KEPT, "action_id": _KEPT, "objection_id": _KEPT},
    "response_recorded": {"decision_id": _KEPT, "action_id": _KEPT, "code": _KEPT, "note": _EMPTIED},
    "response_retracted": {"retracts": _KEPT},
    "follow_up_planned": {
        "kind": _KEPT,
        "due": _KEPT,
        "at_time": _KEPT,
        "words": _EMPTIED,
        "concern": _KEPT,
        "decision_id": _KEPT,
        "action_id": _KEPT,
    },
    "follow_up_cancelled": {"cancels": _KEPT},
    "confirmation_requested": {"decision_id": _KEPT, "action_id": _KEPT, "channel": _KEPT},
    "consent_recorded": {
        "customer_id": _UNLINKED,
        "purpose": _KEPT,
        "channel": _KEPT,
        "event": _KEPT,
        "wording_id": _KEPT,
        "wording_sha256": _KEPT,
        "read_aloud_confirmed": _KEPT,
        "customer_words": _EMPTIED,
    },
    "recommendation_questioned": {
        "decision_id": _KEPT,
        "action_id": _KEPT,
        "reason": _KEPT,
        "note": _EMPTIED,
    },
    "correction_requested": {"customer_id": _UNLINKED, "field": _KEPT, "words": _EMPTIED},
    "erasure_requested": {"customer_id": _UNLINKED, "words": _EMPTIED},
    "contact_note_written": {"text": _EMPTIED},
    "contact_ended": {"cause": _KEPT, "duration_s": _KEPT, "held_s": _KEPT, "waited_s": _KEPT},
    "wrap_up_finished": {"seconds": _KEPT},
}

_EMPTY: Final[Mapping[str, Any]] = {"customer_no": None}


def body_without_identity(body: str, customer_id: str, stand_in: str) -> str:
    """Return an event's stored text with nothing of a customer in it; it is still an event of the contract."""
    event: dict[str, Any] = json.loads(body)
    for name, field in EVENT_FIELDS[event["type"]].items():
        if name not in event or field is _KEPT:
            continue
        if field is _UNLINKED:
            event[name] = stand_in if event[name] == customer_id else event[name]
        elif name == "number":
            event[name] = {"raw": "", "e164": None, "presentation": event[name]["presentation"]}
        else:
            event[name] = _EMPTY.get(name, "")
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def record_without_identity(text: str, customer_id: str, stand_in: str) -> str:
    """Return a decision's stored record without the customer's id, and without what he could be told by.

    Numbers, yes and no and the codes of built-in choices stay, because the model and its evaluation read them; days and
    free words of the inputs go, and with them the texts of a site's own attributes: which of them are codes stands in a
    version of its catalogue, and an erasure waits for no version to load.
    """
    record: dict[str, Any] = json.loads(text)
    if record.get("customer_id") == customer_id:
        record["customer_id"] = stand_in
    if str(record.get("seed", "")).startswith(f"{customer_id} "):
        record["seed"] = stand_in + record["seed"][len(customer_id) :]
    record["inputs"] = {
        name: value if _tells_nobody(name, value) else None for name, value in record.get("inputs", {}).items()
    }
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def without_inputs(text: str) -> str:
    """Return a decision's stored record without the values of the customer that it was made from."""
    record: dict[str, Any] = json.loads(text)
    record["inputs"] = dict.fromkeys(record.get("inputs", {}))
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def _tells_nobody(name: str, value: object) -> bool:
    if not isinstance(value, str | list):
        return True
    declared = ATTRIBUTES.get(name)
    return name == "concern" or (declared is not None and (declared.type == "words" or bool(declared.choices)))
