"""What providers post, and what it comes to for each agent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.calls import sipgate
from nba_desktop.backend.calls.body import fields_of
from nba_desktop.backend.errors import MalformedHook
from nba_desktop.backend.rows.hooks import HookDialect
from tests.fakes.hub_calls import CASES, Site, source_of, worded


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_agent_is_told_of_his_own_calls_and_how_they_go(case: dict[str, Any]) -> None:
    site, source = Site(), source_of(case["dialect"], **case.get("settings", {}))
    panels = {agent: site.listen(agent) for agent in ("anna", "ben", "cora")}
    for post in case["posts"]:
        site.post(source, post)
    heard = {agent: panel.hear() for agent, panel in panels.items()}
    for agent, events in heard.items():
        assert worded(events) == case.get(agent, []), agent
    shown = [event for events in heard.values() for event in events if event.type != "answered"]
    if "caller" in case:
        assert [event.caller.model_dump() for event in shown] == [case["caller"]] * len(shown)
    for key in ("queue", "diverted_from", "direction"):
        if key in case:
            assert {getattr(event, key) for event in shown} == {case[key]}
    if "interaction" in case:
        assert {event.interaction_id for event in shown} == {f"pbx:{case['interaction']}"}


def test_sipgate_is_asked_for_answer_and_hang_up_of_a_new_call() -> None:
    reply = sipgate.reply(fields_of(b"event=newCall&callId=1"), "https://nba.example/v1/hooks/s?token=a&b='\"")
    assert 'onAnswer="https://nba.example/v1/hooks/s?token=a&amp;b=\'&quot;"' in reply
    assert 'onHangup="https://nba.example/v1/hooks/s?token=a&amp;b=\'&quot;"' in reply


def test_sipgate_is_asked_for_nothing_more_later() -> None:
    assert "<Response/>" in sipgate.reply(fields_of(b"event=answer&callId=1"), "https://nba.example/")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "event=newCall",
        "event=newCall&callId=",
        "callId=1",
        "event=newCall&callId=" + "x" * 129,
        "event=newCall&callId=1%00",
        "event=newCall&callId=1&direction=up",
        "event=newCall&callId=1&from=" + "1" * 129,
        "&".join(["event=newCall", "callId=1", *("user=a" for _ in range(201))]),
        "&".join(f"a{number}=1" for number in range(501)),
        "{",
        "[]",
        '"newCall"',
        '{"event": {"newCall": 1}, "callId": "1"}',
        "[" * 50_000,
    ],
)
def test_what_cannot_be_read_is_malformed_and_not_repeated(body: str) -> None:
    with pytest.raises(MalformedHook) as caught:
        source_of("zammad").read(fields_of(body.encode()))
    assert "xxx" not in str(caught.value)
    assert "111" not in str(caught.value)


def test_what_cannot_be_shown_is_left_out_of_what_the_agent_sees() -> None:
    site, source = Site(), source_of("zammad")
    panel = site.listen("anna")
    site.post(
        source,
        '{"event":"newCall","callId":"1","direction":"in","user":"201","from":"anon\\ud800ymous\\u0000","queue":"a\\nb"}',
    )
    (ringing,) = panel.hear()
    assert (ringing.caller.raw, ringing.caller.presentation, ringing.queue) == ("anonymous", "restricted", "ab")


@given(
    st.sampled_from(list(HookDialect)),
    st.binary(max_size=80)
    | st.dictionaries(  # As a form, and as JSON with whatever JSON can say.
        st.sampled_from(["event", "callId", "from", "user", "direction", "queue"]),
        st.sampled_from(["newCall", "answer", "in", "201", "1"]) | st.text(st.characters(), max_size=5),
    ).map(lambda one: json.dumps(one).encode())
    | st.dictionaries(
        st.sampled_from(["event", "callId", "call_id", "from", "to", "user", "direction", "cause", "peer", "type"]),
        st.sampled_from(["newCall", "answer", "hangup", "IncomingCall", "CallAccepted", "HungUp", "in", "out", "201"])
        | st.text(max_size=10),
    ).map(lambda one: "&".join(f"{key}={value}" for key, value in one.items()).encode(errors="replace")),
)
def test_whatever_comes_is_taken_or_malformed(dialect: HookDialect, body: bytes) -> None:
    site, source = Site(), source_of(dialect)
    panels = [site.listen("anna"), site.listen("ben")]
    try:
        report = source.read(fields_of(body))
    except MalformedHook:
        return
    if report is not None:
        site.hub.receive(source, report)
    for panel in panels:
        assert all(event.leg_id.startswith("pbx:") for event in panel.hear())
