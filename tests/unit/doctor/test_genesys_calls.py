"""Calls of Genesys Cloud, recorded: what became of each in sentences, and each exported and translated anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.adapters.cti.genesys.messages import Problem, Talk, read_message
from nba_desktop.adapters.cti.genesys.payload import read_listing
from nba_desktop.adapters.flight.recorder import FlightRecorder
from nba_desktop.adapters.flight.ring import Recorded, read_records
from nba_desktop.doctor.call_replay import export, replay
from nba_desktop.doctor.call_story import Story, stories
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from tests.fakes.calls import START
from tests.fakes.flights import PLENTY
from tests.fakes.genesys import AGENT, CUSTOMER, names, steps, translator

GENESYS = "genesys_cloud"


class GenesysFlight:
    """One panel of the agent; each message comes a second after the one before."""

    def __init__(self, folder: Path, *, internal_calls: bool = True) -> None:
        self.folder = folder
        self.at: datetime = START
        self.calls = Calls(since=START)
        self.recorder = FlightRecorder(folder, PLENTY, now=lambda: self.at)
        self.recorder.started(type=GENESYS, extension="201", queues=[], internal_calls=internal_calls)
        self.words = translator(internal_calls=internal_calls)

    def hear(self, *messages: dict[str, Any]) -> None:
        for message in messages:
            data = self._receive(message)
            conversation = read_message(data, AGENT)
            assert not isinstance(conversation, (Talk, Problem))
            self._decide(self.words.translate(conversation, self.at))

    def hear_list(self, *conversations: dict[str, Any]) -> None:
        listing = {"entities": list(conversations)}
        self._receive(listing)
        read = read_listing(listing)
        assert read is not None
        self._decide(self.words.snapshot(read, self.at))

    def lose(self) -> None:
        self.at += timedelta(seconds=1)
        self._decide([CallEvent("", GENESYS, CallEventType.LINK_DOWN, self.at, self.at, detail="closed")])
        self.recorder.link_changed(LinkState(GENESYS, "down", "closed"))

    def come_up(self) -> None:
        self.recorder.link_changed(LinkState(GENESYS, "up"))
        self._decide([CallEvent("", GENESYS, CallEventType.LINK_UP, self.at, self.at)])

    def land(self) -> Recorded:
        self.recorder.close()
        return read_records(self.folder)

    def _receive(self, message: dict[str, Any]) -> bytes:
        self.at += timedelta(seconds=1)
        data = json.dumps(message).encode()
        self.recorder.received(GENESYS, GENESYS, data)
        return data

    def _decide(self, events: list[CallEvent]) -> None:
        for event in events:
            before = self.calls
            self.calls = on_event(before, event)
            self.recorder.decided(event, before, self.calls)


def messages(number: str) -> list[dict[str, Any]]:
    return [step.message for step in steps(number)]


def body(message: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = message["eventBody"]
    return value


def written(recorded: Recorded, told: list[Story], story: Story, file: Path) -> list[dict[str, Any]]:
    export(story, told, recorded, file)
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def comes_out_the_same(recorded: Recorded, file: Path) -> None:
    """Export every call, and play it from what was heard of it alone."""
    told = stories(recorded)
    assert told
    for story in told:
        header, *records = written(recorded, told, story, file)
        assert header["start"]["type"] == GENESYS
        assert any(one["kind"] == "heard" for one in records)
        assert CUSTOMER[1:] not in file.read_text(encoding="utf-8")
        replayed = replay(file)
        assert replayed.same, story
        recorded_types = [one["event"]["type"] for one in records if one["kind"] == "decision"]
        assert {one.event["type"] for one in replayed.decisions} >= set(recorded_types)


@pytest.mark.parametrize("number", names())
def test_every_call_is_exported_and_translated_anew(number: str, tmp_path: Path) -> None:
    flight = GenesysFlight(tmp_path / "flight")
    flight.hear(*messages(number))
    comes_out_the_same(flight.land(), tmp_path / "call.jsonl")


def test_an_export_is_translated_from_what_was_heard_and_not_copied(tmp_path: Path) -> None:
    flight = GenesysFlight(tmp_path / "flight")
    flight.hear(*messages("01"))
    recorded = flight.land()
    told = stories(recorded)
    file = tmp_path / "call.jsonl"
    records = written(recorded, told, told[0], file)
    for one in records:
        if one.get("kind") == "heard":
            one["text"] = one["text"].replace('"connected"', '"alerting"')
    file.write_text("\n".join(json.dumps(one) for one in records), encoding="utf-8")
    assert not replay(file).same


def test_a_call_that_outlived_a_lost_line_is_exported_with_its_own_part_of_the_lists(tmp_path: Path) -> None:
    ringing, answered, ended, *_wrap_up = messages("01")
    other = messages("03")
    flight = GenesysFlight(tmp_path / "flight")
    flight.hear(ringing, answered)
    flight.lose()
    flight.come_up()
    flight.hear_list(body(answered), body(other[0]))
    flight.hear(other[1], ended)
    recorded = flight.land()
    comes_out_the_same(recorded, tmp_path / "call.jsonl")
    told = stories(recorded)
    story = next(one for one in told if one.conversation == body(ended)["id"])
    assert "The link was lost" in " ".join(story.sentences)
    text = json.dumps(written(recorded, told, story, tmp_path / "call.jsonl"))
    assert body(other[0])["id"] not in text


def test_a_call_that_ended_while_the_line_was_lost_is_known_to_be_over_by_a_list(tmp_path: Path) -> None:
    ringing, answered, *_rest = messages("01")
    flight = GenesysFlight(tmp_path / "flight")
    flight.hear(ringing, answered)
    flight.lose()
    flight.come_up()
    flight.hear_list()
    recorded = flight.land()
    comes_out_the_same(recorded, tmp_path / "call.jsonl")
    assert "was gone when the panel could look again" in stories(recorded)[0].sentences[-2]


def test_a_call_in_lists_alone_is_translated_for_the_user_of_the_recording(tmp_path: Path) -> None:
    _ringing, answered, *_rest = messages("01")
    flight = GenesysFlight(tmp_path / "flight")
    flight.hear_list(body(answered))
    flight.hear_list()
    flight.hear(*messages("03"))
    comes_out_the_same(flight.land(), tmp_path / "call.jsonl")


def test_what_became_of_a_call_is_told_in_sentences(tmp_path: Path) -> None:
    flight = GenesysFlight(tmp_path / "flight")
    flight.hear(*messages("04"))
    call, consultation = stories(flight.land())
    assert call.queue == "service"
    assert [one.partition(" ")[2] for one in call.sentences] == [
        "It rang: the panel showed it.",
        "It was answered.",
        "It was put on hold.",
        "It was taken off hold.",
        "It ended normally: the wrap-up began.",
    ]
    assert "call of the agent's within another one" in consultation.sentences[0]


def internal(message: dict[str, Any]) -> dict[str, Any]:
    """The same call, with a colleague where the customer was."""
    text = json.dumps(message)
    return json.loads(text.replace('"purpose": "customer"', '"purpose": "user"'))  # type: ignore[no-any-return]


def watched(message: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = json.loads(json.dumps(message))
    for one in body(changed)["participants"]:
        if one.get("userId") == AGENT:
            one["monitoredParticipantId"] = "00000000-0000-0000-0000-000000000001"
    return changed


def without_calls(message: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = json.loads(json.dumps(message))
    for one in body(changed)["participants"]:
        one.pop("calls", None)
    return changed


def unchanged(message: dict[str, Any]) -> dict[str, Any]:
    return message


@pytest.mark.parametrize(
    ("change", "first", "says", "verdict"),
    [
        (internal, 0, "telephony.internal_calls", "filtered: internal call"),
        (watched, 0, "listened in", "listened in"),
        (without_calls, 0, "no telephone call", "no call"),
        (unchanged, -1, "It was over", "not followed"),
    ],
)
def test_why_a_conversation_was_not_shown_is_told(
    change: Callable[[dict[str, Any]], dict[str, Any]], first: int, says: str, verdict: str, tmp_path: Path
) -> None:
    flight = GenesysFlight(tmp_path / "flight", internal_calls=False)
    flight.hear(*(change(one) for one in messages("01")[first:]))
    (story,) = stories(flight.land())
    assert says in " ".join(story.sentences)
    assert story.verdict == verdict
