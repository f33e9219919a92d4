"""A screen, another program that has the keyboard, a telephone system and the panel: all of them real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from nba_desktop.demo.telephone import Telephone
from tests.desktop.talking import Talking, talking
from tests.desktop.xserver import HEIGHT, MISSING, WIDTH, XServer, wait_for, x_server

StartPanel = Callable[[], AbstractContextManager[Talking]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = pytest.mark.skip(reason=f"not installed: {', '.join(MISSING)}")
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here:
            # Five programs and more work on one test, beside all that the other workers do.
            item.add_marker(pytest.mark.timeout(180))
            if MISSING:
                item.add_marker(reason)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server() as server:
        yield server.display


@pytest.fixture
def screen(display: str) -> XServer:
    """The module's screen, as it was at first: nothing on it, and the mouse in the middle."""
    screen = XServer(display)
    wait_for("the whole screen", lambda: screen.work_area == (0, 0, WIDTH, HEIGHT))
    wait_for("an empty screen", lambda: not screen.numbers("_NET_CLIENT_LIST"))
    screen.xdotool("mousemove", str(WIDTH // 2), str(HEIGHT // 2))
    return screen


@pytest.fixture
def other(screen: XServer) -> Iterator[Talking]:
    """Another program's window, which has the keyboard."""
    with talking(screen, "tests.desktop.other_program") as program:
        wait_for("the other program", lambda: program.last("window") is not None)
        wait_for("its keyboard", lambda: screen.active == program.last("window"))
        yield program


@pytest.fixture
def telephone() -> Iterator[Telephone]:
    system = Telephone("--secret", "cti-demo", "--speed", "4")
    yield system
    system.stop()


@pytest.fixture
def start_panel(screen: XServer, request: pytest.FixtureRequest, tmp_path: Path) -> StartPanel:
    """Starts the panel with the same folder each time; with telephone and backend if the test has a telephone."""
    has_telephone = "telephone" in request.fixturenames
    port = request.getfixturevalue("telephone").port if has_telephone else 0
    return lambda: talking(screen, "tests.desktop.panel_program", str(tmp_path / "data"), str(port))


@pytest.fixture
def panel(start_panel: StartPanel, screen: XServer, other: Talking) -> Iterator[Talking]:
    """The panel beside the other program."""
    with start_panel() as program:
        wait_for("room kept free", lambda: screen.work_area == (0, 0, 1160, 1000))
        program.wait_for("link", lambda link: link in ("up", "off"))
        yield program
