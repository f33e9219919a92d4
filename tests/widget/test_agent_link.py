"""Who works at the panel: nobody's calls are shown, an agent's lie in his own store, also while nobody can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.agent_stores import AgentStores
from nba_desktop.app import Launch
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.signing_in import SignInStatus
from nba_desktop.runner import Seat
from tests.fakes.identity import SUBJECT, FakeBrowser, FakeIdentity, Lies, identity
from tests.seats import seated, state, workstation

S = SignInStatus
LIMIT_MS = 15_000
AWAY = Lies(status=503, body="")


class Desktop(QObject):
    """Opens addresses in the provider's browser."""

    def __init__(self, browser: FakeBrowser) -> None:
        super().__init__()
        self.browser = browser

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.browser(url.toString())


@pytest.fixture
def provider() -> Iterator[FakeIdentity]:
    with identity() as running:
        desktop = Desktop(FakeBrowser(running))
        # PySide's types ask for bytes, which its code refuses.
        QDesktopServices.setUrlHandler("http", desktop, "open")  # type: ignore[arg-type]
        yield running
        QDesktopServices.unsetUrlHandler("http")


@pytest.fixture
def launch(provider: FakeIdentity, tmp_path: Path) -> Launch:
    return workstation(tmp_path, provider.issuer, "panel", "http://127.0.0.1:9")


def has_store(seat: Seat) -> bool:
    return seat.panel.store is not None


def waits(seat: Seat) -> int:
    assert seat.panel.store is not None
    return seat.panel.store.status().waiting


def call(number: int) -> str:
    return f"nba-desktop:call?number=%2B493512805504&id={number}&state=answered"


def test_calls_are_an_agents_from_his_first_sign_in_on_and_a_provider_that_is_away_changes_nothing(
    qapp: QApplication, qtbot: QtBot, provider: FakeIdentity, launch: Launch
) -> None:
    stores = AgentStores(launch.data_dir)
    with seated(launch, qapp) as seat:
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.NEEDED, timeout=LIMIT_MS)
        assert not has_store(seat)
        seat.panel.on_message(call(1))
        assert state(seat).contacts == ()
        seat.panel.window.agent_sign_in_asked.emit()
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.SIGNED_IN, timeout=LIMIT_MS)
        # The call that came while nobody was signed in is the one's who has just done so.
        assert len(state(seat).contacts) == 1
        assert waits(seat) == 1
        assert seat.panel.store is not None
        assert seat.panel.store.path is not None
        assert seat.panel.store.path.parent == stores.folder(stores.agent_of(provider.issuer, SUBJECT))
        seat.panel._bar.sign_out_chosen.emit()
        assert FailureCode.SIGN_OUT_IN_CALL in [one.code for one in state(seat).notices]
        assert state(seat).sign_in.status is S.SIGNED_IN

    provider.lies = AWAY
    with seated(launch, qapp) as seat:
        qtbot.waitUntil(lambda: state(seat).sign_in.failure is FailureCode.SIGN_IN_UNREACHABLE, timeout=LIMIT_MS)
        assert (state(seat).sign_in.status, state(seat).backend.failure) == (
            S.CHECKING,
            FailureCode.SIGN_IN_UNREACHABLE,
        )
        before = waits(seat)
        seat.panel.on_message(call(2))
        assert waits(seat) == before + 1

    # The sign-in was taken back meanwhile: what he records still waits for him.
    provider.lies = Lies(status=400, body='{"error": "invalid_grant"}')
    with seated(launch, qapp) as seat:
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.ENDED, timeout=LIMIT_MS)
        seat.panel.on_message(call(3))
        qtbot.waitUntil(lambda: waits(seat) > before + 1, timeout=LIMIT_MS)
        provider.lies = Lies()
        ended_with = seat.panel
        seat.panel.window.agent_sign_in_asked.emit()
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.SIGNED_IN, timeout=LIMIT_MS)
        assert seat.panel is ended_with
        assert len(state(seat).contacts) == 1


def test_what_came_too_long_before_the_sign_in_is_not_shown_after_it(
    qapp: QApplication, qtbot: QtBot, launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nba_desktop.app._STALE_AFTER_S", 0.0)
    with seated(launch, qapp) as seat:
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.NEEDED, timeout=LIMIT_MS)
        seat.panel.on_message(call(1))
        seat.panel.window.agent_sign_in_asked.emit()
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.SIGNED_IN, timeout=LIMIT_MS)
        assert state(seat).contacts == ()
