"""The panel at the screen's edge, on a real window manager."""

from __future__ import annotations

import itertools
import json
import signal
import string
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nba_desktop.demo.telephone import Telephone
from tests.desktop.conftest import StartPanel
from tests.desktop.talking import Talking, talking
from tests.desktop.xserver import HEIGHT, WIDTH, XServer, wait_for

WHOLE = (0, 0, WIDTH, HEIGHT)
BESIDE_THE_PANEL = (0, 0, WIDTH - 440, HEIGHT)
BESIDE_THE_STRIP = (0, 0, WIDTH - 48, HEIGHT)
HELMUT, LISA = "+493512805504", "+4915228817386"
KEYS = "".join(itertools.islice(itertools.cycle(string.ascii_lowercase + string.digits), 200))


def wait_for_area(screen: XServer, area: tuple[int, int, int, int]) -> None:
    wait_for(f"the work area {area}", lambda: screen.work_area == area)


@contextmanager
def running(screen: XServer, *command: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, env=screen.environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def locked(screen: XServer, *keys: str) -> Iterator[None]:
    for key in keys:
        screen.key(key)
    try:
        yield
    finally:
        for key in keys:
            screen.key(key)


def choose_by_key(screen: XServer, panel: Talking, letter: str, area: tuple[int, int, int, int]) -> None:
    screen.key("alt+d")
    screen.key(letter)
    wait_for_area(screen, area)
    wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))


def choose_by_mouse(screen: XServer, panel: Talking, item: str) -> None:
    left, top, width, _ = screen.geometry(panel.last("panel"))
    screen.xdotool("mousemove", str(left + width // 2), str(top + 8), "click", "3")
    panel.wait_for("menu", bool)
    x, y = panel.last("menu")[item]
    screen.xdotool("mousemove", str(x), str(y), "click", "1")


def play_a_whole_call(telephone: Telephone, panel: Talking, caller: str) -> None:
    telephone.play("01", caller)
    panel.wait_for("calls", lambda calls: "offered" in calls)
    telephone.go_on()
    panel.wait_for("calls", lambda calls: "live" in calls)
    telephone.go_on()
    panel.wait_for("calls", lambda calls: calls and not {"offered", "live"} & set(calls))


def test_not_one_key_is_lost_while_calls_come_and_go(
    screen: XServer, other: Talking, panel: Talking, telephone: Telephone
) -> None:
    spying = ("xprop", "-spy", "-root", "-notype", "_NET_ACTIVE_WINDOW")
    with running(screen, *spying) as spy, running(screen, "xdotool", "type", "--delay", "40", KEYS) as typing:
        calls = 0
        while typing.poll() is None:
            play_a_whole_call(telephone, panel, (HELMUT, LISA)[calls % 2])
            calls += 1
        assert typing.returncode == 0
        wait_for("all keys", lambda: len(other.all("key")) >= len(KEYS))
        spy.terminate()
        assert spy.stdout is not None
        active = spy.stdout.read().splitlines()
    assert "".join(other.all("key")) == KEYS
    assert calls >= 2
    assert len(active) == 1, "the keyboard went elsewhere meanwhile"
    assert True not in panel.all("focus")


def test_the_panel_keeps_its_room_free_and_a_maximised_window_out_of_it_until_it_ends(
    screen: XServer, other: Talking, panel: Talking
) -> None:
    assert screen.geometry(panel.last("panel")) == (WIDTH - 440, 0, 440, HEIGHT)
    window = other.last("window")
    other.tell("maximise")
    wait_for(
        "a maximised window", lambda: "_MAXIMIZED_HORZ" in screen.ask("xprop", "-id", str(window), "_NET_WM_STATE")
    )

    def sides() -> tuple[int, int]:
        left, _, width, _ = screen.geometry(window)
        before, after, _, _ = screen.numbers("_NET_FRAME_EXTENTS", window)
        return left - before, left + width + after

    wait_for("all the room beside the panel", lambda: sides() == (0, WIDTH - 440))
    panel.process.send_signal(signal.SIGTERM)
    wait_for_area(screen, WHOLE)


def test_a_window_in_full_screen_covers_the_panel_and_its_calls(
    screen: XServer, other: Talking, panel: Talking, telephone: Telephone
) -> None:
    window = other.last("window")
    assert screen.topmost == panel.last("panel")
    other.tell("fullscreen")
    wait_for("full screen", lambda: screen.geometry(window) == WHOLE)
    wait_for("full screen in front", lambda: screen.topmost == window)
    play_a_whole_call(telephone, panel, HELMUT)
    assert screen.topmost == window
    other.tell("normal")
    wait_for("the panel in front again", lambda: screen.topmost == panel.last("panel"))


def test_the_hotkey_brings_the_panel_forward_and_esc_gives_the_keyboard_back(
    screen: XServer, other: Talking, panel: Talking, telephone: Telephone
) -> None:
    telephone.play("01", HELMUT)
    panel.wait_for("calls", lambda calls: "offered" in calls)
    screen.key("ctrl+alt+n")
    wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))
    panel.wait_for("focus", bool)
    screen.key("ctrl+f")
    screen.xdotool("type", "brandt")
    panel.wait_for("text", lambda text: text == "brandt")
    # The first Esc leaves the search, the second the panel.
    screen.key("Escape")
    panel.wait_for("text", lambda text: text != "brandt")
    assert screen.active == panel.last("panel")
    screen.key("Escape")
    wait_for("the other program's keyboard", lambda: screen.active == other.last("window"))
    screen.xdotool("type", "done")
    wait_for("the keys", lambda: "".join(other.all("key")) == "done")


