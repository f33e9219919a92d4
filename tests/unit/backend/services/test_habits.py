"""Several people on one number: who usually calls, by this way, about what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.contacts.habits import habits
from nba_desktop.backend.rows.contacts import PastCall
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ProblemCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CallerAuthenticated
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW, authenticated
from tests.fakes.handed_calls import HOME, call

# Earlier calls as "who, days ago, queue, menu path"; the way of this call; whose it usually is, and the likelier one.
CASES: list[tuple[str, list[str], tuple[str | None, str | None], dict[str, str], str | None]] = [
    ("no calls", [], ("billing", None), {}, None),
    ("two calls are no habit", ["jan 1", "jan 2"], (None, None), {}, "jan"),
    ("three are", ["jan 1", "jan 2", "jan 3"], (None, None), {"jan": "usual"}, "jan"),
    ("three of five", ["jan 1", "jan 1", "jan 1", "lisa 1", "lisa 1"], (None, None), {"jan": "usual"}, "jan"),
    ("three of six", ["jan 1", "jan 1", "jan 1", "lisa 1", "lisa 1", "lisa 1"], (None, None), {}, None),
    (
        "each has a queue of his own",
        [
            "jan 1 moving",
            "jan 2 moving",
            "jan 3 moving",
            "jan 4 moving",
            "jan 5 moving",
            "jan 6 moving",
            "lisa 1 billing",
            "lisa 2 billing",
            "lisa 3 billing",
        ],
        ("billing", None),
        {"jan": "usual", "lisa": "usual_here"},
        "lisa",
    ),
    (
        "the menu tells more than the queue",
        [
            "jan 1 main move",
            "jan 2 main move",
            "jan 3 main move",
            "lisa 1 main bill",
            "lisa 2 main bill",
            "lisa 3 main bill",
            "lisa 4 main bill",
            "lisa 5 main bill",
        ],
        ("main", "move"),
        {"lisa": "usual", "jan": "usual_here"},
        "jan",
    ),
    (
        "a way that was never taken says what the queue says",
        ["lisa 1 main bill", "lisa 2 main bill", "lisa 3 main bill"],
        ("main", "outage"),
        {"lisa": "usual_here"},
        "lisa",
    ),
    (
        "what was long ago fades",
        ["jan 900", "jan 900", "jan 900", "jan 900", "lisa 1", "lisa 1", "lisa 1"],
        (None, None),
        {"lisa": "usual"},
        "lisa",
    ),
    (
        "who lives there no more has no habit left to tell, and still counts",
        ["anton 1", "anton 1", "anton 1", "jan 1"],
        (None, None),
        {"anton": "usual"},
        "jan",
    ),
]


def past(words: str, number: int = 0) -> PastCall:
    who, days, *way = words.split()
    queue, path = (*way, None, None)[:2]
    return PastCall(NOW - timedelta(days=int(days), seconds=number), who, queue, path, "pbx", str(new_id()))


@pytest.mark.parametrize(
    ("calls", "way", "usual", "likelier"), [one[1:] for one in CASES], ids=[one[0] for one in CASES]
)
def test_earlier_calls_say_who_usually_calls(
    calls: list[str], way: tuple[str | None, str | None], usual: dict[str, str], likelier: str | None
) -> None:
    learnt = habits([past(words) for words in calls], ["jan", "lisa"], *way, NOW)
    assert learnt.usual == usual
    difference = learnt.probability["jan"] - learnt.probability["lisa"]
    assert (None if abs(difference) < 1e-6 else "jan" if difference > 0 else "lisa") == likelier


def test_the_probability_is_the_one_that_is_written_down() -> None:
    calls = [past("lisa 0 billing"), past("lisa 180 moving"), past("jan 0 billing")]
    learnt = habits(calls, ["jan", "lisa"], "billing", None, NOW)
    everywhere = (1.5 + 2 * 0.5) / (2.5 + 2)
    assert learnt.probability["lisa"] == pytest.approx((1 + 2 * everywhere) / (2 + 2))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["jan", "lisa", "anton"]),
            st.integers(-3, 100_000),
            st.sampled_from(["", " q", " q p", " q r"]),
        ),
        max_size=12,
    )
)
def test_probabilities_are_never_more_than_one_in_all_and_never_none(calls: list[tuple[str, int, str]]) -> None:
    learnt = habits([past(f"{who} {days}{way}") for who, days, way in calls], ["jan", "lisa"], "q", "p", NOW)
    assert min(learnt.probability.values()) > 0
    assert sum(learnt.probability.values()) <= 1 + 1e-9


def test_a_call_through_several_hands_counts_once_for_the_last_word() -> None:
    mistaken = PastCall(NOW - timedelta(hours=2), "jan", None, None, "pbx", "one")
    right = PastCall(NOW - timedelta(hours=1), "lisa", None, None, "pbx", "one")
    learnt = habits([right, mistaken], ["jan", "lisa"], None, None, NOW)
    assert learnt.probability["lisa"] > 0.5 > learnt.probability["jan"]


def had_called(services: Services, customer_id: str, concern: str, times: int, **said: Any) -> None:
    """Earlier calls from home, each of its own."""
    for number in range(times):
        desk = call(
            services, services.agent, HOME, minutes=-1440.0 * (number + 1), interaction_id=str(new_id()), **said
        )
        desk.settles(customer_id, items_passed=("customer_no", "birth_date"))
        desk.chooses(concern)
        desk.ends("normal")


def picker(view: ContactView) -> list[tuple[str, str, str | None]]:
    return [(one.customer_id, one.match, one.habit) for one in view.identification.candidates]


def test_the_picker_puts_first_who_calls_by_this_way_and_tells_no_topic(services: Services) -> None:
    had_called(services, "c-lisa", "bill", 4, queue="billing")
    had_called(services, "c-jan", "move", 7, queue="moving")
    view = call(services, services.agent, HOME, queue="billing", interaction_id="now").view
    assert picker(view) == [("c-lisa", "phone_home", "usual_here"), ("c-jan", "phone_home", "usual")]
    view = call(services, services.agent, HOME, queue="moving", interaction_id="then").view
    assert picker(view) == [("c-jan", "phone_home", "usual_here"), ("c-lisa", "phone_home", None)]
    assert (view.concerns, view.journey) == ((), None)


def test_calls_without_proof_and_calls_we_made_are_no_habit(services: Services) -> None:
    had_called(services, "c-lisa", "bill", 4, direction="outbound")
    for number in range(4):
        call(services, services.agent, HOME, minutes=-99.0 * (number + 1), interaction_id=f"x{number}").identifies()
    view = call(services, services.agent, HOME, interaction_id="now").view
    assert picker(view) == [("c-jan", "phone_home", None), ("c-lisa", "phone_home", None)]


def test_members_of_one_household_with_different_habits_get_different_first_concerns(services: Services) -> None:
    had_called(services, "c-lisa", "bill", 3)
    had_called(services, "c-jan", "move", 3)
    for customer_id, concern in (("c-lisa", "bill"), ("c-jan", "move")):
        view = call(services, services.agent, HOME, interaction_id=str(new_id())).settles(customer_id)
        first = view.concerns[0]
        assert (first.code, first.because, first.params) == (concern, "called_before", {"times": 3, "days_ago": 1})


def test_a_concern_that_the_site_knows_no_more_is_not_proposed(services: Services) -> None:
    had_called(services, "c-lisa", "gone", 3)
    view = call(services, services.agent, HOME, interaction_id="now").settles()
    assert "gone" not in [one.code for one in view.concerns]


MENU: list[tuple[str, dict[str, Any], str | None]] = [
    ("authenticated by it", {"customer_no": "K-104233", "ivr_level": AuthLevel.AUTHENTICATED}, "voice_menu"),
    ("identified only", {"customer_no": "K-104233", "ivr_level": AuthLevel.IDENTIFIED}, None),
    ("a number alone", {"customer_no": "K-104233"}, None),
    ("a customer nobody knows", {"customer_no": "K-9", "ivr_level": AuthLevel.AUTHENTICATED}, None),
    ("a level without customer", {"ivr_level": AuthLevel.AUTHENTICATED}, None),
]


@pytest.mark.parametrize(("said", "by"), [one[1:] for one in MENU], ids=[one[0] for one in MENU])
def test_the_voice_menu_vouches_only_for_a_customer_it_authenticated(
    trusting: Services, said: dict[str, Any], by: str | None
) -> None:
    desk = call(trusting, trusting.agent, HOME, **said)
    found = desk.view.identification
    assert (found.vouched_by, found.security_items_required) == (by, 2 if by is None else 0)
    if by is not None:
        assert (found.candidates[0].customer_id, found.candidates[0].match) == ("c-lisa", "attached")
        event = authenticated(desk.view.contact_id, "c-lisa", items_passed=(), vouched_by="colleague")
        trusting.contacts.step(trusting.agent, desk.view.contact_id, event)
        with trusting.store.read() as unit:
            kept = unit.contacts.events_of(desk.view.contact_id)[-1]
        assert isinstance(kept, CallerAuthenticated)
        assert kept.vouched_by == by
        return
    answer = trusting.events.record(
        trusting.agent, [authenticated(desk.view.contact_id, "c-lisa", items_passed=())]
    ).verdicts[0]
    assert answer.problem is not None
    assert answer.problem.code is ProblemCode.INVALID_MESSAGE


def test_a_site_that_does_not_say_so_does_not_trust_its_voice_menu(services: Services) -> None:
    view = call(services, services.agent, HOME, customer_no="K-104233", ivr_level=AuthLevel.AUTHENTICATED).view
    assert (view.identification.vouched_by, view.identification.security_items_required) == (None, 2)


def test_a_colleague_goes_before_the_voice_menu(trusting: Services) -> None:
    call(trusting, trusting.agent, HOME).settles("c-jan")
    said = {"customer_no": "K-104233", "ivr_level": AuthLevel.AUTHENTICATED}
    found = call(trusting, trusting.colleague, HOME, minutes=1, **said).view.identification
    assert found.vouched_by == "colleague"
    assert [(one.customer_id, one.match) for one in found.candidates] == [
        ("c-jan", "handed_over"),
        ("c-lisa", "attached"),
    ]
