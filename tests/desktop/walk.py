"""Walks the panel's window through every pair of its states by every way there, and says what is not as it must be.

`python -m tests.desktop.walk` takes a quarter of an hour, half of that with `--hurried`, which also acts faster than a
person can: it is for whoever changes how the window moves. What it found once is tested in `test_docked_panel.py`.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from nba_desktop.demo.telephone import Telephone
from nba_desktop.domain.window_place import STRIP_WIDTH, USUAL_WIDTH, Edge
from tests.desktop.talking import Talking, talking
from tests.desktop.xserver import HEIGHT, WIDTH, XServer, wait_for, x_server

HELMUT: Final = "+493512805504"
LIMIT_S: Final = 5.0
LATE_S: Final = 0.25
"""For this long nothing may change any more: some managers think again."""
LETTERS: Final = {Edge.LEFT: "l", Edge.RIGHT: "r", Edge.FLOATING: "i"}
ITEMS: Final = {
    Edge.LEFT: "At the left edge",
    Edge.RIGHT: "At the right edge",
    Edge.FLOATING: "In front of the other windows",
}
FOLD: Final = "Fold into a strip"


@dataclass(frozen=True, slots=True)
class State:
    """Where the window is; `covered` is a full-screen program beside it."""

    edge: Edge = Edge.RIGHT
    folded: bool = False
    minimised: bool = False
    covered: bool = False

    def __str__(self) -> str:
        marks = [mark for mark in ("folded", "minimised", "covered") if getattr(self, mark)]
        return " ".join([self.edge.value, *marks])

    @property
    def reserved(self) -> tuple[int, int]:
        """What is kept free at the left and at the right."""
        width = STRIP_WIDTH if self.folded else USUAL_WIDTH
        return (width if self.edge is Edge.LEFT else 0, width if self.edge is Edge.RIGHT else 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a state to the next; `asked` says whether the agent wants the panel by it."""

    way: str
    to: State
    asked: bool


def steps(state: State) -> Iterator[Step]:
    """Every way out of a state."""
    shown = replace(state, minimised=False)
    yield Step("hotkey", replace(shown, folded=False), asked=True)
    yield Step("call", shown, asked=False)
    if state.covered:
        yield Step("full screen ends", replace(state, covered=False), asked=False)
        return
    if state.minimised:
        yield Step("task bar", shown, asked=True)
        return
    yield Step("full screen", replace(state, covered=True), asked=False)
    if state.edge is Edge.FLOATING and not state.folded:
        # The strip is a dock, which no manager minimises.
        yield Step("minimise", replace(state, minimised=True), asked=False)
    if state.folded:
        yield Step("mouse", replace(state, folded=False), asked=True)
        yield Step("key", replace(state, folded=False), asked=True)
        return
    for way in ("mouse", "key"):
        yield Step(way, replace(state, folded=True), asked=False)
        for edge in Edge:
            if edge is not state.edge:
                yield Step(way, replace(state, edge=edge), asked=True)


def all_states() -> list[State]:
    """Every state that can be come to from the first."""
    found, ahead = {State(): None}, deque([State()])
    while ahead:
        for step in steps(ahead.popleft()):
            if step.to not in found:
                found[step.to] = None
                ahead.append(step.to)
    return list(found)


def path(start: State, to: State) -> list[Step]:
    """The fewest steps from one state to another."""
    ahead: deque[tuple[State, list[Step]]] = deque([(start, [])])
    been = {start}
    while ahead:
        at, gone = ahead.popleft()
        if at == to:
            return gone
        for step in steps(at):
            if step.to not in been:
                been.add(step.to)
                ahead.append((step.to, [*gone, step]))
    raise AssertionError(f"no way from {start} to {to}")


