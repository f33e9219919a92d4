"""What the customer asks for his own data is recorded with his words, once, and only when he is authenticated."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from nba_desktop.contract.codes import DataField, ResponseGroup, Speaker
from nba_desktop.contract.events import CorrectionRequested, ErasureRequested
from nba_desktop.contract.wish import Wish, WishKind
from nba_desktop.domain.answers import new_answers
from nba_desktop.domain.receipts import Receipt
from tests.fakes.desk import Desk
from tests.fakes.ports import START


def wished(desk: Desk) -> list[CorrectionRequested | ErasureRequested]:
    return [event for event in desk.outbox.events if isinstance(event, CorrectionRequested | ErasureRequested)]


def test_a_correction_is_recorded_once_for_a_field_with_the_words(solved: Desk) -> None:
    wishes = solved.session.wishes
    wishes.correct(DataField.ADDRESS)
    assert wished(solved) == []
    wishes.toggle()
    wishes.enter_words("  Lindenweg\n14 ")
    wishes.correct(DataField.ADDRESS)
    wishes.correct(DataField.ADDRESS)
    wishes.correct(DataField.EMAIL)
    address, email = wished(solved)
    assert isinstance(address, CorrectionRequested)
    view = solved.contact().view
    assert view is not None
    assert (address.customer_id, address.field, address.words) == (view.customer_id, "address", "Lindenweg 14")
    assert email.words == ""
    solved.session.on_receipt(address.event_id, Receipt.REFUSED)
    assert [one.receipt for one in solved.contact().wishes] == [Receipt.REFUSED, Receipt.STORED]
    wishes.correct(DataField.ADDRESS)
    assert len(wished(solved)) == 3


def test_an_erasure_is_recorded_only_after_it_was_asked(solved: Desk) -> None:
    wishes = solved.session.wishes
    wishes.toggle()
    wishes.erase()
    wishes.ask_erasure(True)
    wishes.ask_erasure(False)
    wishes.erase()
    assert wished(solved) == []
    wishes.ask_erasure(True)
    wishes.erase()
    wishes.ask_erasure(True)
    wishes.erase()
    assert [one.type for one in wished(solved)] == ["erasure_requested"]


def test_it_gives_way_and_needs_an_authenticated_customer(desk: Desk, solved: Desk) -> None:
    solved.session.wishes.toggle()
    assert solved.contact().wish is not None
    solved.session.open_group(ResponseGroup.DECLINED)
    assert solved.contact().wish is None
    solved.session.wishes.toggle()
    solved.session.name_speaker(Speaker.UNAUTHORISED)
    solved.session.wishes.correct(DataField.NAME)
    solved.session.wishes.toggle()
    assert solved.contact().wish is None
    assert wished(solved) == []


def test_an_answered_wish_is_new() -> None:
    answered = START + timedelta(days=2)
    wish = Wish(wish_id=UUID(int=1), at=START, kind=WishKind.ERASURE, answered_at=answered, done=True)
    assert new_answers((wish,), START) == {wish.wish_id}
    assert new_answers((wish,), answered) == frozenset()
