"""A customer whom the CRM names: looked up between calls, offered in one, found by his number alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nba_desktop.contract.customer import SearchHit
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.errors import BackendFault, FailureCode
from tests.fakes import states
from tests.fakes.desk import Desk

NUMBER = "K-104776"
HELMUT = SearchHit(
    customer_id="c-helmut",
    display_name="Brandt, Helmut",
    customer_no_masked="K-•••776",
    place_masked="01••• Dresden",
    match="customer_no",
)
NAMESAKE = HELMUT.model_copy(update={"customer_id": "c-other", "match": "contract"})


@pytest.fixture
def quiet() -> Desk:
    desk = Desk()
    desk.backend.found = (HELMUT, NAMESAKE)
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    return desk


def test_between_calls_he_is_looked_up_with_the_reason_and_opened_by_hand(quiet: Desk) -> None:
    quiet.session.finder.name(NUMBER)
    assert quiet.session.state.search.status is BlockStatus.LOADING
    quiet.tasks.finish_all()
    search = quiet.session.state.search
    assert (search.status, search.hits, search.named) == (BlockStatus.READY, (HELMUT,), True)
    quiet.session.attach_customer("c-helmut")
    quiet.tasks.finish_all()
    assert quiet.backend.asked == [f"look up {NUMBER}", "start", "caller"]
    assert not quiet.contact().authenticated


def test_in_a_call_he_is_offered_and_nothing_is_asked(quiet: Desk) -> None:
    quiet.phone(CallEventType.RINGING)
    quiet.tasks.finish_all()
    before = quiet.contact()
    quiet.session.finder.name(NUMBER)
    assert (quiet.contact(), quiet.backend.asked) == (replace(before, named=NUMBER), ["start"])
    quiet.session.finder.look_up_named()
    quiet.tasks.finish_all()
    assert quiet.backend.asked == ["start", f"search {NUMBER}"]
    assert (quiet.contact().offered, quiet.contact().search.named) == (None, True)


def test_an_offer_goes_with_its_call_and_where_it_is_put_away_searched_for_or_followed_by_another(quiet: Desk) -> None:
    quiet.phone(CallEventType.RINGING)
    quiet.tasks.finish_all()
    quiet.session.finder.name("K-318204")
    quiet.session.finder.name(NUMBER)
    assert quiet.contact().offered == NUMBER
    quiet.session.search("Brandt")
    assert quiet.contact().offered == NUMBER
    quiet.session.search(NUMBER)
    assert quiet.contact().offered is None
    quiet.session.finder.name(NUMBER)
    quiet.session.finder.put_named_away()
    quiet.session.finder.look_up_named()
    assert quiet.contact().offered is None
    quiet.session.finder.name(NUMBER)
    quiet.phone(CallEventType.ENDED, cause="missed")
    quiet.phone(CallEventType.RINGING, "call-2")
    assert quiet.contact().offered is None


def test_whoever_is_on_the_screen_is_not_offered() -> None:
    shown = states.helmut_contact("de")
    assert shown.view is not None
    assert shown.view.customer is not None
    assert replace(shown, named=shown.view.customer.customer_no).offered is None
    assert replace(shown, named="K-318204").offered == "K-318204"


def test_what_is_asked_again_keeps_its_reason_and_another_search_has_its_own(quiet: Desk) -> None:
    quiet.backend.broken = BackendFault(500)
    quiet.session.finder.name(NUMBER)
    quiet.tasks.finish_all()
    assert quiet.session.state.search.failure is FailureCode.SERVER_FAULT
    quiet.backend.broken = None
    quiet.session.search(NUMBER)
    quiet.tasks.finish_all()
    quiet.session.search("Brandt")
    quiet.tasks.finish_all()
    assert quiet.backend.asked == [f"look up {NUMBER}", f"look up {NUMBER}", "search Brandt without a call"]


def test_a_panel_that_was_started_for_him_asks_once_there_is_a_backend() -> None:
    desk = Desk()
    desk.session.finder.name(NUMBER)
    assert desk.session.state.search.failure is FailureCode.OFFLINE
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    assert desk.backend.asked[:1] == [f"look up {NUMBER}"]
    assert desk.session.state.search.status is BlockStatus.READY
