"""Keys: written one way, refused in words, and never two commands with the same one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.domain.key_map import FIXED, GROUPS, USUAL, Command, KeyMap, key_map
from nba_desktop.domain.key_names import KeyFault, fault_of, read_key

KEYS = st.sampled_from(
    [
        *USUAL.values(),
        "F8",
        "Ctrl+P",
        "F7",
        "Shift+F7",
        "Ctrl+Alt+B",
        "Ctrl++",
        "Alt+ß",
        "N",
        "Ctrl+C",
        "Alt+F4",
        "",
        "?",
    ]
)


def used_twice(keys: KeyMap) -> list[str]:
    every = [keys[command] for command in Command if keys[command]]
    return sorted({key for key in every if every.count(key) > 1})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ctrl+alt+n", "Ctrl+Alt+N"),
        ("Shift+Ctrl+tab", "Ctrl+Shift+Tab"),
        ("Shift+Backtab", "Shift+Tab"),
        (" alt + left ", "Alt+Left"),
        ("Ctrl++", "Ctrl++"),
        ("Alt+ß", "Alt+ß"),
        ("f12", "F12"),
        ("Ctrl+,", "Ctrl+,"),
    ],
)
def test_a_key_is_always_written_the_same_way(text: str, written: str) -> None:
    assert read_key(text) == written


@pytest.mark.parametrize("text", ["", " ", "Ctrl+", "Hyper+A", "Alt+A, Alt+B", "Alt+Abc", "F99", "Alt+\n"])
def test_what_names_no_single_key_is_none(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize(
    ("fault", "refused"),
    [
        (KeyFault.TYPING, ["N", "Shift+N", "7", "Space", "Tab", "Shift+Tab", "Return", "Del", "Left", "Ctrl+Alt+Q"]),
        (KeyFault.EDITING, ["Ctrl+C", "Ctrl+V", "Ctrl+Z", "Ctrl+Shift+Left", "Ctrl+Backspace"]),
        (KeyFault.SYSTEM, ["Alt+F4", "Alt+Tab", "Meta+N", "Alt+Space", "Ctrl+Alt+F2", "Menu", "Shift+F10"]),
    ],
)
def test_keys_that_are_needed_elsewhere_are_refused_with_the_reason(fault: KeyFault, refused: list[str]) -> None:
    for key in refused:
        assert fault_of(key, everywhere=False) is fault, key
        problem = KeyMap().problem(Command.NOTE, key)
        assert problem is not None
        assert (problem.why, problem.command, problem.key) == (fault, Command.NOTE, key)


def test_a_key_for_the_whole_desktop_is_one_that_can_be_had_there_and_types_nothing() -> None:
    can = [key for key in ("Ctrl+Alt+N", "F8", "Ctrl+Shift+7", "Ctrl+Alt+Q", "Alt+Left", "Ctrl+,", "N") if free(key)]
    assert can == ["Ctrl+Alt+N", "F8", "Ctrl+Shift+7"]


def free(key: str) -> bool:
    return fault_of(key, everywhere=True) is None


def test_a_key_that_another_command_has_names_both() -> None:
    problem = KeyMap().problem(Command.NOTE, "alt+s")
    assert problem is not None
    assert (problem.why, problem.key) == (KeyFault.TAKEN, "Alt+S")
    assert (problem.command, problem.other) == (Command.NOTE, Command.SOLVED)
    with pytest.raises(ValueError, match="note"):
        KeyMap().rebound(Command.NOTE, "Alt+S")


def test_a_key_that_was_given_up_can_be_taken() -> None:
    keys = KeyMap().rebound(Command.SOLVED, "F8").rebound(Command.NOTE, "Alt+S")
    assert (keys[Command.SOLVED], keys[Command.NOTE]) == ("F8", "Alt+S")
    assert keys.problem(Command.SOLVED, "Alt+S") is not None


def test_a_command_with_its_usual_key_again_differs_no_more() -> None:
    assert KeyMap().rebound(Command.NOTE, "F8").rebound(Command.NOTE, "Alt+N") == KeyMap()


def test_only_the_key_for_the_whole_desktop_may_be_none() -> None:
    assert KeyMap().rebound(Command.FORWARD, "")[Command.FORWARD] == ""
    assert KeyMap().problem(Command.NOTE, "") is not None


def test_esc_stays_what_it_is_everywhere() -> None:
    for command in FIXED:
        problem = KeyMap().problem(command, "F8")
        assert problem is not None
        assert problem.why is KeyFault.FIXED


def test_every_command_has_a_usual_key_a_group_and_no_conflict() -> None:
    assert [command for group in GROUPS.values() for command in group] == list(USUAL)
    assert set(USUAL) == set(Command)
    assert used_twice(KeyMap()) == []
    for command, key in USUAL.items():
        assert read_key(key) == key
        assert KeyMap().problem(command, key) is None, command


@given(wishes=st.lists(st.tuples(st.sampled_from(list(Command)), KEYS), max_size=40))
def test_no_two_commands_share_a_key_after_any_accepted_changes(wishes: list[tuple[Command, str]]) -> None:
    keys = KeyMap()
    for command, key in wishes:
        problem = keys.problem(command, key)
        if problem is None:
            keys = keys.rebound(command, key)
            assert keys[command] == (read_key(key) or "")
        elif problem.other is not None:
            assert keys[problem.other] == problem.key
        assert used_twice(keys) == []
    kept = {command.value: key for command, key in keys.own.items()}
    assert key_map(kept) == (keys, ())


@given(kept=st.dictionaries(st.sampled_from([*(one.value for one in Command), "dance"]), KEYS, max_size=12))
def test_whatever_was_kept_no_two_commands_share_a_key_and_what_is_wrong_is_said(kept: dict[str, str]) -> None:
    keys, problems = key_map(kept)
    assert used_twice(keys) == []
    said = {problem.name or (problem.command or Command.CLOSE).value for problem in problems}
    said |= {problem.other.value for problem in problems if problem.other}
    for name, key in kept.items():
        held = name in {one.value for one in Command} and keys[Command(name)] == (read_key(key) or "")
        assert held or name in said


def test_two_keys_that_were_swapped_come_back_swapped() -> None:
    keys, problems = key_map({"solved": "Alt+X", "not_solved": "Alt+S"})
    assert (keys[Command.SOLVED], keys[Command.NOT_SOLVED], problems) == ("Alt+X", "Alt+S", ())


def test_of_a_kept_key_that_is_anothers_usual_one_only_the_change_is_undone() -> None:
    keys, (problem,) = key_map({"solved": "F8", "note": "Alt+C"})
    assert (keys[Command.SOLVED], keys[Command.NOTE], keys[Command.CONCERN]) == ("F8", "Alt+N", "Alt+C")
    assert (problem.command, problem.other, problem.key) == (Command.NOTE, Command.CONCERN, "Alt+C")
