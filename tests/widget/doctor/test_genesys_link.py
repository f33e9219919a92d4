"""`doctor` says in words what is wrong with the line to Genesys Cloud, and the way out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.settings import GenesysSettings, TelephonySettings
from nba_desktop.doctor.genesys_link import check_genesys
from tests.fakes.genesys import AGENT, StandIn


class Kept:
    """A refresh token that nobody takes any more."""

    def read(self) -> str | None:
        return "of-last-year"

    def store(self, token: str) -> None:
        raise AssertionError("nothing to store")


@pytest.fixture
def played() -> Iterator[StandIn]:
    stand_in = StandIn()
    yield stand_in
    assert stand_in.end() == 0


def telephony(url: str, **changes: Any) -> TelephonySettings:
    values = {"grant": "client_credentials", "client_id": "nba-desktop-demo", "user_id": AGENT}
    genesys = GenesysSettings(**{**values, "api_url": url, "login_url": url, "redirect_port": 8478, **changes})
    return TelephonySettings(source="genesys_cloud", genesys=genesys)


def test_a_line_that_works_is_said_to_work(qtbot: QtBot, played: StandIn) -> None:
    finding = check_genesys(telephony(played.url), "genesys-demo")
    assert finding.ok, finding
    assert finding.says.endswith("takes the sign-in and tells the calls there are")


def test_a_wrong_secret_is_named(qtbot: QtBot, played: StandIn) -> None:
    finding = check_genesys(telephony(played.url), "wrong")
    assert not finding.ok
    assert "id or secret are refused" in finding.says
    assert "genesys.client_id" in finding.way_out
    assert "wrong" not in finding.says


def test_missing_permissions_are_named(qtbot: QtBot, played: StandIn) -> None:
    played.tell(lack=["analytics:conversationDetail:view"])
    finding = check_genesys(telephony(played.url), "genesys-demo")
    assert not finding.ok
    assert "analytics:conversationDetail:view" in finding.says


def test_a_closed_port_is_named(qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    for grant in ("client_credentials", "pkce"):
        finding = check_genesys(telephony(url, grant=grant), "genesys-demo")
        assert not finding.ok
        assert "nothing listens there" in finding.says


def test_nobody_is_asked_to_sign_in(qtbot: QtBot, played: StandIn) -> None:
    finding = check_genesys(telephony(played.url, grant="pkce"), None)
    assert finding.ok, finding
    assert "signs in in the browser when the panel starts" in finding.says


def test_a_kept_sign_in_that_is_refused_is_named(qtbot: QtBot, played: StandIn) -> None:
    finding = check_genesys(telephony(played.url, grant="pkce"), None, refresh_tokens=Kept())
    assert not finding.ok
    assert "sign in in the browser" in finding.way_out


def test_settings_that_cannot_be_used_are_named(qtbot: QtBot) -> None:
    finding = check_genesys(telephony("http://example.com"), "genesys-demo")
    assert not finding.ok
    assert "https://" in finding.says
