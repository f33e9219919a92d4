"""The backend's stream in the flight recorder: the same calls, and nobody in them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.hub_events import read_hub_event
from nba_desktop.adapters.cti.sse import SseEvent, SseParser
from nba_desktop.adapters.flight.hub import SseCutter, masked_hub_event
from nba_desktop.adapters.flight.masking import REMOVED, Masking
from nba_desktop.adapters.flight.recorder import FlightRecorder
from nba_desktop.adapters.flight.ring import read_records
from nba_desktop.contract.calls import HubCallEvent, HubParty
from nba_desktop.domain.call_event import LinkState
from tests.fakes.calls import START
from tests.fakes.flights import PLENTY
from tests.fakes.hub_stream import CALLER, block, hub_event, stream

MASKING = Masking(b"k" * 32)
TOLD = hub_event(
    "ringing",
    7,
    "42",
    called=HubParty(raw="4930555000", e164="+4930555000"),
    dialled="4930555000",
    diverted_from="0351 / 777 888 9",
    queue="service 4935177788801",
    customer_no="K-104233",
    waiting=3,
)
SECRETS = ("30600000001", "30555000", "7778889", "777 888", "35177788801", "K-104233")


def masked(data: bytes) -> str:
    return "".join(masked_hub_event(MASKING, one) for one in SseCutter().feed(data))


def read(text: str) -> list[HubCallEvent]:
    items = [item for item in SseParser().feed(text.encode()) if isinstance(item, SseEvent)]
    return [event for item in items if isinstance(event := read_hub_event(item), HubCallEvent)]


def test_an_event_keeps_what_it_means_and_loses_whom_it_is_about() -> None:
    text = masked(block(TOLD))
    assert [one for one in SECRETS if one in text] == []
    (event,) = read(text)
    same = {"sequence", "event_id", "type", "occurred_at", "interaction_id", "leg_id", "direction", "waiting"}
    assert event.model_dump(include=same) == TOLD.model_dump(include=same)
    assert event.caller.presentation == "allowed"
    assert event.caller.raw.startswith("49")
    assert len(event.caller.raw) == len(CALLER.raw)
    assert event.caller.e164 == MASKING.number("+4930600000001")
    assert event.customer_no == REMOVED
    assert "id: 7\n" in text


def test_a_withheld_number_and_an_extension_are_still_to_be_seen() -> None:
    (event,) = read(masked(block(hub_event("ringing", 1, "1", caller=HubParty(raw="anonymous"), dialled="201"))))
    assert (event.caller, event.dialled, event.customer_no) == (HubParty(raw="anonymous"), "201", None)


@pytest.mark.parametrize(
    "data",
    [
        b"event: call\ndata: Erika Mustermann 4930600000001\n\n",
        b"event: Erika\nid: Mustermann\ndata: {}\n\n",
        b'event: call\ndata: {"type":"parked","caller":{"raw":"4930600000001"}}\n\n',
        b"data: Erika\n\n",
        b"data: " + b"4930600000001 Erika " * 20_000 + b"\n\n",
    ],
)
def test_what_is_no_call_event_is_removed(data: bytes) -> None:
    text = masked(data)
    assert REMOVED in text
    assert "Erika" not in text
    assert "Muster" not in text
    assert "4930600000001" not in text


def test_what_only_keeps_the_line_alive_is_not_kept() -> None:
    assert SseCutter().feed(b"retry: 1000\n\n:\n\n: Erika\n\n") == []


@given(st.lists(st.integers(0, 2000), max_size=6))
def test_a_number_that_is_cut_in_two_is_masked_too(cuts: list[int]) -> None:
    data = stream(hub_event("snapshot", 6), TOLD, hub_event("answered", 8, "42"))
    places = sorted({0, len(data), *(min(cut, len(data)) for cut in cuts)})
    cutter = SseCutter()
    texts = [one for begin, end in pairwise(places) for one in cutter.feed(data[begin:end])]
    text = "".join(masked_hub_event(MASKING, one) for one in texts)
    assert text == masked(data)
    assert [event.type for event in read(text)] == ["snapshot", "ringing", "answered"]


@given(st.binary(max_size=300))
def test_whatever_comes_is_masked_to_whole_events(data: bytes) -> None:
    for text in SseCutter().feed(data + b"\n\n"):
        assert masked_hub_event(MASKING, text).endswith(f"{REMOVED}\n\n")


def test_the_recorder_keeps_the_stream_and_says_of_an_unknown_kind_only_that_it_came(tmp_path: Path) -> None:
    recorder = FlightRecorder(tmp_path, PLENTY, now=lambda: START)
    data = stream(hub_event("snapshot", 6), TOLD)
    recorder.received("hub", "hub", data[:200])
    recorder.received("hub", "hub", data[200:-20])
    # The rest of it never comes: the next connection begins anew.
    recorder.link_changed(LinkState("hub", "down", "closed"))
    recorder.received("hub", "hub", stream(hub_event("snapshot", 9)))
    recorder.received("carrier", "pigeon", b"Erika Mustermann")
    recorder.close()
    heard = [one for one in read_records(tmp_path).records if one["kind"] == "heard"]
    assert [one["type"] for one in heard] == ["hub", "hub", "pigeon"]
    assert [event.sequence for one in heard[:2] for event in read(one["text"])] == [6, 9]
    assert heard[2]["text"] == REMOVED
