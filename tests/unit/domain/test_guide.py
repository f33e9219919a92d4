"""The run of a guide: branches, values, back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.contract.recommendation import GuideStep, StepChoice, StepCondition, StepInput
from nba_desktop.domain.guide import GuideRun


def step(name: str, when: tuple[str, str] | None = None, choices: str = "", value: str = "") -> GuideStep:
    return GuideStep(
        step_id=name,
        text=name,
        choices=tuple(StepChoice(code=code, label=code) for code in choices),
        input=StepInput(name=value, kind="text", label=value) if value else None,
        when=StepCondition(step=when[0], choice=when[1]) if when else None,
    )


STEPS = (
    step("ask", choices="ab"),
    step("yes", ("ask", "a"), choices="cd"),
    step("deep", ("yes", "c"), value="day"),
    step("no", ("ask", "b"), value="other"),
    step("end", choices="ef", value="note"),
)


def ids(run: GuideRun) -> list[str]:
    return [one.step_id for one in run.visible(STEPS)]


def test_a_branch_shows_its_steps_and_a_branch_of_it_only_with_both() -> None:
    run = GuideRun()
    assert ids(run) == ["ask", "end"]
    run = run.chosen("ask", "a", STEPS)
    assert ids(run) == ["ask", "yes", "end"]
    assert ids(run.chosen("yes", "c", STEPS)) == ["ask", "yes", "deep", "end"]
    assert ids(GuideRun(choices=(("yes", "c"),))) == ["ask", "end"]


def test_another_branch_takes_away_what_hung_on_the_first() -> None:
    run = GuideRun().chosen("ask", "a", STEPS).chosen("yes", "c", STEPS).entered("deep", "day", "2026-12-01")
    run = run.entered("end", "note", "x").chosen("ask", "b", STEPS)
    assert ids(run) == ["ask", "no", "end"]
    assert run.choices == (("ask", "b"),)
    assert run.values == (("note", "x"),)
    assert run.done == {"ask", "end"}


def test_back_undoes_the_last_choice_and_what_hung_on_it() -> None:
    run = GuideRun(bridge_said=True).chosen("end", "e", STEPS).chosen("ask", "a", STEPS)
    run = run.chosen("yes", "c", STEPS).entered("deep", "day", "2026-12-01")
    once = run.back(STEPS)
    assert (once.choices, once.values, once.done) == ((("end", "e"), ("ask", "a")), (), frozenset({"end", "ask"}))
    twice = once.back(STEPS)
    assert (twice.choices, twice.done, twice.bridge_said) == ((("end", "e"),), frozenset({"end"}), True)
    assert twice.back(STEPS).back(STEPS) == GuideRun(bridge_said=True)


def test_the_same_branch_again_takes_it_back() -> None:
    run = GuideRun().chosen("ask", "a", STEPS).chosen("yes", "c", STEPS)
    assert run.chosen("ask", "a", STEPS) == GuideRun()


def test_an_emptied_value_opens_its_step() -> None:
    run = GuideRun().entered("end", "note", " x ")
    assert (run.values, run.done) == ((("note", "x"),), frozenset({"end"}))
    assert run.entered("end", "note", " ") == GuideRun()


def test_the_open_step_is_the_first_that_is_not_done() -> None:
    run = GuideRun().chosen("ask", "a", STEPS)
    first = run.open_step(STEPS)
    assert first is not None
    assert first.step_id == "yes"
    assert run.toggled("yes").toggled("end").open_step(STEPS) is None


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("choose"), st.sampled_from(["ask a", "ask b", "yes c", "yes d", "end e", "end f"])),
        st.tuples(st.just("enter"), st.sampled_from(["deep day", "no other", "end note"])),
        st.tuples(st.just("toggle"), st.sampled_from(["ask", "yes", "deep", "no", "end"])),
        st.tuples(st.just("back"), st.just("")),
    ),
    max_size=25,
)


@given(MOVES)
def test_nothing_is_kept_of_steps_that_are_not_there_and_back_ends_at_the_beginning(
    moves: list[tuple[str, str]],
) -> None:
    run = GuideRun()
    for move, what in moves:
        shown, first = set(ids(run)), what.split(" ")[0]
        if move == "back":
            before = len(run.choices)
            run = run.back(STEPS)
            assert len(run.choices) <= max(0, before - 1)
        elif first not in shown:
            continue
        elif move == "choose":
            run = run.chosen(first, what.split(" ")[1], STEPS)
        elif move == "enter":
            run = run.entered(first, what.split(" ")[1], "x")
        else:
            run = run.toggled(first)
        shown = set(ids(run))
        assert run.done <= shown
        assert {one for one, _ in run.choices} <= shown
        owners = {one.input.name: one.step_id for one in STEPS if one.input}
        assert {owners[name] for name, _ in run.values} <= shown
    while run.choices:
        run = run.back(STEPS)
    assert ids(run) == ["ask", "end"]
