"""What opens over the docked panel stays in it: the other program's window beside it is not covered."""

from __future__ import annotations

from nba_desktop.demo.telephone import Telephone
from nba_desktop.domain.window_place import USUAL_WIDTH
from tests.desktop.talking import Talking
from tests.desktop.xserver import HEIGHT, WIDTH, XServer, wait_for

HELMUT = "+493512805504"


def assert_opens_in_panel(screen: XServer, panel: Talking, left: int) -> None:
    def is_in_panel(popup: list[int]) -> bool:
        return bool(popup) and left <= popup[0] and popup[0] + popup[2] <= left + USUAL_WIDTH

    panel.wait_for("popup", is_in_panel)
    screen.key("Escape")
    panel.wait_for("popup", lambda popup: not popup)


def assert_everything_opens_in_panel(screen: XServer, panel: Talking, left: int) -> None:
    screen.key("alt+d")
    assert_opens_in_panel(screen, panel, left)
    screen.key("ctrl+f")
    screen.key("Menu")
    assert_opens_in_panel(screen, panel, left)
    screen.key("Escape")
    screen.key("alt+c")
    screen.xdotool("type", "pro")
    assert_opens_in_panel(screen, panel, left)


def test_menus_and_the_list_of_concerns_open_within_the_docked_panel_at_either_edge(
    screen: XServer, panel: Talking, telephone: Telephone
) -> None:
    telephone.play("01", HELMUT)
    panel.wait_for("calls", lambda calls: "offered" in calls)
    telephone.go_on()
    panel.wait_for("customer", bool)
    screen.key("ctrl+alt+n")
    panel.wait_for("focus", bool)
    assert_everything_opens_in_panel(screen, panel, WIDTH - USUAL_WIDTH)
    screen.key("alt+d")
    screen.key("l")
    wait_for("room at the left", lambda: screen.work_area == (USUAL_WIDTH, 0, WIDTH - USUAL_WIDTH, HEIGHT))
    wait_for("the panel's keyboard", lambda: screen.active == panel.last("panel"))
    assert_everything_opens_in_panel(screen, panel, 0)
