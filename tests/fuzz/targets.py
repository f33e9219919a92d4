"""Each parser of foreign input with good inputs to start from; a target raises for what must never happen."""

from __future__ import annotations

import contextlib
import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from xml.dom import minidom

from nba_desktop.adapters.cti.ami_leg import AgentLine
from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.cti.ami_translator import AmiTranslator
from nba_desktop.adapters.cti.call_url import parse_call_url
from nba_desktop.adapters.cti.hub_events import HubProblem, HubTimes, call_event_of, read_hub_event
from nba_desktop.adapters.cti.numbers import NumberFormat, NumberSettings, classify, party
from nba_desktop.adapters.cti.sse import SseEvent, SseParser
from nba_desktop.adapters.flight.hub import SseCutter, masked_hub_event
from nba_desktop.adapters.flight.masking import AmiCutter, Masking
from nba_desktop.adapters.policy import policy_from_file
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_loading import load_in_force, load_settings
from nba_desktop.backend.calls import placetel, sipgate, zammad
from nba_desktop.backend.calls.body import fields_of
from nba_desktop.backend.errors import MalformedHook
from nba_desktop.doctor.call_replay import ReplayError, replay
from nba_desktop.domain.call import Calls, InteractionState, on_event
from nba_desktop.domain.errors import CallUrlError, SettingsError
from tests.fakes.hub_stream import block, hub_event, stream
from tests.fuzz import genesys_target

RECORDINGS: Final = Path(__file__).parents[2] / "resources" / "telephony" / "asterisk"

_NOW: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_LINE: Final = AgentLine("201", ("PJSIP/agent1",))
_FORMATS: Final = tuple(
    NumberSettings(form, region, trunk, digits)
    for form in NumberFormat
    for region, trunk, digits in (("DE", "", 5), ("DE", "0", 3), ("AT", "00", 0), ("US", "9", 9))
)
_URLS: Final = (
    b"nba-desktop:call?number=%2B493512805504&id=1795293981.1&state=ringing&queue=service&customer_no=K-1",
    b"nba-desktop://call/?number=0351%202805504&id=a@b&state=ended&direction=outbound",
    b"NBA-DESKTOP:call?id=1&state=held",
)
_NUMBERS: Final = (b"+493512805504", b"0351/280 55-04", b"00493512805504", b"201", b"116117", b"anonymous", b"+1 (212)")
_HOOKS: Final = (
    b'{"event":"newCall","callId":"1","from":"493012","to":"4930555","direction":"in","user":["a","b"],"queue":"q"}',
    b"event=answer&callId=1&user%5B%5D=Anna&direction=in&from=0301&to=0302&answeringNumber=201",
    b"event=hangup&callId=1&cause=normalClearing&direction=out",
    b"event=newCall&xcid=9&callId=1&origCallId=2&direction=in&from=49301&to=49302&user%5B%5D=A&userId%5B%5D=w0&diversion=1",
    b"event=IncomingCall&call_id=abc&from=03012&to=03055",
    b"event=HungUp&call_id=abc&type=missed&direction=in",
    b"event=CallAccepted&call_id=abc&peer=201%40fpbx.de",
)
_STREAMS: Final = (
    stream(hub_event("snapshot", 1), hub_event("ringing", 2, "1", queue="q", customer_no="K-1", waiting=2)),
    stream(hub_event("ringing", 2, "1"), hub_event("answered", 3, "1"), hub_event("ended", 4, "1", cause="normal")),
    stream(hub_event("snapshot", 5, legs=("pbx:1", "pbx:2"))) + b":\n\n" + block(hub_event("held", 6, "1")),
    b"\xef\xbb\xbfevent: call\r\nid: 7\r\nretry: 1000\r\ndata: {\r\ndata: }\r\n\r\n",
)


@dataclass(frozen=True, slots=True)
class Target:
    """One parser: `run` takes any bytes and a source of chance for what else may vary."""

    name: str
    seeds: tuple[bytes, ...]
    run: Callable[[bytes, random.Random], None]


def targets(folder: Path) -> tuple[Target, ...]:
    """Every target; `folder` takes the files that some parsers read."""
    recordings = tuple(path.read_bytes() for path in sorted(RECORDINGS.glob("*.ami.txt")))
    settings_file, record_file = folder / "settings.json", folder / "call.jsonl"
    settings = (
        Settings().model_dump_json(indent=2).encode(),
        b'{"telephony": {"source": "asterisk_ami", "username": "cti", "extension": "201", "interface": "PJSIP/a"}}',
    )

    def read_settings(data: bytes, _: random.Random) -> None:
        settings_file.write_bytes(data)
        with contextlib.suppress(SettingsError):
            load_settings(settings_file)

    def read_policy(data: bytes, _: random.Random) -> None:
        settings_file.write_bytes(data)
        policy = policy_from_file(settings_file, os.getuid(), folder)
        loaded = load_in_force(folder / "none.json", policy)
        if policy.error is not None and (loaded.may_connect or loaded.settings.telephony.source != "none"):
            raise AssertionError("a policy that cannot be relied on connects")

    def replay_record(data: bytes, _: random.Random) -> None:
        record_file.write_bytes(data)
        with contextlib.suppress(ReplayError):
            replay(record_file)

    return (
        Target("ami", recordings, _ami),
        Target("masking", recordings, _masking),
        Target("hub", _STREAMS, _hub),
        Target("genesys", genesys_target.seeds(), genesys_target.run),
        Target("call_url", _URLS, _call_url),
        Target("numbers", _NUMBERS, _number),
        Target("webhooks", _HOOKS, _hook),
        Target("settings", settings, read_settings),
        Target("policy", settings, read_policy),
        Target("flight_record", _records(), replay_record),
    )


