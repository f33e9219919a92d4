"""Panel and backend that do not fit: said with both versions, nothing is lost, and it ends with the update."""

from __future__ import annotations

from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.blocked import Blocked, BlockedCode
from nba_desktop.domain.errors import BackendMismatch, BackendOffline, FailureCode
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from tests.fakes.desk import Desk

TOO_OLD = BackendMismatch(FailureCode.PANEL_TOO_OLD, "1.2.0", "1.4.0", "1.4.0", "https://nba.example.com")
SAID = Blocked(
    BlockedCode.PANEL_TOO_OLD, panel="1.2.0", backend="1.4.0", needed="1.4.0", server="https://nba.example.com"
)


def blocked(desk: Desk) -> tuple[Blocked | None, str]:
    """What blocks the panel, and how the link is."""
    return desk.session.state.blocked, desk.session.state.backend.status


def test_a_running_call_goes_on_with_what_it_has_and_is_recorded(solved: Desk) -> None:
    shown = solved.contact().view
    solved.backend.broken = TOO_OLD
    solved.session.mark_solved(False)
    solved.tasks.finish_all()
    assert blocked(solved) == (SAID, "refused")
    assert solved.session.state.notices == (Notice(FailureCode.PANEL_TOO_OLD, (("needed", "1.4.0"),)),)
    assert solved.contact().view == shown
    assert solved.contact().actions_block.failure is FailureCode.PANEL_TOO_OLD
    solved.session.respond(ResponseCode.THINKING)
    assert solved.outbox.types()[-1] == "response_recorded"


def test_a_backend_that_takes_the_events_of_an_old_panel_does_not_answer_it(desk: Desk) -> None:
    desk.backend.broken = TOO_OLD
    desk.answer_call()
    desk.session.on_receipt(desk.outbox.events[0].event_id, Receipt.ACCEPTED)
    desk.session.on_outbox_status(OutboxStatus(waiting=1, paused=FailureCode.PANEL_TOO_OLD))
    desk.session.on_outbox_status(OutboxStatus())
    assert blocked(desk) == (SAID, "refused")
    desk.backend.broken = None
    desk.session.on_backend_reached()
    desk.tasks.finish_all()
    assert blocked(desk) == (None, "up")
    assert desk.session.state.notices == ()


def test_what_stops_the_sender_blocks_until_the_backend_is_updated(desk: Desk) -> None:
    desk.answer_call()
    desk.session.on_outbox_status(OutboxStatus(waiting=1, paused=FailureCode.BACKEND_TOO_OLD))
    assert blocked(desk) == (Blocked(BlockedCode.BACKEND_TOO_OLD), "refused")
    desk.session.on_outbox_status(OutboxStatus())
    assert blocked(desk) == (None, "up")


def test_a_backend_that_is_away_blocks_nobody_until_it_says_so_again(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.session.on_backend_away(TOO_OLD)
    desk.backend.broken = BackendOffline()
    desk.answer_call()
    assert blocked(desk) == (None, "down")
    desk.session.on_backend_away(TOO_OLD)
    assert blocked(desk) == (SAID, "refused")
