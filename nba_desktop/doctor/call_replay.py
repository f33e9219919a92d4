"""One recorded call as a file without personal data, and that file through translator and state machine again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from nba_desktop import __version__
from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.cti.ami_translator import AmiTranslator
from nba_desktop.adapters.cti.event_json import event_of, event_values
from nba_desktop.adapters.cti.genesys.replay import genesys_events, users_in
from nba_desktop.adapters.cti.genesys.settings import SOURCE as GENESYS
from nba_desktop.adapters.cti.genesys.snapshot import AttributeNames, GenesysTranslator, GenesysUser
from nba_desktop.adapters.cti.hub_events import HUB, call_event_of, read_hub_event
from nba_desktop.adapters.cti.numbers import NumberFormat, NumberSettings
from nba_desktop.adapters.cti.sse import SseEvent, SseParser
from nba_desktop.adapters.files import write_atomically
from nba_desktop.adapters.flight.recorder import Decision, changes, verdict
from nba_desktop.adapters.flight.ring import Record, Recorded, is_record
from nba_desktop.contract.calls import HubCallEvent
from nba_desktop.doctor.call_story import Story
from nba_desktop.doctor.heard_genesys import listed_only, lists_any
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType
from nba_desktop.domain.errors import SettingsError

_FORMAT: Final = "nba-desktop flight record"
_LARGEST_FILE: Final = 64 * 1024 * 1024
_OF_THE_LINK: Final = (CallEventType.LINK_UP, CallEventType.LINK_DOWN)

_Words = Callable[[str, datetime], Iterable[CallEvent]]
"""Translates one recorded message."""


class ReplayError(Exception):
    """A file that is no exported call; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the state machine makes of the call now, and whether it made the same of it when it was recorded."""

    decisions: tuple[Decision, ...]
    same: bool


def export(story: Story, told: list[Story], recorded: Recorded, path: Path) -> None:
    """Write the call's records, which are masked already, readable by this user only. Raises `OSError`.

    A consultation is nothing without the call it was about, so both are written.
    """
    conversations = {story.conversation, *story.consult_of}
    start = story.start
    if start.get("type") == GENESYS:
        # Its messages tell a call and its consultations in one.
        conversations = {one.partition("/")[0] for one in conversations}
        conversations |= {one.conversation for one in told if one.conversation.partition("/")[0] in conversations}
        # Where the call is in lists alone, nothing in it says whose they were.
        start = {**start, "users": list(_users(recorded.records))}
    wanted = {position for one in told if one.conversation in conversations for position in one.positions}
    wanted |= {record["n"] for record in recorded.records if _is_of(record, conversations, story)}
    begin, end = story.began.isoformat(), story.ended.isoformat()
    header = {"format": _FORMAT, "version": 1, "program": __version__, "start": start}
    records: list[Record] = []
    for record in recorded.records:
        in_time = begin <= record["at"] <= end
        if record["n"] in wanted or (record["kind"] == "link" and in_time):
            records.append(record)
        elif (listing := listed_only(record, conversations)) is not None and (in_time or lists_any(listing)):
            records.append(listing)
    lines = [json.dumps(one, ensure_ascii=False) for one in (header, *records)]
    write_atomically(path, ("\n".join(lines) + "\n").encode())


def replay(path: Path) -> Replayed:
    """Play an exported call through the translator and the state machine of this program. Raises `ReplayError`."""
    header, records = _read(path)
    start = header["start"]
    try:
        numbers = _numbers(start.get("numbers", {}))
        since = datetime.fromisoformat(start["at"]) if "at" in start else None
        queues = tuple(start.get("queues", ()))
        calls, made = Calls(since=since), []
        for event, at in _events(records, start, numbers):
            if queues and event.queue is not None and event.queue not in queues:
                made.append(Decision(at, event_values(event), "queue_filtered", []))
                continue
            after = on_event(calls, event)
            made.append(Decision(at, event_values(event), verdict(event, calls, after), changes(calls, after)))
            calls = after
        was = _gist((one["event"], one["verdict"], one["calls"]) for one in records if one["kind"] == "decision")
    except (KeyError, TypeError, ValueError, AttributeError, SettingsError) as error:
        raise ReplayError(f"{path} is not an exported call ({type(error).__name__})") from None
    return Replayed(tuple(made), was == _gist((one.event, one.verdict, one.calls) for one in made))


def _is_of(record: Record, conversations: set[str], story: Story) -> bool:
    """Whether a message of the backend's stream is about one of the calls, or a list of calls in its time."""
    return record["kind"] == "heard" and any(
        event.interaction_id in conversations
        or (event.type == "snapshot" and story.began <= datetime.fromisoformat(record["at"]) <= story.ended)
        for event in (_hub_events(record["text"]) if record["type"] == HUB else ())
    )