def _ami(data: bytes, chance: random.Random) -> None:
    """Bytes in packets of any size, through to the state machine."""
    parser, calls = AmiParser(), Calls()
    translator = AmiTranslator("asterisk", _LINE, chance.choice(_FORMATS))
    if chance.random() < 0.1:
        translator.expect_snapshot("1")
    size = chance.choice((1, 7, 100, 5000)) if len(data) < 500 else chance.choice((100, 1460, 5000))
    for begin in range(0, len(data), size):
        for item in parser.feed(data[begin : begin + size]):
            if isinstance(item, AmiMessage):
                for event in translator.translate(item, _NOW):
                    calls = on_event(calls, event)
    for one in calls.interactions:
        assert one.state is not InteractionState.LIVE or one.legs, "a live interaction without a leg"


def _masking(data: bytes, chance: random.Random) -> None:
    """What is masked can still be cut into as many messages."""
    masking, cutter = Masking(b"k" * 32), AmiCutter()
    size = chance.choice((100, 1460, 5000))
    texts = [text for begin in range(0, len(data), size) for text in cutter.feed(data[begin : begin + size])]
    assert len(texts) == data.count(b"\r\n\r\n")
    for text in texts:
        masking.ami_message(text)
    masking.call_url(data.decode("utf-8", "replace"))


def _hub(data: bytes, chance: random.Random) -> None:
    """Bytes in packets of any size, through to the state machine, and masked; where they are cut changes nothing."""
    parser, cutter, masking = SseParser(), SseCutter(), Masking(b"k" * 32)
    times, calls = HubTimes(_NOW), Calls()
    size = chance.choice((1, 7, 100, 5000)) if len(data) < 500 else chance.choice((100, 1460, 5000))
    parts = [data[begin : begin + size] for begin in range(0, len(data), size)]
    items = [item for part in parts for item in parser.feed(part)]
    assert items == SseParser().feed(data), "it matters where a stream is cut"
    for item in items:
        event = read_hub_event(item) if isinstance(item, SseEvent) else None
        if event is not None and not isinstance(event, HubProblem):
            calls = on_event(calls, call_event_of(event, times.occurred_at(event, _NOW), _NOW))
    for text in (text for part in parts for text in cutter.feed(part)):
        masked = masked_hub_event(masking, text)
        assert len(SseCutter().feed(masked.encode())) == 1, "what is masked is no event any more"


def _call_url(data: bytes, chance: random.Random) -> None:
    with contextlib.suppress(CallUrlError):
        parse_call_url(data.decode("utf-8", "surrogateescape"), chance.choice(_FORMATS), _NOW)


def _number(data: bytes, chance: random.Random) -> None:
    raw, settings = data.decode("utf-8", "replace"), chance.choice(_FORMATS)
    kind = classify(raw, settings)
    e164 = party(raw, settings).e164
    assert (kind.value == "subscriber") == (e164 is not None), "kind and number do not agree"
    assert e164 is None or (e164.startswith("+") and e164[1:].isascii() and e164[1:].isdigit()), "no E.164"


def _hook(data: bytes, _: random.Random) -> None:
    with contextlib.suppress(MalformedHook):
        fields = fields_of(data)
        with contextlib.suppress(MalformedHook):
            minidom.parseString(sipgate.reply(fields, "https://nba.example.org/v1/hooks/s?a=1&b=2")).unlink()
        for read in (zammad.read, sipgate.read, placetel.read):
            with contextlib.suppress(MalformedHook):
                read(fields)


def _records() -> tuple[bytes, ...]:
    start = (
        b'{"format": "nba-desktop flight record", "version": 1, "start": {"n": 1, "at": "2026-01-05T09:00:00+00:00", '
    )
    start += b'"kind": "start", "extension": "201", "interfaces": ["PJSIP/agent1"], "queues": ["service"]}}\n'
    heard = (
        b'{"n": 2, "at": "2026-01-05T09:00:01+00:00", "kind": "heard", "source": "asterisk", "type": "asterisk_ami", '
    )
    heard += (
        b'"text": "Event: Newstate\\r\\nChannel: PJSIP/agent1-00000001\\r\\nChannelState: 5\\r\\nUniqueid: 1.1\\r\\n'
    )
    heard += b'Linkedid: 1.0\\r\\nConnectedLineNum: +4900012304\\r\\n\\r\\n"}\n'
    decided = b'{"n": 3, "at": "2026-01-05T09:00:01+00:00", "kind": "decision", "verdict": "changed", "calls": [], '
    decided += b'"event": {"event_id": "", "source": "hub", "type": "link_down", "detail": "closed", '
    decided += b'"occurred_at": "2026-01-05T09:00:01+00:00", "received_at": "2026-01-05T09:00:01+00:00"}}\n'
    event = {"n": 2, "at": "2026-01-05T09:00:01+00:00", "kind": "heard", "source": "hub", "type": "hub"}
    hub = json.dumps(event | {"text": block(hub_event("ringing", 2, "1")).decode()}).encode() + b"\n"
    return (start, start + heard, start + heard + decided, start + hub + decided)
