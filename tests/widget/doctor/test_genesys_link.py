"""`doctor` says in words what is wrong with the line to Genesys Cloud, and the way out."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.cti.genesys.kept_sign_in import KeptSignIn
from nba_desktop.adapters.cti.genesys.settings import genesys_settings_of
from nba_desktop.adapters.cti.genesys.source import GenesysSource
from nba_desktop.adapters.secrets import Secrets
from nba_desktop.adapters.settings import GenesysSettings, TelephonySettings
from nba_desktop.doctor.genesys_link import check_genesys
from nba_desktop.doctor.telephony_link import check_telephony
from nba_desktop.domain.errors import FailureCode, SecretsError
from tests.fakes.genesys import AGENT, StandIn


class Keyring(Secrets):
    """The user's keyring in memory; with `failure`, one that does not answer."""

    def __init__(self, kept: dict[str, str] | None = None, failure: FailureCode | None = None) -> None:
        super().__init__(lambda: ())
        self.kept = dict(kept or {})
        self.failure = failure

    def read(self, name: str) -> str:
        if self.failure is not None:
            raise SecretsError("the keyring is locked", self.failure)
        if name not in self.kept:
            raise SecretsError("the keyring has no secret by this name", FailureCode.KEYRING_NO_TOKEN)
        return self.kept[name]

    def store(self, name: str, secret: str) -> None:
        self.kept[name] = secret


KEPT = "genesys sign-in nba-desktop-demo"


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
    finding = check_telephony(telephony(played.url, grant="pkce"), None, None, None, Keyring())
    assert finding.ok, finding
    assert finding.says.endswith("signs in in the browser when the panel starts")


def test_a_keyring_that_keeps_no_sign_in_is_named_and_is_no_problem_of_the_line(qtbot: QtBot, played: StandIn) -> None:
    locked = Keyring(failure=FailureCode.KEYRING_LOCKED)
    finding = check_telephony(telephony(played.url, grant="pkce"), None, None, None, locked)
    assert finding.ok, finding
    assert finding.says.endswith("at every start: the keyring is locked")


def test_a_kept_sign_in_that_is_refused_is_named(qtbot: QtBot, played: StandIn) -> None:
    keyring = Keyring({KEPT: "of-last-year"})
    finding = check_telephony(telephony(played.url, grant="pkce"), None, None, None, keyring)
    assert not finding.ok
    assert "the kept sign-in is not taken any more" in finding.says
    assert "sign in in the browser" in finding.way_out
    assert keyring.kept == {KEPT: "of-last-year"}


def test_a_kept_sign_in_is_tried_and_the_next_one_kept(qtbot: QtBot, played: StandIn) -> None:
    keyring = Keyring()
    settings = genesys_settings_of(telephony(played.url, grant="pkce", redirect_port=8479), None)
    kept = KeptSignIn(settings.client_id, keyring)
    panel = GenesysSource(settings, refresh_tokens=kept, open_browser=lambda address: agree(address))
    panel.start()
    qtbot.waitUntil(lambda: KEPT in keyring.kept, timeout=20_000)
    panel.stop()
    first = keyring.kept[KEPT]
    finding = check_telephony(telephony(played.url, grant="pkce"), None, None, None, keyring)
    assert finding.ok, finding
    assert finding.says.endswith("takes the sign-in and tells the calls there are")
    assert keyring.kept[KEPT] != first


def agree(address: str) -> None:
    """Sign in as the agent does, and follow the redirect."""
    threading.Thread(target=lambda: requests.get(address, timeout=10), daemon=True).start()


def test_settings_that_cannot_be_used_are_named(qtbot: QtBot) -> None:
    finding = check_genesys(telephony("https://example.com", client_id="client id"), "genesys-demo")
    assert not finding.ok
    assert "genesys.client_id" in finding.says
