"""A backend that is there, but for a certificate or a proxy on the way: said once, until it is mended."""

from __future__ import annotations

from datetime import timedelta

from nba_desktop.domain.errors import BackendBehindProxy, BackendOffline, BackendUntrusted, FailureCode
from tests.fakes.desk import Desk

EXPIRED = BackendUntrusted(FailureCode.CERTIFICATE_EXPIRED)
SIGN_IN = BackendBehindProxy(FailureCode.PROXY_SIGN_IN)
AWAY = BackendBehindProxy(FailureCode.PROXY_AWAY)


def noticed(desk: Desk) -> list[FailureCode]:
    return [notice.code for notice in desk.session.state.notices]


def test_what_somebody_must_mend_is_said_until_it_is(solved: Desk) -> None:
    solved.backend.broken = EXPIRED
    solved.session.mark_solved(False)
    solved.tasks.finish_all()
    assert solved.session.state.backend.failure is FailureCode.CERTIFICATE_EXPIRED
    assert solved.contact().actions_block.failure is FailureCode.CERTIFICATE_EXPIRED
    assert noticed(solved) == [FailureCode.CERTIFICATE_EXPIRED]
    solved.session.on_backend_away(SIGN_IN)
    assert noticed(solved) == [FailureCode.PROXY_SIGN_IN]
    solved.session.on_backend_reached()
    assert noticed(solved) == []


def test_a_proxy_that_does_not_answer_passes_by_itself_and_needs_no_notice(desk: Desk) -> None:
    desk.backend.broken = AWAY
    desk.answer_call()
    assert desk.session.state.backend.failure is FailureCode.PROXY_AWAY
    assert noticed(desk) == []


def test_another_reason_changes_nothing_of_since_when_the_backend_is_away(desk: Desk) -> None:
    desk.session.on_backend_away(BackendOffline())
    since = desk.session.state.backend.since
    desk.clock.moment += timedelta(minutes=5)
    desk.session.on_backend_away(EXPIRED)
    link = desk.session.state.backend
    assert (link.failure, link.since) == (FailureCode.CERTIFICATE_EXPIRED, since)