def _events(records: list[Record], start: Record, numbers: NumberSettings) -> Iterator[tuple[CallEvent, datetime]]:
    """The neutral events: translated anew where the bytes are there, as recorded where a source has none."""
    words: dict[str, _Words] = {}
    recorded_only: dict[str, tuple[CallEventType, ...]] = {}
    for record in records:
        if record["kind"] == "heard" and record["source"] not in words:
            if record["type"] == "asterisk_ami":
                words[record["source"]] = _ami_words(record["source"], start, numbers)
                recorded_only[record["source"]] = (*_OF_THE_LINK, CallEventType.SNAPSHOT)
            elif record["type"] == HUB:
                words[record["source"]] = _hub_words
                recorded_only[record["source"]] = _OF_THE_LINK
            elif record["type"] == GENESYS:
                words[record["source"]] = _genesys_words(record["source"], records, start, numbers)
                recorded_only[record["source"]] = _OF_THE_LINK
    for record in records:
        at = datetime.fromisoformat(record["at"])
        if record["kind"] == "heard" and record["source"] in words:
            for event in words[record["source"]](record["text"], at):
                yield event, at
        elif record["kind"] == "decision":
            # What is known of the customer was masked to words that are no values.
            event = event_of({key: value for key, value in record["event"].items() if key != "attached"})
            if event.source not in words or event.type in recorded_only[event.source]:
                yield event, at


def _ami_words(source: str, start: Record, numbers: NumberSettings) -> _Words:
    line = AgentLine(
        str(start.get("extension", "")),
        tuple(str(one) for one in start.get("interfaces", ())),
        tuple(str(one) for one in start.get("more_extensions", ())),
    )
    translator = AmiTranslator(source, line, numbers, internal_calls=bool(start.get("internal_calls", True)))

    def translate(text: str, at: datetime) -> Iterator[CallEvent]:
        for item in AmiParser().feed(text.encode()):
            if isinstance(item, AmiMessage):
                yield from translator.translate(item, at)

    return translate


def _users(records: Iterable[Record]) -> tuple[str, ...]:
    """Whose conversations Genesys Cloud told."""
    heard = (str(one["text"]) for one in records if one["kind"] == "heard" and one["type"] == GENESYS)
    return users_in("\n".join(heard).encode("utf-8", "replace"))


def _genesys_words(source: str, records: list[Record], start: Record, numbers: NumberSettings) -> _Words:
    translators = [
        GenesysTranslator(
            source,
            GenesysUser(user, str(start.get("extension", ""))),
            numbers,
            # What the call flow said of the customer is not in a recording.
            AttributeNames("", "", ""),
            internal_calls=bool(start.get("internal_calls", True)),
        )
        for user in _users(records) or tuple(str(one) for one in start.get("users", ()))
    ]
    return lambda text, at: genesys_events([(at, text.encode("utf-8", "replace"))], translators)


def _hub_words(text: str, at: datetime) -> Iterator[CallEvent]:
    return (call_event_of(event, at, at) for event in _hub_events(text))


def _hub_events(text: str) -> Iterator[HubCallEvent]:
    for item in SseParser().feed(text.encode("utf-8", "replace")):
        if isinstance(item, SseEvent) and isinstance(event := read_hub_event(item), HubCallEvent):
            yield event


def _gist(decisions: Iterable[tuple[dict[str, Any], str, list[dict[str, Any]]]]) -> dict[str, list[object]]:
    """What must come out the same, leg by leg.

    Numbers are masked and event ids count from the start of a connection. Whether a number may be shown was asked of
    the telephone system and is not asked again: when a leg heard of it, and what that added, may differ. A lost line
    and a list of calls are about other calls, too, which are not in the file.
    """
    decisions = list(decisions)
    own = {one["id"] for event, _, moved in decisions for one in moved if event.get("leg_id")}
    told: dict[str, list[object]] = {}
    for event, decided, moved in decisions:
        leg = event.get("leg_id", "")
        states = [
            (one["id"], one.get("was"), one["now"], one.get("held"), one.get("cause"))
            for one in moved
            if one["id"] in own
        ]
        if event["type"] != CallEventType.DATA and (leg or states):
            told.setdefault(leg, []).append((event["type"], decided, states))
    return told


def _numbers(values: dict[str, Any]) -> NumberSettings:
    return NumberSettings(
        NumberFormat(values.get("format", "e164")),
        str(values.get("region", "DE")),
        str(values.get("trunk_prefix", "")),
        int(values.get("extension_digits", 5)),
    )


def _read(path: Path) -> tuple[dict[str, Any], list[Record]]:
    try:
        with path.open("rb") as file:
            lines = file.read(_LARGEST_FILE).decode("utf-8").splitlines()
        header, *records = [json.loads(line) for line in lines]
    except OSError as error:
        raise ReplayError(f"{path} cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise ReplayError(f"{path} is not an exported call (not JSON lines in UTF-8)") from None
    good = isinstance(header, dict) and header.get("format") == _FORMAT and isinstance(header.get("start"), dict)
    if not good or header.get("version") != 1:
        raise ReplayError(f"{path} is not a call exported by this program")
    if not all(is_record(one) for one in records):
        raise ReplayError(f"{path} has a line that is no record")
    return header, records
