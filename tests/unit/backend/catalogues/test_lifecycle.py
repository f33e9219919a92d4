"""The lives of versions: what may follow what, told step by step, and what holds after any steps at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from nba_desktop.backend.catalogues.lifecycle import INSTALLATION, Lives, Ramp, State, Step, lives_of, newest_change
from nba_desktop.backend.errors import LifecycleError
from nba_desktop.backend.rows.catalogues import StepRow

START = datetime(2026, 3, 1, 8, tzinfo=UTC)


def steps_of(*told: str) -> list[StepRow]:
    """Steps told as `version step by [percent]`."""
    rows = []
    for number, one in enumerate(told, start=1):
        version, step, actor, *percent = one.split()
        at = START + timedelta(hours=number)
        rows.append(StepRow(version, step, actor, at, int(percent[0]) if percent else None, "", number))
    return rows


def lives(*told: str) -> Lives:
    return lives_of(steps_of(*told))


def live(version: str) -> tuple[str, ...]:
    return (f"{version} submitted ada", f"{version} approved bob", f"{version} activated bob")


def approved(version: str) -> tuple[str, ...]:
    return live(version)[:2]


def test_a_version_is_submitted_approved_live_and_retired_by_its_successor() -> None:
    after = lives(*live("a"), *live("b"))
    assert (after.live, after.earlier, after.ramp) == ("b", ("a",), None)
    assert {version: one.state for version, one in after.of.items()} == {"a": State.RETIRED, "b": State.LIVE}
    assert after.of["b"].approved_by == "bob"
    assert after.of["a"].since == after.of["b"].since
    assert after.revision == 6


def test_a_ramp_grows_and_shrinks_beside_the_live_version_and_is_live_at_100_percent() -> None:
    told = (*live("a"), *approved("b"), "b ramped bob 2", "b ramped bob 20", "b ramped bob 5")
    ramped = lives(*told)
    assert (ramped.live, ramped.ramp) == ("a", Ramp("b", 5))
    assert ramped.of["b"].state is State.APPROVED
    assert (lives(*told, "b ramped bob 100").live, lives(*told, "b ramped bob 100").ramp) == ("b", None)
    assert (lives(*told, "b activated bob").live, lives(*told, "b activated bob").ramp) == ("b", None)


def test_a_rollback_ends_the_ramp_first_and_then_goes_back_to_the_version_before() -> None:
    told = [*live("a"), *live("b"), *approved("c"), "c ramped bob 10", "c rolled_back bob"]
    assert (lives(*told).live, lives(*told).ramp, lives(*told).of["c"].state) == ("b", None, State.APPROVED)
    told.append("b rolled_back bob")
    assert (lives(*told).live, lives(*told).of["b"].state) == ("a", State.RETIRED)


def test_a_second_rollback_goes_further_back_and_never_to_what_was_taken_back() -> None:
    told = [*live("a"), *live("b"), *live("c")]
    back = lives(*told, "c rolled_back bob")
    assert (back.live, back.earlier) == ("b", ("a",))
    again = lives(*told, "c rolled_back bob", "b rolled_back bob")
    assert (again.live, again.earlier) == ("a", ())
    with pytest.raises(LifecycleError, match="nothing to go back to"):
        lives(*told, "c rolled_back bob", "b rolled_back bob", "a rolled_back bob")


def test_a_version_that_was_submitted_anew_is_not_brought_back_unapproved() -> None:
    told = [*live("a"), *live("b"), "a submitted ada"]
    with pytest.raises(LifecycleError, match="nothing to go back to"):
        lives(*told, "b rolled_back bob")


def test_a_shadow_watches_until_it_is_stopped_retired_or_decides_itself() -> None:
    told = (*live("a"), "b submitted ada", "b shadowed ada")
    assert lives(*told).shadows == ("b",)
    assert lives(*told, "b approved bob").shadows == ("b",)
    assert lives(*told, "b shadow_ended ada").shadows == ()
    assert lives(*told, "b retired ada").shadows == ()
    assert lives(*told, "b approved bob", "b ramped bob 2").shadows == ()
    assert lives(*told, "b approved bob", "b activated bob").shadows == ()


def test_a_retired_version_comes_back_by_being_submitted_and_approved_again() -> None:
    told = (*live("a"), *live("b"), "a submitted cleo")
    again = lives(*told)
    assert (again.of["a"].state, again.of["a"].submitted_by, again.of["a"].approved_by) == (State.DRAFT, "cleo", None)
    assert lives(*told, "a approved ada", "a activated ada").live == "a"


def test_the_installation_alone_puts_its_catalogue_in_force_without_a_second_person() -> None:
    told = (f"a submitted {INSTALLATION}", f"a activated {INSTALLATION}")
    assert lives(*told).live == "a"
    assert lives(*told).only_installation
    with pytest.raises(LifecycleError, match="waits for a second person"):
        lives(*told, "b submitted ada", f"b activated {INSTALLATION}")


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (("a approved bob",), "there is no version a: `catalogue list`"),
        ((*live("a"), "a submitted ada"), "a is there already: live, submitted by ada; activate another"),
        (("a submitted ada", "a submitted bob"), "a is there already: draft, submitted by ada; it waits for"),
        (("a submitted ada", "a approved ada"), "a draft that ada submitted: a second person has to approve"),
        (("a submitted ada", "a approved ADA"), "a second person"),
        ((*approved("a"), "a approved bob"), "a is approved and cannot be approved: activate it"),
        (("a submitted ada", "a activated bob"), "a is a draft and cannot be activated: it waits for a second"),
        ((*live("a"), "a activated bob"), "a is live and cannot be activated"),
        ((*live("a"), *live("b"), "a activated bob"), "a is retired and cannot be activated: submit it again"),
        ((*approved("a"), "a ramped bob 5"), "there is no live version beside it; activate it"),
        ((*live("a"), *approved("b"), "b ramped bob 0"), "cannot be ramped to 0 %: give a share from 1 to 100"),
        ((*live("a"), *approved("b"), "b ramped bob 101"), "cannot be ramped to 101 %"),
        ((*live("a"), *approved("b"), "b ramped bob"), "cannot be ramped to None %"),
        ((*live("a"), "b submitted ada", "b ramped bob 5"), "b is a draft and cannot be ramped"),
        (
            (*live("a"), *approved("b"), *approved("c"), "b ramped bob 5", "c ramped bob 5"),
            "c is approved and cannot be ramped while version b is ramped to 5 %: finish that ramp",
        ),
        (
            (*live("a"), *approved("b"), *approved("c"), "b ramped bob 5", "c activated bob"),
            "c is approved and cannot be activated while version b is ramped",
        ),
        ((*live("a"), "a shadowed bob"), "a is live and cannot be put in shadow"),
        (
            ("a submitted ada", "a shadowed bob", "a shadowed bob"),
            "a is a draft, in shadow and cannot be put in shadow",
        ),
        (
            (*live("a"), *approved("b"), "b ramped bob 5", "b shadowed bob"),
            "b is approved and ramped to 5 % and cannot be put in shadow: change its share or finish",
        ),
        (("a submitted ada", "a shadow_ended bob"), "a is a draft and not in shadow: there is nothing to stop"),
        ((*live("a"), "a rolled_back bob"), "no version was live before it: there is nothing to go back to"),
        ((*approved("a"), "a rolled_back bob"), "a is approved and cannot be rolled back"),
        ((*live("a"), "a retired bob"), "a is live and cannot be retired: activate another version, or go back"),
        (("a submitted ada", "a retired ada", "a retired ada"), "a is retired and cannot be retired"),
    ],
)
def test_a_step_that_is_not_possible_names_the_version_its_state_and_the_way_out(
    told: tuple[str, ...], says: str
) -> None:
    *before, last = steps_of(*told)
    standing = lives_of(before)
    with pytest.raises(LifecycleError) as refused:
        standing.after(last)
    assert says in str(refused.value)


class Site(RuleBasedStateMachine):
    """People take any steps in any order; what is refused must change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[StepRow] = []
        self.lives = Lives()
        self.was_live: list[str] = []

    def take(self, version: str, step: Step, actor: str, percent: int | None = None) -> bool:
        number = len(self.steps) + 1
        row = StepRow(version, step.value, actor, START + timedelta(minutes=number), percent, "", number)
        before = self.lives
        try:
            self.lives = before.after(row)
        except LifecycleError as error:
            refusal = str(error)
        else:
            self.steps.append(row)
            return True
        assert version in refusal
        assert self.lives is before
        return False

    @rule(
        version=st.sampled_from("abcd"),
        step=st.sampled_from(Step),
        actor=st.sampled_from(["ada", "bob", INSTALLATION]),
        percent=st.sampled_from([None, 0, 2, 50, 100]),
    )
    def anything(self, version: str, step: Step, actor: str, percent: int | None) -> None:
        self.take(version, step, actor, percent)

    @rule(version=st.sampled_from("abcd"), percent=st.sampled_from([None, 2, 50]))
    def the_usual_way(self, version: str, percent: int | None) -> None:
        self.take(version, Step.SUBMITTED, "ada")
        self.take(version, Step.APPROVED, "bob")
        self.take(version, Step.ACTIVATED if percent is None else Step.RAMPED, "bob", percent)

    @precondition(lambda self: self.lives.live is not None)
    @rule()
    def back(self) -> None:
        ramped, newest = self.lives.ramp, newest_change(self.lives)
        live, earlier = self.lives.live, self.lives.earlier
        able = [one for one in earlier if self.lives.of[one].state is State.RETIRED]
        assert newest is not None
        done = self.take(newest, Step.ROLLED_BACK, "ada")
        if ramped is not None:
            assert done
            assert (self.lives.live, self.lives.earlier, self.lives.ramp) == (live, earlier, None)
        elif not able:
            assert not done
        else:
            assert done
            assert (self.lives.live, self.lives.earlier) == (able[-1], tuple(able[:-1]))
            assert live not in self.lives.earlier

    @invariant()
    def at_most_one_is_live_and_once_there_was_one_there_always_is(self) -> None:
        living = [one.version for one in self.lives.of.values() if one.state is State.LIVE]
        assert living == ([] if self.lives.live is None else [self.lives.live])
        if self.lives.live is not None:
            self.was_live.append(self.lives.live)
        assert bool(self.was_live) == (self.lives.live is not None)

    @invariant()
    def at_most_one_is_ramped_beside_a_live_one_and_for_a_part(self) -> None:
        if self.lives.ramp is not None:
            assert self.lives.live not in (None, self.lives.ramp.version)
            assert 1 <= self.lives.ramp.percent <= 99
            assert self.lives.of[self.lives.ramp.version].state is State.APPROVED

    @invariant()
    def what_decides_for_people_was_approved_by_a_second_person_or_taken_in_at_the_start(self) -> None:
        deciding = [self.lives.live, self.lives.ramp.version if self.lives.ramp else None]
        for version in deciding:
            if version is None:
                continue
            steps = [one for one in self.steps if one.version == version]
            by_two = any(one.step == Step.APPROVED for one in steps)
            at_start = any(one.step == Step.ACTIVATED and one.actor == INSTALLATION for one in steps)
            assert by_two or at_start

    @invariant()
    def shadows_wait(self) -> None:
        for version in self.lives.shadows:
            assert self.lives.of[version].state in (State.DRAFT, State.APPROVED)
            assert self.lives.ramp is None or self.lives.ramp.version != version
        assert len(set(self.lives.shadows)) == len(self.lives.shadows)

    @invariant()
    def the_steps_alone_tell_the_same_and_nothing_of_them_is_rewritten(self) -> None:
        assert lives_of(self.steps) == self.lives
        assert [one.revision for one in self.steps] == list(range(1, len(self.steps) + 1))
        assert self.lives.revision == len(self.steps)


TestSite = Site.TestCase
TestSite.settings = settings(max_examples=60, stateful_step_count=30)
