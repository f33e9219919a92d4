"""Recorded messages of Genesys Cloud through the translator again: neutral events out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from nba_desktop.adapters.cti.genesys.messages import Problem, read_json
from nba_desktop.adapters.cti.genesys.payload import read_conversation, read_listing
from nba_desktop.adapters.cti.genesys.snapshot import GenesysTranslator
from nba_desktop.domain.call_event import CallEvent

_TOPIC: Final = re.compile(r"v2\.users\.(.+)\.conversations")


def users_in(data: bytes) -> tuple[str, ...]:
    """Return the ids of the users whose topics are in a recording, in their order."""
    found = (_TOPIC.fullmatch(str(values.get("topicName"))) for values in _messages(data))
    return tuple(dict.fromkeys(match[1] for match in found if match is not None))


def genesys_events(
    heard: Iterable[tuple[datetime, bytes]], translators: Iterable[GenesysTranslator]
) -> Iterator[CallEvent]:
    """Translate messages, each with when it came (UTC), for every user there is a translator for.

    Bytes are one message or several, a line each: notifications, answers to `GET /api/v2/conversations` (they count as
    snapshots), or lines of the stand-in's scripts. What is none of them is passed over.
    """
    followers = tuple(translators)
    for at, data in heard:
        for values in _messages(data):
            listing = read_listing(values)
            conversation = read_conversation(values.get("eventBody"))
            match = _TOPIC.fullmatch(str(values.get("topicName")))
            for follower in followers:
                if listing is not None:
                    yield from follower.snapshot(listing, at)
                elif conversation is not None and match is not None and match[1] == follower.user_id:
                    yield from follower.translate(conversation, at)


def _messages(data: bytes) -> Iterator[dict[str, Any]]:
    for line in data.splitlines():
        values = read_json(line)
        if not isinstance(values, Problem):
            message = values.get("message")
            yield message if isinstance(message, dict) else values
