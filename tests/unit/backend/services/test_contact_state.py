"""What the events of a contact come to, in whatever order they arrive."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.contacts.state import ContactState, state_of
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.events import AnyEvent, ConcernChosen, ConcernSolved, ContactEnded, ContactNoteWritten
from tests.fakes.backend_site import NOW, authenticated

CONTACT = new_id()


def fact(seq: int) -> dict[str, object]:
    return {"event_id": new_id(), "contact_id": CONTACT, "seq": seq, "at": NOW}


def note(seq: int, text: str) -> ContactNoteWritten:
    return ContactNoteWritten(**fact(seq), text=text)


def test_a_contact_begins_with_nobody() -> None:
    assert state_of(()) == ContactState()


def test_the_last_word_on_the_caller_counts() -> None:
    wrong = authenticated(CONTACT, "c-jan", seq=2)
    right = authenticated(CONTACT, "c-lisa", seq=3)
    assert state_of([wrong, right]).authenticated_customer == "c-lisa"


def test_taking_the_caller_back_leaves_nobody() -> None:
    taken_back = authenticated(CONTACT, seq=3, level=AuthLevel.NONE, items_passed=())
    state = state_of([authenticated(CONTACT), taken_back])
    assert (state.customer_id, state.auth_level) == (None, AuthLevel.NONE)


def test_an_identified_caller_is_not_an_authenticated_customer() -> None:
    state = state_of([authenticated(CONTACT, level=AuthLevel.IDENTIFIED, items_passed=())])
    assert state.customer_id == "c-lisa"
    assert state.authenticated_customer is None


def test_another_concern_is_not_solved_yet() -> None:
    events: list[AnyEvent] = [
        ConcernChosen(**fact(2), concern="bill"),
        ConcernSolved(**fact(3), solved=True),
        ConcernChosen(**fact(4), concern="move"),
    ]
    state = state_of(events)
    assert (state.concern, state.concern_solved) == ("move", None)


def test_solved_without_a_name_is_the_chosen_concern() -> None:
    state = state_of([ConcernChosen(**fact(2), concern="bill"), ConcernSolved(**fact(3), solved=True)])
    assert (state.concern, state.concern_solved) == ("bill", True)


def test_a_later_note_replaces_the_earlier() -> None:
    assert state_of([note(2, "eins"), note(3, "zwei")]).note == "zwei"


def test_the_end_is_kept() -> None:
    state = state_of([ContactEnded(**fact(9), cause="normal", duration_s=187)])
    assert (state.ended_at, state.end_cause, state.duration_s) == (NOW, "normal", 187)


@given(st.permutations([note(seq, f"note {seq}") for seq in range(2, 8)]))
def test_the_order_of_arrival_does_not_matter(arrived: list[AnyEvent]) -> None:
    assert state_of(sorted(arrived, key=lambda one: one.seq)).note == "note 7"
