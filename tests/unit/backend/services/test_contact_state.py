"""What the events of a contact come to, in whatever order they arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.contacts.state import ContactState, state_of
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, CallFlag, Speaker
from nba_desktop.contract.events import (
    AnyEvent,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactEnded,
    ContactNoteWritten,
    SecurityItemFailed,
    SpeakerNamed,
)
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
    assert [(one.code, one.solved) for one in state.concerns] == [("bill", True), ("move", None)]


# What is said of concerns: a code turns to it, "+" marks it solved, "-" not solved, "f" to be followed up; a code with
# a sign marks that one. What they come to, whether all is solved, and the concern to go on with.
CONCERNS: list[tuple[str, str, bool | None, str]] = [
    ("", "", None, ""),
    ("bill", "bill?", None, "bill"),
    ("bill move", "move?", None, "move"),
    ("bill + move", "bill+ move?", None, "move"),
    ("bill + move +", "bill+ move+", True, "move"),
    ("bill - move", "bill- move?", False, "move"),
    ("bill - move +", "bill- move+", False, "bill"),
    ("bill f move +", "bill- move+", False, "bill"),
    ("bill - move + bill+", "bill+ move+", True, "move"),
    ("bill + move + bill", "move+ bill?", None, "bill"),
    ("bill - bill", "bill?", None, "bill"),
    ("bill - +", "bill+", True, "bill"),
    ("+ bill", "+ bill?", None, "bill"),
    ("bill move+", "move+", True, "move"),
    ("bill + move+", "bill+ move+", True, "move"),
]


@pytest.mark.parametrize(("said", "comes_to", "solved", "left"), CONCERNS)
def test_several_concerns_come_to(said: str, comes_to: str, solved: bool | None, left: str) -> None:
    events: list[AnyEvent] = []
    for seq, word in enumerate(said.split(), start=2):
        code, sign = (word[:-1], word[-1]) if word[-1] in "+-" or word == "f" else (word, "")
        if sign:
            follow_up = sign == "f"
            marked = {"concern": code or None, "solved": sign == "+", "follow_up": follow_up}
            events.append(ConcernSolved(**fact(seq), **marked))
        else:
            events.append(ConcernChosen(**fact(seq), concern=code))
    state = state_of(events)
    signs = {None: "?", True: "+", False: "-"}
    assert " ".join(f"{one.code or ''}{signs[one.solved]}" for one in state.concerns) == comes_to
    assert state.concern_solved is solved
    assert state.concern == (state.concerns[-1].code if state.concerns else None)
    assert (state.concern_left.code if state.concern_left else "") == left


def test_a_concern_that_is_to_be_followed_up_is_not_solved_whatever_else_is_said() -> None:
    state = state_of([ConcernSolved(**fact(2), concern="bill", solved=True, follow_up=True)])
    assert state.concern_solved is False


def speaks(seq: int, speaker: Speaker, customer_id: str = "c-lisa") -> SpeakerNamed:
    return SpeakerNamed(**fact(seq), customer_id=customer_id, speaker=speaker)


def test_without_authority_nobody_is_authenticated_until_it_is_done_anew() -> None:
    begun: list[AnyEvent] = [authenticated(CONTACT), speaks(3, Speaker.UNAUTHORISED)]
    state = state_of(begun)
    assert (state.auth_level, state.customer_id, state.speaker) == (
        AuthLevel.IDENTIFIED,
        "c-lisa",
        Speaker.UNAUTHORISED,
    )
    claimed = [*begun, authenticated(CONTACT, seq=4)]
    assert state_of(claimed).authenticated_customer is None
    himself = [*claimed, speaks(5, Speaker.CUSTOMER)]
    assert state_of(himself).authenticated_customer is None
    anew = state_of([*himself, authenticated(CONTACT, seq=6)])
    assert (anew.authenticated_customer, anew.vouching_over) == ("c-lisa", True)


def test_who_spoke_for_one_customer_says_nothing_of_another_and_is_not_forgotten() -> None:
    begun: list[AnyEvent] = [authenticated(CONTACT), speaks(3, Speaker.UNAUTHORISED)]
    other = [*begun, authenticated(CONTACT, "c-jan", seq=4)]
    assert state_of(other).authenticated_customer == "c-jan"
    assert state_of(other).speaker is Speaker.CUSTOMER
    back = state_of([*other, authenticated(CONTACT, seq=5)])
    assert (back.authenticated_customer, back.speaker) == (None, Speaker.UNAUTHORISED)


def test_a_representative_speaks_for_an_authenticated_customer_until_he_does_so_himself() -> None:
    begun: list[AnyEvent] = [speaks(2, Speaker.REPRESENTATIVE), authenticated(CONTACT, seq=3)]
    state = state_of(begun)
    assert (state.authenticated_customer, state.speaker) == ("c-lisa", Speaker.REPRESENTATIVE)
    himself = state_of([*begun, speaks(4, Speaker.CUSTOMER)])
    assert (himself.authenticated_customer, himself.speaker) == ("c-lisa", Speaker.CUSTOMER)


def test_a_flag_holds_until_it_is_taken_back() -> None:
    flagged = [
        CallFlagged(**fact(2), flag=CallFlag.OUTAGE, on=True),
        CallFlagged(**fact(3), flag=CallFlag.COMPLAINT, on=True),
        CallFlagged(**fact(4), flag=CallFlag.OUTAGE, on=False),
        CallFlagged(**fact(5), flag=CallFlag.VULNERABLE, on=False),
    ]
    assert state_of(flagged).flags == {CallFlag.COMPLAINT}


def test_failed_items_stay_failed_of_whom_they_were_asked() -> None:
    failed = SecurityItemFailed(**fact(2), customer_id="c-jan", item="birth_date")
    state = state_of([failed, authenticated(CONTACT, seq=3, items_failed=("street",))])
    assert state.failed_items == {("c-jan", "birth_date"), ("c-lisa", "street")}


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


def test_an_outcome_that_was_said_before_the_concern_had_a_name_is_the_named_ones() -> None:
    first = ConcernSolved(**fact(2), concern=None, solved=False)
    named = ConcernSolved(**fact(3), concern="move", solved=False)
    assert [(one.code, one.solved) for one in state_of((first, named)).concerns] == [("move", False)]
    solved = ConcernSolved(**fact(4), concern="move", solved=True)
    assert state_of((first, named, solved)).concern_solved is True


_CUSTOMERS = st.sampled_from(("c-lisa", "c-jan"))
_ANYTHING: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(
        lambda who, level: authenticated(CONTACT, who, level=level), _CUSTOMERS, st.sampled_from(tuple(AuthLevel))
    ),
    st.builds(lambda speaker, who: speaks(2, speaker, who), st.sampled_from(tuple(Speaker)), _CUSTOMERS),
    st.builds(lambda code: ConcernChosen(**fact(2), concern=code), st.sampled_from(("bill", "move", "tariff"))),
    st.builds(
        lambda code, solved: ConcernSolved(**fact(2), concern=code, solved=solved),
        st.sampled_from((None, "bill", "move")),
        st.booleans(),
    ),
)


@given(st.lists(_ANYTHING, max_size=12))
def test_whatever_is_said_nobody_without_authority_is_authenticated(events: list[AnyEvent]) -> None:
    state = state_of(events)
    named = [one for one in events if isinstance(one, SpeakerNamed)]
    if named and named[-1].speaker is Speaker.UNAUTHORISED:
        assert state.authenticated_customer != named[-1].customer_id
    assert state.vouching_over is any(one.speaker is Speaker.UNAUTHORISED for one in named)


@given(st.lists(_ANYTHING, max_size=12))
def test_whatever_is_said_each_concern_is_there_once_and_only_the_last_is_open(events: list[AnyEvent]) -> None:
    state = state_of(events)
    codes = [one.code for one in state.concerns]
    assert len(codes) == len(set(codes))
    assert all(one.solved is not None for one in state.concerns[:-1])
    marks = {one.solved for one in state.concerns}
    assert state.concern_solved is (False if False in marks else None if None in marks or not marks else True)
