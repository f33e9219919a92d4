"""What waits between calls, over HTTP."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.contract.follow_up import FollowUps
from tests.fakes.states.waiting import LATE, feedback, follow_ups
from tests.unit.adapters.http_peer import says, serving

UNTIL = date(2026, 11, 17)


def test_the_due_list_is_asked_up_to_a_day_in_a_language() -> None:
    listed = FollowUps(day=date(2026, 11, 10), until=UNTIL, follow_ups=follow_ups("de"))
    with serving(says(200, listed.model_dump_json())) as peer:
        assert HttpBackend(peer.url, "secret").follow_ups(UNTIL, "de") == listed
    assert peer.requests[0].path == "/v1/follow-ups?until=2026-11-17&language=de"


def test_a_promise_is_said_to_be_kept() -> None:
    done = follow_ups("de")[0]
    with serving(says(200, done.model_dump_json())) as peer:
        assert HttpBackend(peer.url, "secret").finish_follow_up(UUID(int=LATE.int), "de") == done
    assert (peer.requests[0].method, peer.requests[0].path) == ("POST", f"/v1/follow-ups/{LATE}/done?language=de")


def test_the_calendar_comes_as_it_is() -> None:
    with serving(says(200, "BEGIN:VCALENDAR\r\n")) as peer:
        assert HttpBackend(peer.url, "secret").follow_up_calendar("en") == b"BEGIN:VCALENDAR\r\n"
    assert peer.requests[0].path == "/v1/follow-ups.ics?language=en"


def test_the_answers_are_asked_in_a_language() -> None:
    with serving(says(200, feedback("de").model_dump_json())) as peer:
        assert HttpBackend(peer.url, "secret").own_feedback("de") == feedback("de")
    assert peer.requests[0].path == "/v1/feedback/mine?language=de"
