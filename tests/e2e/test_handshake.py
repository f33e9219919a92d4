"""A panel and a real backend that do not fit: nothing is lost, it is said, and all is well after the update."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop import __version__
from nba_desktop.adapters.http_client import PANEL_HEADERS
from nba_desktop.app import Launch, Panel
from nba_desktop.contract.handshake import PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER
from nba_desktop.domain.blocked import Blocked, BlockedCode
from nba_desktop.domain.panel import PanelState
from tests.e2e.processes import rows, site_backend

pytestmark = pytest.mark.timeout(180)


def test_a_panel_that_does_not_fit_keeps_everything_and_delivers_it_after_the_update(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nba_desktop.backend_link._UPDATED_EVERY_MS", 100)
    # A panel of years to come, and a backend that wants one of even later.
    monkeypatch.setitem(PANEL_HEADERS, PROTOCOL_HEADER, str(PROTOCOL + 2))
    with site_backend(tmp_path / "site", "--least-panel", "999.0") as site:
        panel = Panel(
            Launch(
                data_dir=tmp_path / "panel",
                settings_file=tmp_path / "none.json",
                language="en",
                theme="light",
                backend_url=site.url,
                token=site.token,
            ),
            qapp,
        )

        def state() -> PanelState:
            return panel.session.state

        panel.start()
        try:
            qtbot.waitUntil(lambda: state().blocked is not None, timeout=40_000)
            panel.on_message("nba-desktop:call?number=%2B493512805504&id=1&state=answered")
            panel.session.write_note("kept until then")
            qtbot.waitUntil(lambda: state().outbox.paused == "backend_too_old", timeout=20_000)
            blocked = state().blocked
            assert blocked is not None
            assert (blocked.code, blocked.panel) == (BlockedCode.BACKEND_TOO_OLD, __version__)
            assert (state().outbox.waiting, state().outbox.parked) == (2, 0)

            # The backend understands it now, and still wants a newer one: it takes what was recorded.
            monkeypatch.setitem(PANEL_HEADERS, PROTOCOL_HEADER, str(PROTOCOL))
            asked_for = Blocked(BlockedCode.PANEL_TOO_OLD, (), __version__, __version__, "999.0", site.url)
            qtbot.waitUntil(lambda: state().blocked == asked_for, timeout=20_000)
            # Its next try may be a minute away.
            assert panel.link.outbox_sender is not None
            panel.link.outbox_sender.resume()
            qtbot.waitUntil(lambda: state().outbox.waiting == 0, timeout=20_000)
            assert state().blocked == asked_for
            assert state().contact is not None

            # Others ask as ever.
            token = {"Authorization": f"Bearer {site.token}"}
            assert requests.get(f"{site.url}/v1/catalogue", headers=token, timeout=20).status_code == 200

            monkeypatch.setitem(PANEL_HEADERS, VERSION_HEADER, "999.0")
            qtbot.waitUntil(lambda: state().backend.status == "up", timeout=20_000)
            assert state().blocked is None
        finally:
            panel.stop()
    assert rows(site.data, "SELECT note FROM contacts") == [("kept until then",)]