class Walker:
    """Has a screen with another program, and the panel; `faults` are what was not as it must be."""

    def __init__(self, screen: XServer, other: Talking, panel: Talking, telephone: Telephone) -> None:
        self.screen, self.other, self.panel, self.telephone = screen, other, panel, telephone
        self.state = State()
        self.faults: list[str] = []
        self.taken = 0
        self._floats_at: tuple[int, int, int, int] | None = None
        self._calls = 0

    @property
    def window(self) -> int:
        return int(self.panel.last("strip_window" if self.state.folded else "panel"))

    def take(self, step: Step, *, hurried: bool = False) -> None:
        """Take a step from where the other program has the keyboard, look, and go back to the other program."""
        what = f"{self.state} --{step.way}--> {step.to}"
        self.taken += 1
        keyboards = len(self.panel.all("focus"))
        self.WAYS[step.way](self, step)
        self.state = step.to
        try:
            self._check_room()
            self._check_keyboard(asked=step.asked, hurried=hurried)
            if not step.asked and step.way in ("call", "full screen", "full screen ends", "minimise"):
                assert True not in self.panel.all("focus")[keyboards:], "the panel had the keyboard for a moment"
            if step.asked and not self.state.folded:
                self._check_keys_come_to_the_panel()
            if step.asked:
                self.screen.key("Escape")
                self._check_keyboard(asked=False, hurried=hurried)
        except AssertionError as fault:
            self.faults.append(f"{what}: {fault}")
            sys.stdout.write(f"{what}: {fault}\n")
            self.screen.xdotool("windowactivate", "--sync", str(self.other.last("window")))

    # ---- looking

    def _check_room(self) -> None:
        left, right = self.state.reserved
        area = (left, 0, WIDTH - left - right, HEIGHT)
        _until(f"the room {area} (there is {self.screen.work_area})", lambda: self.screen.work_area == area)
        hidden = int(self.panel.last("panel" if self.state.folded else "strip_window"))
        strut = self.screen.numbers("_NET_WM_STRUT_PARTIAL", self.window)
        assert strut[:4] in ((left, right, 0, 0), () if not left + right else None), f"reserved {strut}"
        assert not any(self.screen.numbers("_NET_WM_STRUT_PARTIAL", hidden)), "the hidden window reserves room"
        frame = (0 if left else WIDTH - right, 0, left + right, HEIGHT)
        if left + right:
            _until(f"the place {frame}", lambda: self.screen.geometry(self.window) == frame)
        elif not (self.state.folded or self.state.minimised):
            self._floats_at = self._floats_at or self.screen.geometry(self.window)
            there = self._floats_at
            _until(f"its own place {there}", lambda: self.screen.geometry(self.window) == there)

    def _check_keyboard(self, *, asked: bool, hurried: bool) -> None:
        right = self.window if asked else int(self.other.last("window"))
        whose = "panel" if asked else "other program"
        _until(f"the {whose}’s keyboard", lambda: self.screen.active == right)
        _until(f"Qt’s word that the {whose} has the keyboard", lambda: self.panel.last("active") is asked)
        if not hurried:
            time.sleep(LATE_S)
        assert self.screen.active == right, f"the {whose} had the keyboard, then {self.screen.active:#x}"
        assert self.panel.last("active") is asked, f"Qt thinks again whether it is the {whose}’s"
        top = self.screen.topmost
        if self.state.covered and not asked:
            assert top == right, "the program in full screen is covered"
        elif not self.state.minimised:
            _until("the panel in front", lambda: self.screen.topmost == self.window)

    def _check_keys_come_to_the_panel(self) -> None:
        self.screen.key("alt+d")
        self.panel.wait_for("menu", bool)
        self.screen.key("Escape")
        self.panel.wait_for("menu", lambda menu: not menu)

    # ---- the ways

    def _by_hotkey(self, _step: Step) -> None:
        self.screen.key("ctrl+alt+n")

    def _by_call(self, _step: Step) -> None:
        self._calls += 1
        self.telephone.play("01", HELMUT)
        self.panel.wait_for("calls", lambda calls: "offered" in calls)
        for _ in range(2):
            self.telephone.go_on()
        self.panel.wait_for("calls", lambda calls: calls and not {"offered", "live"} & set(calls))

    def _by_full_screen(self, _step: Step) -> None:
        window = self.other.last("window")
        self.other.tell("fullscreen")
        wait_for("full screen", lambda: self.screen.geometry(window) == (0, 0, WIDTH, HEIGHT))

    def _by_end_of_full_screen(self, _step: Step) -> None:
        self.other.tell("normal")
        window = self.other.last("window")
        wait_for("no full screen", lambda: self.screen.geometry(window)[2] < WIDTH)

    def _by_minimising(self, _step: Step) -> None:
        self.screen.xdotool("windowminimize", str(self.window))

    def _by_task_bar(self, _step: Step) -> None:
        self.screen.xdotool("windowactivate", str(self.window))

    def _by_key(self, step: Step) -> None:
        if self.state.folded:
            self.screen.xdotool("windowactivate", "--sync", str(self.window))
            self.panel.wait_for("active", bool)
            self.screen.key("alt+z")
            return
        self.screen.key("ctrl+alt+n")
        self.panel.wait_for("focus", bool)
        if step.to.folded:
            self.screen.key("alt+z")
        else:
            self.screen.key("alt+d")
            self.panel.wait_for("menu", bool)
            self.screen.key(LETTERS[step.to.edge])

    def _by_mouse(self, step: Step) -> None:
        if self.state.folded:
            self.screen.click(self.window, 24, 200)
            return
        left, top, width, _ = self.screen.geometry(self.window)
        self.screen.xdotool("mousemove", str(left + width // 2), str(top + 8), "click", "3")
        self.panel.wait_for("menu", bool)
        x, y = self.panel.last("menu")[FOLD if step.to.folded else ITEMS[step.to.edge]]
        self.screen.xdotool("mousemove", str(x), str(y), "click", "1")

    WAYS: Final[Mapping[str, Callable[[Walker, Step], None]]] = {
        "hotkey": _by_hotkey,
        "call": _by_call,
        "full screen": _by_full_screen,
        "full screen ends": _by_end_of_full_screen,
        "minimise": _by_minimising,
        "task bar": _by_task_bar,
        "key": _by_key,
        "mouse": _by_mouse,
    }


def _until(what: str, is_there: Callable[[], bool]) -> None:
    wait_for(what, is_there, LIMIT_S)


def walk(walker: Walker, *, hurried: bool) -> None:
    """Go to every state from every other, and from each by every way out of it."""
    states = all_states()
    for start, to in itertools.permutations(states, 2):
        for step in [*path(walker.state, start), *path(start, to)]:
            walker.take(step, hurried=hurried)
    for start in states:
        for step in steps(start):
            for one in [*path(walker.state, start), step]:
                walker.take(one, hurried=hurried)


def main() -> int:
    hurried = "--hurried" in sys.argv
    telephone = Telephone("--secret", "cti-demo", "--speed", "20")
    with (
        tempfile.TemporaryDirectory() as folder,
        x_server() as screen,
        talking(screen, "tests.desktop.other_program") as other,
    ):
        wait_for("the other program", lambda: screen.active == other.last("window") != 0)
        with talking(screen, "tests.desktop.panel_program", str(Path(folder) / "data"), str(telephone.port)) as panel:
            panel.wait_for("link", lambda link: link == "up")
            walker = Walker(screen, other, panel, telephone)
            try:
                walk(walker, hurried=hurried)
            finally:
                sys.stdout.write(f"{walker.taken} steps, {len(walker.faults)} faults\n")
        telephone.stop()
    return 1 if walker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
