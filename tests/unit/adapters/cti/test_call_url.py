"""A call URL is read strictly; whatever else comes is refused with a reason and never repeated."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.call_url import MAX_LENGTH, build_call_url, parse_call_url, unfilled
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import Attached, CallEvent, CallEventType, Party
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
    (GOOD + "&queue=%2", "bad_encoding"),
    (GOOD + "&queue=a%zz", "bad_encoding"),
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
    ("nba-desktop:call?number=1sip:2&id=1&state=ringing", "bad_number"),
    ("nba-desktop:call?number=sip:sip:1&id=1&state=ringing", "bad_number"),
    ("nba-desktop:call?called=callme&id=1&state=ringing", "bad_called"),
    ("nba-desktop:call?number=1&id=../1&state=ringing", "bad_id"),
    ("nba-desktop:call?number=1&id=" + "a" * 129 + "&state=ringing", "bad_id"),
    ("nba-desktop:call?number=1&id=1&state=burning", "bad_state"),
    ("nba-desktop:call?number=1&id=1&state=", "missing_parameter"),
    ("nba-desktop:call?number=1&id=1&state={STATE}", "missing_parameter"),
    ("nba-desktop:call?number=$(reboot now)&id=1&state=ringing", "bad_number"),
    ("nba-desktop:call?number=%CallerNumber% --data /&id=1&state=ringing", "bad_encoding"),
    ("nba-desktop:call?number=1&id=1", "missing_parameter"),
]


@pytest.mark.parametrize(("text", "reason"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_argument_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(CallUrlError) as refused:
        read(text)
    assert (refused.value.reason, refused.value.code) == (reason, FailureCode.CALL_URL_INVALID)
    assert len(str(refused.value)) < 60


PLACEHOLDERS = [
    "%CallerNumber%",
    "%%CallerNumber%%",
    "%n",
    '"%CallerNumber%"',
    "{CALLERNUM}",
    "{CALLERNUM:1}",
    "{{caller}}",
    "$(callerid)",
    "${callerid}",
    "$caller$",
    "$n",
    "<Number>",
    "[number]",
]


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
@pytest.mark.parametrize("escaped", [False, True])
def test_a_placeholder_that_nobody_filled_in_counts_as_not_there(placeholder: str, escaped: bool) -> None:
    value = quote(placeholder, safe="") if escaped else placeholder
    url = (
        f"nba-desktop:call?number={value}&id={value}&queue={value}&customer_no={value}&direction={value}&state=ringing"
    )
    event = read(url)
    assert (event.caller, event.queue, event.attached, event.direction) == (Party(), None, Attached(), "inbound")
    assert event.interaction_id not in ("", placeholder)
    assert unfilled(url) == ("number", "id", "queue", "customer_no", "direction")


@pytest.mark.parametrize("value", ["%2B493512805504", "anonymous", "", "%C3%BC", "%41"])
def test_what_was_filled_in_is_no_placeholder(value: str) -> None:
    assert unfilled(f"nba-desktop:call?number={value}&state=ringing") == ()


@pytest.mark.parametrize(
    "written",
    [
        "sip:+493512805504@pbx.example;user=phone",
        "SIPS:+493512805504@pbx",
        "tel:+493512805504",
        " +49 (351) 2805504 ",
        '"+493512805504"',
    ],
)
def test_a_number_is_read_in_the_ways_telephone_clients_write_it(written: str) -> None:
    assert read(f"nba-desktop:call?number={quote(written)}&state=ringing").caller.e164 == "+493512805504"


def test_the_called_number_is_kept_beside_the_callers() -> None:
    event = read(GOOD + "&called=%2B49305550201")
    assert (event.caller.e164, event.called.e164, event.dialled) == ("+493512805504", "+49305550201", "+49305550201")


@pytest.mark.parametrize(("word", "direction"), [("incoming", "inbound"), ("outgoing", "outbound")])
def test_the_words_of_other_vendors_for_the_direction_are_understood(word: str, direction: str) -> None:
    assert read(f"{GOOD}&direction={word}").direction == direction


def test_parameters_survive_being_put_into_a_url() -> None:
    values = {"number": "+493512805504", "id": "a:b@c", "queue": "Süd 1", "state": "answered"}
    event = read(build_call_url(values))
    assert (event.caller.e164, event.leg_id, event.queue, event.type) == ("+493512805504", "a:b@c", "Süd 1", "answered")


# ---- calls without an id


class Line:
    """A softphone that gives no id, and what the panel makes of its reports."""

    def __init__(self) -> None:
        self.calls, self.now = Calls(), START

    def says(self, state: str, after_s: float = 1, number: str = "+493512805504", more: str = "") -> None:
        self.now += timedelta(seconds=after_s)
        url = f"nba-desktop:call?number={quote(number)}&state={state}{more}"
        self.calls = on_event(self.calls, parse_call_url(url, NumberSettings(), self.now, self.calls))

    @property
    def states(self) -> list[str]:
        return [one.state.value for one in self.calls.interactions]


def test_without_an_id_the_reports_of_one_number_are_one_call() -> None:
    line = Line()
    for state in ("ringing", "answered", "held", "resumed", "ended"):
        line.says(state)
    assert line.states == ["wrap_up"]


def test_the_number_may_be_written_differently_in_each_report() -> None:
    line = Line()
    line.says("ringing", number="+493512805504")
    line.says("answered", number="+49 351 2805504")
    line.says("ended", number="sip:+493512805504@pbx")
    assert line.states == ["wrap_up"]


def test_a_withheld_call_without_an_id_is_followed_too() -> None:
    line = Line()
    line.says("ringing", number="anonymous")
    line.says("answered", number="anonymous")
    line.says("ended", number="anonymous")
    assert line.states == ["wrap_up"]


def test_a_report_without_number_and_id_is_about_the_latest_call() -> None:
    line = Line()
    line.says("ringing", number="+493512805504")
    line.says("ringing", number="+493512805505")
    line.says("answered", number="")
    assert line.states == ["offered", "live"]


def test_the_same_customer_calling_again_is_another_call_even_seconds_after_the_last() -> None:
    line = Line()
    for state in ("ringing", "answered", "ended", "ringing"):
        line.says(state)
    assert line.states == ["wrap_up", "offered"]


def test_a_softphone_that_never_says_the_end_still_opens_the_next_call() -> None:
    line = Line()
    line.says("answered")
    line.says("answered", after_s=600)
    assert line.states == ["live", "live"]


def test_a_report_said_twice_or_overtaken_by_the_next_opens_nothing() -> None:
    line = Line()
    for state in ("answered", "ringing", "answered", "ended", "ended"):
        line.says(state, after_s=0.2)
    assert line.states == ["wrap_up"]


def test_a_ring_that_nobody_took_is_not_answered_by_a_later_call() -> None:
    line = Line()
    line.says("ringing")
    line.says("answered", after_s=600)
    assert line.states == ["offered", "live"]


def test_two_callers_at_once_are_two_calls() -> None:
    line = Line()
    line.says("ringing", number="+493512805504")
    line.says("ringing", number="+493512805505")
    line.says("answered", number="+493512805504")
    line.says("ended", number="+493512805505")
    assert line.states == ["live", "withdrawn"]


def test_the_end_of_an_outgoing_call_is_found_though_its_direction_is_not_said() -> None:
    line = Line()
    line.says("ringing", more="&direction=outbound")
    line.says("answered", more="&direction=outbound")
    line.says("ended")
    assert line.states == ["wrap_up"]


def test_calls_with_an_id_are_never_taken_for_one_without() -> None:
    line = Line()
    line.says("ringing", more="&id=1")
    line.says("answered")
    assert line.states == ["offered", "live"]


@given(st.lists(st.tuples(st.sampled_from(["ringing", "answered", "held", "resumed", "ended"]), st.integers(0, 2),
                          st.floats(0, 400)), max_size=15))  # fmt: skip
def test_no_order_of_reports_loses_a_ring(reports: list[tuple[str, int, float]]) -> None:
    line = Line()
    for state, who, after_s in reports:
        number = f"+49351280550{who}"
        line.says(state, after_s, number)
        if state in ("ringing", "answered"):
            assert any(one.is_open and one.caller.e164 == number for one in line.calls.interactions)


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
