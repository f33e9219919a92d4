"""Workstations at which agents sign in, for tests with a stand-in of the identity provider and with a real one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from nba_desktop.app import Launch
from nba_desktop.domain.panel import PanelState
from nba_desktop.runner import Seat
from tests.fakes.keyrings import KeptSecrets


def workstation(folder: Path, issuer: str, client_id: str, backend_url: str) -> Launch:
    """A workstation of a site whose agents sign in at `issuer`; its settings and data are in `folder`."""
    settings = folder / "settings.json"
    sign_in = {"method": "openid", "issuer": issuer, "client_id": client_id}
    backend = {"mode": "site", "url": backend_url}
    settings.write_text(json.dumps({"backend": backend, "sign_in": sign_in}), encoding="utf-8")
    return Launch(folder / "data", settings_file=settings, language="en", theme="light", secrets=KeptSecrets())


@contextmanager
def seated(launch: Launch, app: QApplication) -> Iterator[Seat]:
    """The panel of that workstation, ended with the block."""
    seat = Seat(launch, app)
    seat.panel.start()
    try:
        yield seat
    finally:
        seat.panel.stop()


def state(seat: Seat) -> PanelState:
    """What the panel shows."""
    return seat.panel.session.state