def test_a_hotkey_that_another_program_has_is_reported(
    screen: XServer, other: Talking, start_panel: StartPanel
) -> None:
    other.tell("grab Ctrl+Alt+N")
    other.wait_for("grabbed", bool)
    with start_panel() as panel:
        panel.wait_for("notices", lambda notices: notices is not None and "hotkey_taken" in notices)
        screen.key("ctrl+alt+n")
        other.wait_for("hotkey", bool)
        assert screen.active == other.last("window")


def test_a_click_gives_the_panel_the_keyboard_and_so_does_the_hotkey_when_caps_lock_and_num_lock_are_on(
    screen: XServer, other: Talking, panel: Talking
) -> None:
    screen.click(panel.last("panel"), 200, 300)
    wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))
    screen.key("Escape")
    wait_for("the other program's keyboard", lambda: screen.active == other.last("window"))
    with locked(screen, "Caps_Lock", "Num_Lock"):
        screen.key("ctrl+alt+n")
        wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))


def test_the_strip_takes_48_pixels_and_says_what_the_call_does(
    screen: XServer, other: Talking, panel: Talking, telephone: Telephone
) -> None:
    screen.key("ctrl+alt+n")
    panel.wait_for("focus", bool)
    screen.key("alt+z")
    wait_for_area(screen, BESIDE_THE_STRIP)
    wait_for("the other program's keyboard", lambda: screen.active == other.last("window"))
    assert screen.geometry(panel.last("strip_window")) == (WIDTH - 48, 0, 48, HEIGHT)
    telephone.play("01", HELMUT)
    panel.wait_for("strip", lambda strip: strip and strip[0] == "Ringing" and strip[1] and strip[2])
    assert screen.active == other.last("window")
    screen.click(panel.last("strip_window"), 24, 400)
    wait_for_area(screen, BESIDE_THE_PANEL)
    wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))


def test_the_place_is_remembered(screen: XServer, other: Talking, start_panel: StartPanel, tmp_path: Path) -> None:
    kept = {"edge": "left", "width": 520, "collapsed": False, "monitor": ""}
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "dock.json").write_text(json.dumps(kept))
    for _ in range(2):
        with start_panel() as panel:
            wait_for_area(screen, (520, 0, WIDTH - 520, HEIGHT))
            panel.wait_for("panel", bool)
            assert screen.geometry(panel.last("panel")) == (0, 0, 520, HEIGHT)
        wait_for_area(screen, WHOLE)


