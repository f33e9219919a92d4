"""A call URL is read strictly; whatever else comes is refused with a reason and never repeated."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.call_url import MAX_LENGTH, parse_call_url
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from nba_desktop.domain.errors import CallUrlError, FailureCode
from tests.fakes.calls import START

GOOD = "nba-desktop:call?number=+493512805504&id=c-17&state=ringing"


def read(text: str) -> CallEvent:
    return parse_call_url(text, NumberSettings(), START)


def test_a_ringing_url_is_a_call_event() -> None:
    event = read(GOOD)
    assert (event.type, event.source, event.interaction_id, event.leg_id) == (
        CallEventType.RINGING,
        "call_url",
        "c-17",
        "c-17",
    )
    assert event.caller == Party("+493512805504", "+493512805504", "allowed")
    assert (event.occurred_at, event.direction) == (START, "inbound")


@pytest.mark.parametrize("state", ["ringing", "answered", "ended", "held", "resumed"])
def test_every_state_has_its_event(state: str) -> None:
    assert read(f"nba-desktop:call?id=1&state={state}").type == state


def test_the_optional_parameters_are_read() -> None:
    event = read(GOOD + "&queue=Service%20S%C3%BCd&customer_no=K-4711&direction=inbound")
    assert (event.queue, event.attached.customer_no) == ("Service Süd", "K-4711")


def test_an_outbound_number_is_the_called_one() -> None:
    event = read(GOOD + "&direction=outbound")
    assert (event.caller, event.called.e164) == (Party(), "+493512805504")


def test_the_plus_may_be_escaped_or_not() -> None:
    assert read(GOOD.replace("+", "%2B")).caller.e164 == "+493512805504"


def test_slashes_that_a_system_adds_do_not_matter() -> None:
    assert read(GOOD.replace(":call?", "://call/?")).interaction_id == "c-17"
    assert read(GOOD.replace("nba-desktop", "NBA-Desktop")).interaction_id == "c-17"


@pytest.mark.parametrize(
    ("number", "expected"),
    [("anonymous", Party("anonymous", None, "restricted")), ("unknown", Party()), ("", Party())],
)
def test_withheld_and_unknown_callers_are_told_apart(number: str, expected: Party) -> None:
    assert read(f"nba-desktop:call?number={number}&id=1&state=ringing").caller == expected


def test_the_urls_of_one_call_are_one_interaction() -> None:
    calls = Calls()
    for state in ("ringing", "ringing", "answered", "held", "resumed", "ended", "ended"):
        calls = on_event(calls, read(GOOD.replace("ringing", state)))
    (interaction,) = calls.interactions
    assert (interaction.state, interaction.cause) == ("wrap_up", "normal")


HOSTILE = [
    ("", "wrong_scheme"),
    ("--help", "wrong_scheme"),
    ("-platform vnc", "wrong_scheme"),
    ("http://evil.example/?number=1&id=1&state=ringing", "wrong_scheme"),
    ('"nba-desktop:call?id=1&state=ringing"', "wrong_scheme"),
    ("nba-desktop:", "unknown_command"),
    ("nba-desktop:quit?id=1&state=ringing", "unknown_command"),
    ("nba-desktop:../call?id=1&state=ringing", "unknown_command"),
    ("nba-desktop:call", "unknown_parameter"),
    ("nba-desktop:call?" + "x" * 1_000_000, "too_long"),
    (GOOD + "&queue=" + "x" * (MAX_LENGTH - len(GOOD) - 7), "bad_queue"),
    (GOOD + "\0", "control_character"),
    (GOOD + "\r\nAction: Originate", "control_character"),
    (GOOD + "&queue=a%00b", "bad_queue"),
    (GOOD + "&queue=a%0d%0ab", "bad_queue"),
    (GOOD + "&queue=%", "bad_encoding"),
    (GOOD + "&queue=%zz", "bad_encoding"),
    (GOOD + "&queue=%ff%fe", "bad_encoding"),
    (GOOD + "&queue=\udcff", "bad_encoding"),
    (GOOD + "&id=2", "duplicate_parameter"),
    (GOOD + "&config=/etc/passwd", "unknown_parameter"),
    (GOOD + "&", "unknown_parameter"),
    (GOOD + "&queue=<b>x</b>", "bad_queue"),
    (GOOD + "&customer_no=1' OR '1'='1", "bad_customer_no"),
    (GOOD + "&direction=sideways", "bad_direction"),
    ('nba-desktop:call?number=1" --style=x&id=1&state=ringing', "bad_number"),
    ("nba-desktop:call?number=callme&id=1&state=ringing", "bad_number"),
    ("nba-desktop:call?number=" + "1" * 40 + "&id=1&state=ringing", "bad_number"),
    ("nba-desktop:call?number=1&id=&state=ringing", "bad_id"),
    ("nba-desktop:call?number=1&id=../1&state=ringing", "bad_id"),
    ("nba-desktop:call?number=1&id=" + "a" * 129 + "&state=ringing", "bad_id"),
    ("nba-desktop:call?number=1&id=1&state=burning", "bad_state"),
    ("nba-desktop:call?number=1&state=ringing", "missing_parameter"),
    ("nba-desktop:call?number=1&id=1", "missing_parameter"),
]


@pytest.mark.parametrize(("text", "reason"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_argument_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(CallUrlError) as refused:
        read(text)
    assert (refused.value.reason, refused.value.code) == (reason, FailureCode.CALL_URL_INVALID)
    assert len(str(refused.value)) < 60


@given(st.text(max_size=60) | st.text("%&=?:/+0aé\0", max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    for url in (
        text,
        f"nba-desktop:call?{text}",
        f"{GOOD}&queue={text}",
        f"{GOOD}&queue={quote(text, errors='replace')}",
    ):
        try:
            event = read(url)
        except CallUrlError:
            continue
        assert event.interaction_id == "c-17" or "id=" in text
