"""What a call took: the talk, the hold, and the work after it, as told by the telephone and the agent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nba_desktop.contract.codes import ConsentChannel, ResponseCode
from nba_desktop.contract.events import ContactEnded, WrapUpFinished
from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.owed import owed
from tests.fakes.desk import CLOSES_AFTER_S, Desk

_PHONE = {
    "rings": CallEventType.RINGING,
    "answered": CallEventType.ANSWERED,
    "held": CallEventType.HELD,
    "resumed": CallEventType.RESUMED,
    "ended": CallEventType.ENDED,
}

ENDS = {
    "talk without holding": ("rings 8 answered 200 ended", (200, 0, 8)),
    "held twice": ("rings 3 answered 60 held 30 resumed 10 held 15 resumed 5 ended", (120, 45, 3)),
    "hung up while on hold": ("rings 1 answered 20 held 40 ended", (60, 40, 1)),
    "never answered": ("rings 25 ended", (0, None, None)),
    "a colleague is asked": ("rings 2 answered 10 held 1 consulted 20 resumed 9 ended", (40, 21, 2)),
}

WORK = {
    "until the agent is done": ("ends 45 done", [45]),
    "for as long as he works": ("ends 100 touched 100 touched 60 done", [260]),
    "to the last touch where it closes by itself": (f"ends 30 touched {CLOSES_AFTER_S + 10}", [30]),
    "nothing where nobody touched it": (f"ends {CLOSES_AFTER_S + 10}", [0]),
    "until the next call is answered": ("ends 20 rings 5 answered 90 select done ended 10 done", [25, 10]),
    "while the next one rings in vain": ("ends 20 rings 10 missed 5 done", [35]),
    "not while the machine sleeps": ("ends 20 sleeps 7200 done", [30]),
    "at most half an hour": ("ends " + "100 touched " * 20 + "done", [1800]),
    "until the program ends": ("ends 15 stop", [15]),
}


def _play(desk: Desk, story: str, call: str = "call-1") -> None:
    words = iter(story.split())
    for word in words:
        match word:
            case "ends":
                desk.answer_call()
                desk.phone(CallEventType.ENDED, cause="normal")
                call = "call-2"
            case "missed":
                desk.phone(CallEventType.ENDED, call, cause="missed")
            case "consulted":
                # A call of his own to a colleague, while the customer is on hold.
                for happened in (CallEventType.RINGING, CallEventType.ANSWERED):
                    desk.phone(happened, "asked", direction="outbound")
                desk.clock.pass_ms(int(next(words)) * 1000)
                desk.phone(CallEventType.ENDED, "asked", cause="normal")
            case "touched":
                desk.session.touch()
            case "select":
                desk.session.select_call("call-1")
            case "done":
                desk.session.finish_wrap_up()
            case "sleeps":
                desk.clock.moment += timedelta(seconds=int(next(words)))
            case "stop":
                desk.session.stop()
            case _ if word in _PHONE:
                desk.phone(_PHONE[word], call)
            case _:
                desk.clock.pass_ms(int(word) * 1000)


@pytest.mark.parametrize("case", ENDS)
def test_the_end_of_a_call_tells_its_times(case: str, desk: Desk) -> None:
    story, expected = ENDS[case]
    _play(desk, story)
    (ended,) = [one for one in desk.outbox.events if isinstance(one, ContactEnded)]
    assert (ended.duration_s, ended.held_s, ended.waited_s) == expected


@pytest.mark.parametrize("case", WORK)
def test_the_work_after_a_call_counts(case: str, desk: Desk) -> None:
    story, expected = WORK[case]
    _play(desk, story)
    assert [one.seconds for one in desk.outbox.events if isinstance(one, WrapUpFinished)] == expected


@pytest.mark.parametrize("code", [ResponseCode.ACCEPTED_PENDING, ResponseCode.INTEREST_INFO])
def test_what_is_owed_to_the_customer_is_left_knowingly_or_not_at_all(solved: Desk, code: ResponseCode) -> None:
    solved.session.select_action("XS_MAINTAIN")
    solved.session.respond(code)
    solved.phone(CallEventType.ENDED, cause="normal")
    solved.clock.pass_ms((CLOSES_AFTER_S + 10) * 1000)
    solved.session.finish_wrap_up()
    assert solved.contact().owed_left == owed(solved.contact()) == {"XS_MAINTAIN"}
    solved.session.finish_wrap_up()
    assert solved.session.state.contact is None


def test_what_is_settled_needs_no_second_click(solved: Desk) -> None:
    solved.session.select_action("XS_MAINTAIN")
    solved.session.respond(ResponseCode.ACCEPTED_PENDING)
    solved.session.promises.request_confirmation(ConsentChannel.EMAIL)
    solved.phone(CallEventType.ENDED, cause="normal")
    solved.session.finish_wrap_up()
    assert solved.session.state.contact is None


@pytest.mark.parametrize(
    ("source", "story", "expected"),
    [
        ("call_url", (CallEventType.ENDED,), (None, None)),
        ("hub", (CallEventType.ENDED,), (None, 0)),
        ("hub", (CallEventType.HELD, CallEventType.ENDED), (0, 0)),
    ],
)
def test_holding_is_unknown_where_a_source_tells_of_none(
    desk: Desk, source: str, story: tuple[CallEventType, ...], expected: tuple[int | None, int | None]
) -> None:
    for happened in (CallEventType.RINGING, CallEventType.ANSWERED, *story):
        desk.phone(happened, source=source)
    ended = desk.outbox.events[-1]
    assert isinstance(ended, ContactEnded)
    assert (ended.held_s, ended.waited_s) == expected
