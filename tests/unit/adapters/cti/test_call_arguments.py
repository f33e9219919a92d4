"""Program and arguments are one more way to write a call URL; nothing in them is an option of anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.call_arguments import call_url_of
from nba_desktop.adapters.cti.call_url import parse_call_url
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.domain.call_event import CallEvent, Party
from nba_desktop.domain.errors import CallUrlError
from tests.fakes.calls import START

URL = "nba-desktop:call?number=+493512805504&state=ringing"


def read(*arguments: str) -> CallEvent:
    return parse_call_url(call_url_of(arguments), NumberSettings(), START)


def test_a_url_is_taken_as_it_is() -> None:
    assert call_url_of([URL]) == call_url_of(["--", URL]) == URL


def test_a_number_alone_is_a_ringing_call() -> None:
    event = read("--number", "+49 351 2805504")
    assert (event.type, event.caller.e164, event.direction) == ("ringing", "+493512805504", "inbound")


def test_every_option_is_read() -> None:
    event = read(
        *("--number", "0049301234567", "--id", "c-17", "--state", "answered", "--called", "+49305550201"),
        *("--queue", "Süd", "--customer-no", "K-1", "--direction", "outbound"),
    )
    assert (event.type, event.leg_id, event.queue, event.attached.customer_no) == ("answered", "c-17", "Süd", "K-1")
    assert (event.direction, event.caller.e164) == ("outbound", "+49305550201")


@pytest.mark.parametrize("empty", ["", "%CallerNumber%", "$(callerid)", "{{number}}"])
def test_an_empty_or_unfilled_number_is_an_unknown_caller(empty: str) -> None:
    assert read("--number", empty, "--id", empty).caller == Party()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "bad_arguments"),
        (("--",), "bad_arguments"),
        (("--", URL, "--settings", "/tmp/x"), "bad_arguments"),
        (("--", "--help"), "wrong_scheme"),
        (("--", "--number", "1"), "bad_arguments"),
        ((URL, URL), "bad_arguments"),
        ((URL, "--number", "1"), "bad_arguments"),
        (("--settings", "/tmp/x", "--number", "1"), "bad_arguments"),
        (("--numb", "1"), "bad_arguments"),
        (("--number", "1", "--snapshot=/tmp/x"), "bad_arguments"),
        (("--number",), "bad_arguments"),
        (("--number", "--state", "ended"), "bad_arguments"),
        (("--number", '1" --style=x'), "bad_number"),
        (("--number", "'; rm -rf /"), "bad_number"),
        (("--number", "1&state=ended"), "bad_number"),
        (("--number", "+49351\r\nAction: Originate"), "bad_number"),
        (("--number", "1", "--id", "a\0b"), "bad_id"),
        (("--number", "1", "--state", "burning"), "bad_state"),
        (("--state", ""), "missing_parameter"),
        (("--number", "1", "--queue", "x" * 1_000_000), "too_long"),
        (("x" * 1_000_000,), "too_long"),
        (("--number", "1", "--queue", "x" * 2040), "too_long"),
        (("--number", "\udcff"), "bad_encoding"),
        (("https://example.org",), "wrong_scheme"),
    ],
)
def test_hostile_arguments_are_refused_and_not_repeated(arguments: tuple[str, ...], reason: str) -> None:
    with pytest.raises(CallUrlError) as refused:
        read(*arguments)
    assert refused.value.reason == reason
    assert len(str(refused.value)) < 60


def test_help_is_given_where_nobody_else_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_url_of(["--help"])
    assert ended.value.code == 0
    assert "--customer-no" in capsys.readouterr().out


WORDS = st.sampled_from(["--number", "--id", "--state", "--queue", "--called", "--direction", "--", URL, "ringing"])


@given(st.lists(WORDS | st.text(max_size=20), max_size=8))
def test_no_arguments_raise_anything_else(arguments: list[str]) -> None:
    if any(argument.startswith(("-h", "--help")) for argument in arguments):
        return
    try:
        event = read(*arguments)
    except CallUrlError:
        return
    assert event.source == "call_url"
