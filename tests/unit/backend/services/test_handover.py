"""A call that is transferred: the next agent sees what was done, when it is the same call and the same customer."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, update

from nba_desktop.backend.contacts.identification import MOST_CANDIDATES
from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.backend.model import Phone
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.schema.decisions import decisions
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ProblemCode, ResponseCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import AnyEvent, CallerAuthenticated, CallerNumber, ConcernChosen, ContactNoteWritten
from nba_desktop.contract.handover import HandedAction, HandoverDetails
from tests.fakes.backend_calls import shown
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import ANN, NOW, authenticated, started
from tests.fakes.handed_calls import HOME, MOBILE, Desk, call, rings_beside

# After a colleague's contact from Lisa's mobile: what the next one is, and how sure it is that it is the same call.
NEXT: list[tuple[str, str | None, dict[str, Any], bool | None]] = [
    ("the same conversation of one system", MOBILE, {"minutes": 5}, True),
    ("the same conversation, eleven hours later", MOBILE, {"minutes": 660}, True),
    ("the same id a day later", MOBILE, {"minutes": 1440}, None),
    ("the same conversation, its number not passed on", None, {"minutes": 5}, True),
    ("an id that was given to another caller", HOME, {"minutes": 5}, None),
    ("the same number by another system", MOBILE, {"minutes": 5, "source": "cloud", "interaction_id": "g"}, False),
    ("the same id, but of a system without a name", MOBILE, {"minutes": 5, "source": ""}, False),
    ("another number by a system without a name", HOME, {"minutes": 5, "source": ""}, None),
    ("the same number, long after the other call was left", MOBILE, {"minutes": 121, "source": ""}, None),
    ("a withheld number", None, {"minutes": 5, "source": ""}, None),
    ("a call that the agent makes himself", MOBILE, {"minutes": 5, "source": "", "direction": "outbound"}, None),
]


@pytest.mark.parametrize(("number", "said", "certain"), [one[1:] for one in NEXT], ids=[one[0] for one in NEXT])
def test_system_conversation_number_and_time_say_whether_it_is_the_same_call(
    services: Services, number: str | None, said: dict[str, Any], certain: bool | None
) -> None:
    call(services, services.agent).settles()
    handover = call(services, services.colleague, number, **said).view.handover
    assert (None if handover is None else handover.certain) is certain


@pytest.mark.parametrize(("minutes", "probable"), [(1.5, True), (2.5, True), (3.5, False)])
def test_a_call_that_ended_just_before_is_probably_the_same(services: Services, minutes: float, probable: bool) -> None:
    first = call(services, services.agent)
    first.settles()
    first.start = first.start.model_copy(update={"at": NOW + timedelta(minutes=1)})
    first.ends("normal")
    view = call(services, services.colleague, minutes=minutes, source="").view
    assert (view.handover is not None) is probable


@pytest.mark.parametrize(("minutes", "same"), [(60, True), (62, False)])
def test_an_id_that_comes_again_long_after_the_call_ended_is_another_calls(
    services: Services, minutes: int, same: bool
) -> None:
    first = call(services, services.agent, None)
    first.settles()
    first.ends("normal")
    view = call(services, services.colleague, None, minutes=minutes).view
    assert (view.handover is not None) is same


@pytest.mark.parametrize(
    ("minutes", "said", "certain"), [(5, {}, True), (5, {"source": ""}, None)], ids=["certain", "by number"]
)
def test_his_own_earlier_part_counts_only_where_the_telephone_system_says_so(
    services: Services, minutes: int, said: dict[str, Any], certain: bool | None
) -> None:
    call(services, services.agent).settles()
    handover = call(services, services.agent, minutes=minutes, **said).view.handover
    assert (None if handover is None else handover.certain) is certain


def test_the_agents_own_earlier_part_is_called_his_own(services: Services) -> None:
    call(services, services.agent).settles()
    own = call(services, services.agent, minutes=1).view.handover
    colleagues = call(services, services.colleague, minutes=2).view.handover
    assert own is not None
    assert colleagues is not None
    assert (own.own, colleagues.own) == (True, False)


def test_whom_the_agent_left_for_somebody_else_on_the_line_is_not_handed_to_him(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    first.ends("unknown")
    view = call(services, services.agent, minutes=1).view
    assert view.handover is None
    assert all(one.match != "handed_over" for one in view.identification.candidates)


def test_a_panel_that_was_closed_in_the_call_has_its_own_part_back(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    first.ends("panel_closed")
    view = call(services, services.agent, minutes=1).view
    assert view.handover is not None
    assert view.handover.own
    assert view.identification.vouched_by == "colleague"


def test_the_notes_of_a_chain_stand_beside_each_other(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    first.notes("wants a callback")
    first.notes("wants a callback on Monday")
    first.ends()
    second = call(services, services.colleague, minutes=5)
    second.settles()
    second.notes("bill explained")
    second.ends()
    third = call(services, services.agent, minutes=10)
    handover = third.settles().handover
    assert handover is not None
    assert handover.details is not None
    assert handover.details.note == "wants a callback on Monday · bill explained"


def test_a_telephone_that_only_rang_hands_nothing_over(services: Services) -> None:
    call(services, services.agent)
    assert call(services, services.colleague, minutes=0.01).view.handover is None
    rang = call(services, services.agent, HOME, interaction_id="i-8")
    rang.identifies()
    rang.ends("elsewhere")
    assert call(services, services.colleague, HOME, minutes=1, interaction_id="i-8").view.handover is None


@pytest.mark.parametrize("end", ["elsewhere", None], ids=["ended", "still ringing"])
@pytest.mark.parametrize(("said", "certain"), [({}, True), ({"source": ""}, False)], ids=["certain", "by number"])
def test_telephones_that_ring_beside_hide_nobody_who_had_the_call(
    services: Services, said: dict[str, Any], certain: bool, end: str | None
) -> None:
    call(services, services.agent, HOME).settles()
    rings_beside(services, services.agent, HOME, 1, end)
    view = call(services, services.colleague, HOME, minutes=2, **said).view
    assert view.handover is not None
    assert (view.handover.certain, view.identification.candidates[0].match) == (certain, "handed_over")
    assert view.identification.vouched_by == ("colleague" if certain else None)


def test_other_callers_with_the_same_id_hide_nobody_who_had_the_call(services: Services) -> None:
    call(services, services.agent).settles()
    for minutes in range(1, 10):
        other = call(services, services.agent, HOME, minutes=minutes)
        other.settles("c-jan")
        other.ends()
    handover = call(services, services.colleague, minutes=10).view.handover
    assert handover is not None
    assert handover.certain


def test_a_call_passed_on_without_a_click_is_told_all_the_same(services: Services) -> None:
    call(services, services.agent).ends("transferred")
    handover = call(services, services.colleague, minutes=1).view.handover
    assert handover is not None
    assert (handover.certain, handover.authenticated, handover.at) == (True, False, NOW + timedelta(seconds=2))


def test_a_number_of_a_switchboard_makes_nothing_probable(services: Services) -> None:
    people = [
        replace(
            ANN, customer_id=f"c-{n}", customer_no=f"K-9{n}", contracts=(), phones=(Phone("+4935100000", "phone_home"),)
        )
        for n in range(MOST_CANDIDATES + 1)
    ]
    with services.store.write() as unit:
        unit.customers.add(people, [])
    call(services, services.agent, "+4935100000").settles("c-1")
    assert call(services, services.colleague, "+4935100000", minutes=1, source="").view.handover is None


def test_before_authentication_nothing_is_said_of_what_was_done(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    first.notes("Zieht nach Leipzig")
    view = call(services, services.colleague, minutes=1).view
    assert view.handover is not None
    assert (view.handover.authenticated, view.handover.details) == (True, None)
    assert "Leipzig" not in view.model_dump_json()


def test_the_next_agent_sees_concern_actions_objections_and_what_is_open(real: Services) -> None:
    first = call(real, real.agent)
    first.settles()
    first.chooses("move")
    first.marks(False)
    first.chooses("bill")
    first.raises("SALES_SOLAR")
    first.hears("SALES_SOLAR", "no_time")
    first.hears("SALES_SOLAR", "no_time")
    first.records("SALES_SOLAR", ResponseCode.DECLINED_NO_NEED)
    first.raises("SRV_BILL")
    first.records("SRV_BILL", ResponseCode.ACCEPTED_DONE)
    first.retracts("SRV_BILL")
    first.notes("Ruft wegen der Rechnung an")
    first.notes("")
    first.ends()
    view = call(real, real.colleague, minutes=5, language="en").settles()
    assert view.handover is not None
    assert view.handover.details == HandoverDetails(
        concern="bill",
        solved=None,
        actions=(
            HandedAction(
                action_id="SALES_SOLAR",
                title="Solar roof",
                objections=("No time.",),
                response=ResponseCode.DECLINED_NO_NEED,
            ),
            HandedAction(action_id="SRV_BILL", title="Explain the bill"),
        ),
        note="Ruft wegen der Rechnung an",
    )
    assert (view.concerns[0].code, view.concerns[0].because) == ("bill", "handed_over")
    assert [one.code for one in view.concerns].count("bill") == 1


def test_of_several_concerns_the_next_agent_goes_on_with_the_one_that_is_not_solved(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    first.chooses("bill")
    first.marks(False, follow_up=True)
    first.chooses("move")
    first.marks(True)
    first.ends()
    handover = call(services, services.colleague, minutes=5).settles().handover
    assert handover is not None
    assert handover.details is not None
    assert (handover.details.concern, handover.details.solved) == ("bill", False)


@pytest.mark.parametrize(
    ("code", "response", "raised"),
    [
        (ResponseCode.NO_CODE, None, True),
        (ResponseCode.THINKING, ResponseCode.THINKING, True),
        (ResponseCode.NOT_ADDRESSED_TIME, None, False),
    ],
)
def test_an_action_is_open_without_a_code_and_absent_when_nobody_raised_it(
    real: Services, code: ResponseCode, response: ResponseCode | None, raised: bool
) -> None:
    first = call(real, real.agent)
    first.settles()
    first.records("SRV_BILL", code)
    view = call(real, real.colleague, minutes=1).settles()
    assert view.handover is not None
    assert view.handover.details is not None
    assert [(one.action_id, one.response) for one in view.handover.details.actions] == (
        [("SRV_BILL", response)] if raised else []
    )


def test_an_action_whose_words_cannot_be_found_is_told_by_its_id(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    first.raises("SRV_MOVE")
    first.hears("SRV_MOVE", "too_dear")
    view = call(services, services.colleague, minutes=1).settles()
    assert view.handover is not None
    assert view.handover.details is not None
    assert view.handover.details.actions == (
        HandedAction(action_id="SRV_MOVE", title="SRV_MOVE", objections=("too_dear",)),
    )


def test_words_of_a_version_that_is_read_no_more_are_told_by_their_ids(real: Services, tmp_path: Path) -> None:
    first = call(real, real.agent)
    first.settles()
    first.raises("SRV_BILL")
    url = URL.create("sqlite", database=str(tmp_path / "backend.sqlite3"))
    with closing(Database(url)) as database, database.writing() as connection:
        connection.execute(update(decisions).values(catalogue_version="gone"))
    view = call(real, real.colleague, minutes=1).settles()
    assert view.handover is not None
    assert view.handover.details is not None
    assert [one.title for one in view.handover.details.actions] == ["SRV_BILL"]


def test_what_was_declined_to_the_colleague_is_not_recommended_again(real: Services) -> None:
    first = call(real, real.agent)
    assert "SALES_SOLAR" in shown(first.settles())
    first.records("SALES_SOLAR", ResponseCode.DECLINED_NO_NEED)
    view = call(real, real.colleague, minutes=5).settles()
    assert "SALES_SOLAR" not in shown(view)
    assert ("SALES_SOLAR", "cool_down") in [(one.action_id, one.rule) for one in view.decision.why_not]


def test_a_third_agent_sees_both_parts_as_one(real: Services) -> None:
    with real.store.write() as unit:
        third = replace(real.agent, agent_id="cem", recipient_code=ensure_agent(unit.access, "cem", NOW))
    first = call(real, real.agent)
    first.settles()
    first.chooses("move")
    first.raises("SRV_BILL")
    first.notes("erst Umzug")
    second = call(real, real.colleague, minutes=5)
    second.settles()
    second.chooses("bill")
    second.records("SRV_BILL", ResponseCode.THINKING)
    for minutes, said in ((10, {}), (11, {"source": "cloud", "interaction_id": "g"})):
        view = call(real, third, minutes=minutes, **said).settles()
        assert view.handover is not None
        assert view.handover.details == HandoverDetails(
            concern="bill",
            actions=(HandedAction(action_id="SRV_BILL", title="Rechnung erklären", response=ResponseCode.THINKING),),
            note="erst Umzug",
        )


def test_what_the_colleague_records_later_is_seen_at_the_next_question(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    second = call(services, services.colleague, minutes=1)
    second.settles()
    first.notes("nachgereicht")
    handover = second.looks_again().handover
    assert handover is not None
    assert handover.details is not None
    assert handover.details.note == "nachgereicht"


def test_nothing_of_the_next_agent_is_handed_to_the_one_before(services: Services) -> None:
    first = call(services, services.agent)
    first.settles()
    call(services, services.colleague, minutes=1).settles()
    assert first.looks_again().handover is None


def test_a_colleague_who_had_somebody_else_on_the_line_tells_nothing(services: Services) -> None:
    first = call(services, services.agent)
    first.settles("c-ann")
    first.notes("über Ann")
    view = call(services, services.colleague, minutes=1).settles("c-lisa")
    assert view.handover is not None
    assert view.handover.details is None
    assert "über Ann" not in view.model_dump_json()


def vouching(view: ContactView) -> tuple[str | None, int, str, str]:
    found = view.identification
    first = found.candidates[0]
    return found.vouched_by, found.security_items_required, first.customer_id, first.match


def test_whom_the_colleague_authenticated_is_confirmed_with_one_key(services: Services) -> None:
    call(services, services.agent, HOME).settles()
    second = call(services, services.colleague, HOME, minutes=1)
    assert vouching(second.view) == ("colleague", 0, "c-lisa", "handed_over")
    assert [one.customer_id for one in second.view.identification.candidates] == ["c-lisa", "c-jan"]
    view = second.settles(items_passed=())
    assert view.auth_level is AuthLevel.AUTHENTICATED
    with services.store.read() as unit:
        (_, kept) = unit.contacts.events_of(view.contact_id)
    assert isinstance(kept, CallerAuthenticated)
    assert (kept.items_passed, kept.vouched_by) == ((), "colleague")


@pytest.mark.parametrize(
    ("how", "said", "first"),
    [
        ("identifies", {}, ("handed_over", "c-lisa")),
        ("settles", {"source": ""}, ("handed_over", "c-lisa")),
        ("notes nothing", {}, ("phone_home", "c-jan")),
    ],
)
def test_less_than_a_certain_authentication_leaves_the_questions_as_they_are(
    services: Services, how: str, said: dict[str, Any], first: tuple[str, str]
) -> None:
    before = call(services, services.agent, HOME)
    if how == "notes nothing":
        before.ends()
    else:
        getattr(before, how)()
    second = call(services, services.colleague, HOME, minutes=1, **said)
    by, required, customer_id, match = vouching(second.view)
    assert (by, required, (match, customer_id)) == (None, 2, first)
    with pytest.raises(InvalidMessage):
        second.settles(items_passed=())


def test_vouching_is_for_one_customer_only(services: Services) -> None:
    call(services, services.agent, HOME).settles("c-lisa")
    second = call(services, services.colleague, HOME, minutes=1)
    assert second.view.identification.security_items_required_of_others == 2
    with pytest.raises(InvalidMessage):
        second.settles("c-jan", items_passed=())
    view = call(services, services.colleague, HOME, minutes=2).identifies("c-jan")
    assert vouching(view) == (None, 2, "c-jan", "phone_home")


def test_a_colleague_who_corrected_himself_vouches_for_the_last_one(services: Services) -> None:
    first = call(services, services.agent, HOME)
    first.settles("c-jan")
    first.settles("c-lisa")
    assert vouching(call(services, services.colleague, HOME, minutes=1).view)[2] == "c-lisa"
    first.settles("c-jan", level=AuthLevel.NONE, items_passed=())
    assert vouching(call(services, services.colleague, HOME, minutes=2).view)[0] is None


def test_a_colleague_whose_events_are_still_on_their_way_vouches_for_nobody(services: Services) -> None:
    first = call(services, services.agent, HOME)
    first.settles()
    missing = first.head()
    first.notes("später")
    second = call(services, services.colleague, HOME, minutes=1)
    assert vouching(second.view) == (None, 2, "c-lisa", "handed_over")
    first.tell(ContactNoteWritten(**missing, text="früher"))
    assert vouching(second.looks_again())[0] == "colleague"


def test_a_withheld_number_is_handed_over_by_the_conversation(services: Services) -> None:
    call(services, services.agent, None).settles()
    view = call(services, services.colleague, None, minutes=1).view
    assert view.handover is not None
    assert view.handover.certain
    assert vouching(view) == (None, 2, "c-lisa", "handed_over")


SHOWN = CallerNumber(raw=HOME, e164=HOME, presentation="allowed")
WITHHELD = CallerNumber(raw=HOME, e164=HOME, presentation="restricted")
UNSAID = CallerNumber(raw=HOME, e164=HOME)
ABSENT = CallerNumber(presentation="allowed")
# How the colleague's part of the call and the next one are shown, how his ended and when, and whether he vouches.
SAMENESS: list[tuple[str, CallerNumber, CallerNumber, str | None, float, str | None]] = [
    ("it still runs", SHOWN, SHOWN, None, 1, "colleague"),
    ("it was passed on", SHOWN, SHOWN, "transferred", 1, "colleague"),
    ("it was left when the next one had begun", SHOWN, SHOWN, "normal", 0, "colleague"),
    ("it was hung up before", SHOWN, SHOWN, "normal", 1, None),
    ("nobody knows how it ended", SHOWN, SHOWN, "unknown", 1, None),
    ("both are withheld", WITHHELD, WITHHELD, "transferred", 1, None),
    ("both are absent", ABSENT, ABSENT, "transferred", 1, None),
    ("the first is absent", ABSENT, SHOWN, "transferred", 1, None),
    ("the next is absent", SHOWN, ABSENT, "transferred", 1, None),
    ("the next is withheld", SHOWN, WITHHELD, "transferred", 1, None),
    ("the next is shown in another way", SHOWN, UNSAID, "transferred", 1, None),
    ("neither says whether it may be shown", UNSAID, UNSAID, "transferred", 1, "colleague"),
]


@pytest.mark.parametrize(
    ("first", "following", "end", "minutes", "by"), [one[1:] for one in SAMENESS], ids=[one[0] for one in SAMENESS]
)
def test_a_colleague_vouches_only_where_nothing_speaks_against_the_same_call(
    services: Services, first: CallerNumber, following: CallerNumber, end: str | None, minutes: float, by: str | None
) -> None:
    before = call(services, services.agent, number=first)
    before.settles()
    if end is not None:
        before.ends(end)
    second = call(services, services.colleague, minutes=minutes or 0.01, number=following)
    assert second.view.handover is not None
    assert (second.view.handover.certain, second.view.identification.vouched_by) == (True, by)
    assert says_he_is_vouched_for(second) == by


def test_whoever_had_the_call_before_it_was_hung_up_vouches_for_nobody_after(services: Services) -> None:
    hung_up = call(services, services.agent)
    hung_up.settles()
    hung_up.ends("normal")
    again = call(services, services.agent, minutes=1)
    again.identifies()
    again.ends()
    assert says_he_is_vouched_for(call(services, services.colleague, minutes=2)) is None
    again = call(services, services.agent, minutes=3)
    again.settles()
    again.ends()
    assert says_he_is_vouched_for(call(services, services.colleague, minutes=4)) == "colleague"


def says_he_is_vouched_for(desk: Desk, **said: Any) -> str | None:
    """Send what a panel could make up, and return who is kept as having vouched; None when it is refused."""
    claim = authenticated(
        desk.start.contact_id, **desk.head(), **{"items_passed": (), "vouched_by": "colleague"} | said
    )
    (verdict,) = desk.services.events.record(desk.caller, [claim]).verdicts
    with desk.services.store.read() as unit:
        kept = {one.event_id: one for one in unit.contacts.events_of(desk.start.contact_id)}.get(claim.event_id)
    if verdict.verdict == "refused":
        assert kept is None
        assert verdict.problem is not None
        assert verdict.problem.code is ProblemCode.INVALID_MESSAGE
        return None
    assert isinstance(kept, CallerAuthenticated)
    return kept.vouched_by


@pytest.mark.parametrize("claimed", ["colleague", "voice_menu", None])
@pytest.mark.parametrize("items", [(), ("customer_no",)], ids=["no item", "too few"])
def test_who_vouched_is_kept_as_the_backend_finds_it(
    services: Services, claimed: str | None, items: tuple[str, ...]
) -> None:
    call(services, services.agent).settles()
    second = call(services, services.colleague, minutes=1)
    assert says_he_is_vouched_for(second, vouched_by=claimed, items_passed=items) == "colleague"
    alone = call(services, services.colleague, minutes=2, interaction_id="another")
    assert says_he_is_vouched_for(alone, vouched_by=claimed, items_passed=items) is None


@pytest.mark.parametrize(
    "said",
    [{"items_passed": ("customer_no", "birth_date")}, {"level": AuthLevel.IDENTIFIED}, {"level": AuthLevel.NONE}],
    ids=["enough items", "only identified", "taken back"],
)
def test_nobody_is_kept_as_having_vouched_where_nobody_had_to(services: Services, said: dict[str, Any]) -> None:
    call(services, services.agent).settles()
    assert says_he_is_vouched_for(call(services, services.colleague, minutes=1), **said) is None


def test_what_is_sent_again_is_the_same_whatever_the_panel_took_it_for(services: Services) -> None:
    call(services, services.agent).settles()
    second = call(services, services.colleague, minutes=1)
    first = authenticated(second.start.contact_id, **second.head(), items_passed=())
    claimed = first.model_copy(update={"vouched_by": "voice_menu"})
    other = claimed.model_copy(update={"customer_id": "c-jan"})
    verdicts = services.events.record(services.colleague, [first, first, claimed, other]).verdicts
    assert [one.verdict for one in verdicts] == ["accepted", "duplicate", "duplicate", "refused"]


WHOSE = {"c-lisa": "bill", "c-ann": "move"}


WRITES = st.lists(st.sampled_from(["note", "concern"]), max_size=2)


@st.composite
def colleagues_work(draw: st.DrawFn) -> tuple[list[tuple[str, str | None]], list[int]]:
    """What a colleague did, and the order in which it arrives.

    He writes before he knows who it is, settles on somebody or on nobody, writes about him, settles on another, …
    """
    work: list[tuple[str, str | None]] = [(step, None) for step in draw(WRITES)]
    for customer_id in draw(st.lists(st.sampled_from([*WHOSE, None]), min_size=1, max_size=3)):
        work += [("settle", customer_id), *((step, None) for step in draw(WRITES))]
    return work, draw(st.permutations(range(len(work))))


def as_events(contact_id: Any, work: list[tuple[str, str | None]]) -> list[AnyEvent]:
    """Every note and concern is of the one who is settled on, or will be next; it says whose it is."""
    following: str | None = None
    owners: list[str | None] = []
    for step, customer_id in reversed(work):
        if step == "settle" and customer_id is not None:
            following = customer_id
        owners.append(following)
    owners.reverse()
    current: str | None = None
    events: list[AnyEvent] = []
    for place, ((step, customer_id), owner) in enumerate(zip(work, owners, strict=True)):
        head: dict[str, Any] = {
            "event_id": new_id(),
            "contact_id": contact_id,
            "seq": place + 2,
            "at": NOW + timedelta(seconds=place),
        }
        whose = current or owner
        if step == "settle" and customer_id is None:
            current = None
            events.append(authenticated(contact_id, "c-ann", **head, level=AuthLevel.NONE, items_passed=()))
        elif step == "settle":
            current = customer_id
            events.append(authenticated(contact_id, customer_id or "", **head))
        elif step == "concern":
            events.append(ConcernChosen(**head, concern=WHOSE.get(whose or "", "nobodys")))
        else:
            events.append(ContactNoteWritten(**head, text=f"about {whose}"))
    return events


def test_in_whatever_order_events_arrive_no_details_of_another_customer_are_seen(services: Services) -> None:
    services.clock.now = NOW + timedelta(minutes=1)

    @settings(max_examples=25, deadline=None)
    @given(told=colleagues_work(), authenticated_after=st.integers(0, 1))
    # A note about Ann comes before the word that she is the caller.
    @example(told=([("settle", "c-lisa"), ("settle", "c-ann"), ("note", None)], [0, 2, 1]), authenticated_after=0)
    # Nobody is the caller any more; what is written then is about the next one.
    @example(
        told=([("settle", "c-lisa"), ("settle", None), ("note", None), ("settle", "c-ann")], [0, 1, 2, 3]),
        authenticated_after=1,
    )
    def check(told: tuple[list[tuple[str, str | None]], list[int]], authenticated_after: int) -> None:
        conversation: dict[str, Any] = {"source": "pbx", "interaction_id": str(new_id())}
        first, second = started(None, **conversation), started(None, **conversation, at=services.clock.now)
        services.events.record(services.agent, [first])
        work, order = told
        events = as_events(first.contact_id, work)
        views = [services.contacts.start(services.colleague, second)]
        for place in range(len(order) + 1):
            if place == authenticated_after:
                settled = authenticated(second.contact_id, "c-lisa")
                views.append(services.contacts.step(services.colleague, second.contact_id, settled))
            if place < len(order):
                (verdict,) = services.events.record(services.agent, [events[order[place]]]).verdicts
                assert verdict.verdict == "accepted"
            views.append(services.contacts.start(services.colleague, second))
        for view in views:
            details = None if view.handover is None else view.handover.details
            if view.auth_level is not AuthLevel.AUTHENTICATED:
                assert details is None
            if details is not None:
                assert details.note in ("", "about c-lisa")
                assert details.concern in (None, "bill")

    check()