def test_by_keys_the_panel_is_folded_opened_floats_is_docked_again_and_closed_without_a_frame(
    screen: XServer, panel: Talking
) -> None:
    screen.key("ctrl+alt+n")
    panel.wait_for("focus", bool)
    screen.key("alt+z")
    wait_for_area(screen, BESIDE_THE_STRIP)
    screen.key("ctrl+alt+n")
    wait_for_area(screen, BESIDE_THE_PANEL)
    wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))
    panel.wait_for("active", bool)
    choose_by_key(screen, panel, "i", WHOLE)
    wait_for(
        "the panel above", lambda: "_ABOVE" in screen.ask("xprop", "-id", str(panel.last("panel")), "_NET_WM_STATE")
    )
    place = screen.geometry(panel.last("panel"))
    choose_by_key(screen, panel, "r", BESIDE_THE_PANEL)
    choose_by_key(screen, panel, "i", WHOLE)
    wait_for("its place of before", lambda: screen.geometry(panel.last("panel")) == place)
    choose_by_key(screen, panel, "l", (440, 0, WIDTH - 440, HEIGHT))
    screen.key("alt+d")
    screen.key("c")
    wait_for("its end", lambda: panel.process.poll() == 0)
    wait_for_area(screen, WHOLE)


def test_chosen_by_mouse_the_panel_floats_with_the_keyboard_and_comes_back_without_it_when_it_rings(
    screen: XServer, other: Talking, panel: Talking, telephone: Telephone
) -> None:
    assert screen.active == other.last("window")
    choose_by_mouse(screen, panel, "In front of the other windows")
    wait_for_area(screen, WHOLE)
    wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))
    screen.key("Escape")
    wait_for("the other program's keyboard", lambda: screen.active == other.last("window"))
    screen.xdotool("windowminimize", "--sync", str(panel.last("panel")))
    panel.wait_for("active", lambda active: not active)
    had = len(panel.all("active"))
    telephone.play("01", HELMUT)
    panel.wait_for("calls", lambda calls: "offered" in calls)
    wait_for("the panel in front", lambda: screen.topmost == panel.last("panel"))
    screen.xdotool("type", "done")
    wait_for("the keys", lambda: "".join(other.all("key")) == "done")
    assert panel.all("active")[had:] == []


def test_esc_goes_back_to_an_earlier_window_when_the_one_before_was_closed(
    screen: XServer, other: Talking, panel: Talking
) -> None:
    with talking(screen, "tests.desktop.other_program") as later:
        wait_for("its keyboard", lambda: later.last("window") is not None and screen.active == later.last("window"))
        screen.key("ctrl+alt+n")
        wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))
        panel.wait_for("focus", bool)
    wait_for("its end", lambda: later.last("window") not in screen.numbers("_NET_CLIENT_LIST"))
    screen.key("Escape")
    wait_for("the other program's keyboard", lambda: screen.active == other.last("window"))


def test_another_resolution_moves_the_panel_to_the_new_edge_and_the_room_is_whole_when_it_is_killed(
    screen: XServer, panel: Talking
) -> None:
    screen.set_mode("1280x800")
    wait_for_area(screen, (0, 0, 1280 - 440, 800))
    wait_for("the new place", lambda: screen.geometry(panel.last("panel")) == (1280 - 440, 0, 440, 800))
    screen.set_mode("1600x1000")
    wait_for_area(screen, BESIDE_THE_PANEL)
    panel.process.kill()
    wait_for_area(screen, WHOLE)


def test_between_two_monitors_the_panel_floats_and_says_so(
    screen: XServer, other: Talking, start_panel: StartPanel, tmp_path: Path
) -> None:
    screen.split("A", "B")
    kept = {"edge": "right", "width": 440, "collapsed": False, "monitor": "A"}
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "dock.json").write_text(json.dumps(kept))
    with start_panel() as panel:
        panel.wait_for("notices", lambda notices: notices is not None and "dock_inner_edge" in notices)
        assert screen.work_area == WHOLE
        assert screen.active == other.last("window")
        # Without the second monitor the edge is an outer one.
        screen.unite("A", "B")
        wait_for_area(screen, BESIDE_THE_PANEL)
        assert screen.active == other.last("window")
