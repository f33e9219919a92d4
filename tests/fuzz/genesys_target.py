"""Whatever comes down a notification channel, through to the state machine and the flight recorder's masking."""

from __future__ import annotations

import copy
import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from nba_desktop.adapters.cti.genesys.masking import mask_genesys
from nba_desktop.adapters.cti.genesys.messages import Problem, read_json
from nba_desktop.adapters.cti.genesys.payload import read_conversation, read_listing
from nba_desktop.adapters.cti.genesys.snapshot import AttributeNames, GenesysTranslator, GenesysUser
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.adapters.flight.masking import Masking
from nba_desktop.domain.call import Calls, InteractionState, on_event

SCRIPTS: Final = Path(__file__).parents[2] / "resources" / "telephony" / "genesys"

_NOW: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_USER: Final = GenesysUser("5f0c6f0e-2a51-4b38-9f0e-0d2f5a9b1c01", "201")
_VALUES: Final[tuple[object, ...]] = (
    None, True, -1, 1e308, "", "x" * 3000, [], {}, [None], [[]], {"id": 1}, [{"id": "a"}], "connected", "disconnected",
    "alerting", "held", "customer", "user", "tel:anonymous", "sip:@@;;%00", "tel:+" + "9" * 40, "2026-01-05T09:00:00",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+23:59", _USER.user_id,
)  # fmt: skip
_CALL: Final = json.dumps(
    {
        "topicName": f"v2.users.{_USER.user_id}.conversations",
        "eventBody": {
            "id": "c",
            "participants": [
                {
                    "id": "customer",
                    "purpose": "customer",
                    "address": "tel:+493512805504",
                    "attributes": {"customer_no": "K-1", "auth_level": "authenticated"},
                    "calls": [{"id": "1", "state": "connected", "confined": True, "self": {"addressRaw": "tel:1"}}],
                },
                {
                    "id": "agent",
                    "purpose": "agent",
                    "userId": _USER.user_id,
                    "queueId": "q",
                    "calls": [
                        {"id": "2", "state": "connected", "held": False, "startHoldTime": "2026-01-05T09:00:00.000Z"}
                    ],
                },
                {
                    "id": "colleague",
                    "purpose": "user",
                    "userId": "u",
                    "consultParticipantId": "customer",
                    "calls": [{"id": "3", "state": "alerting", "disconnectType": "transfer"}],
                },
            ],
        },
    }
)


def seeds() -> tuple[bytes, ...]:
    """Every notification of the stand-in's scripts, and a list of conversations."""
    messages = [
        json.loads(line)["message"]
        for path in sorted(SCRIPTS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    listing = {"entities": [one["eventBody"] for one in messages[:2]]}
    return tuple(json.dumps(one).encode() for one in (*messages, listing))


def _twisted(data: bytes, chance: random.Random) -> bytes:
    """A call with a few of its values, in any depth, replaced by something else."""
    message = json.loads(_CALL)
    for _ in range(chance.choice((1, 2, 5))):
        place: Any = message
        while True:
            key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
            if not place[key] or not isinstance(place[key], (dict, list)) or chance.random() < 0.1:
                place[key] = copy.deepcopy(chance.choice((*_VALUES, data.decode("utf-8", "replace")[:300])))
                break
            place = place[key]
    return json.dumps(message).encode()


def run(data: bytes, chance: random.Random) -> None:
    """Read `data` as a message; nothing may be raised, whatever it is.

    Bytes at random are seldom JSON: half of the inputs become values in a conversation that is.
    """
    if chance.random() < 0.5:
        data = _twisted(data, chance)
    masking = Masking(b"k" * 32)
    masked = mask_genesys(data, masking)
    follower, calls = GenesysTranslator("genesys_cloud", _USER, NumberSettings(), AttributeNames()), Calls()
    for message in (data, masked.encode()) if chance.random() < 0.5 else (masked.encode(), data):
        values = read_json(message)
        if isinstance(values, Problem):
            continue
        listing, conversation = read_listing(values), read_conversation(values.get("eventBody"))
        events = follower.snapshot(listing, _NOW) if listing is not None else []
        events += follower.translate(conversation, _NOW) if conversation is not None else []
        for event in events:
            calls = on_event(calls, event)
    for one in calls.interactions:
        assert one.state is not InteractionState.LIVE or one.legs, "a live interaction without a leg"
