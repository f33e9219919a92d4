"""The panel's side and the stand-in together, over real sockets: both grants, renewal, cuts, silence, refusals."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from pytestqt.qtbot import QtBot
from websockets.sync.server import ServerConnection

from nba_desktop.adapters.cti.genesys.line import GenesysTiming
from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings
from nba_desktop.adapters.cti.genesys.source import GenesysSource
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.domain.call import Calls, Interaction, on_event
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState
from nba_desktop.domain.errors import FailureCode, SecretsError
from nba_desktop.simulator.genesys import GenesysStandIn
from nba_desktop.simulator.genesys_http import Answer
from nba_desktop.simulator.genesys_oauth import Tenant
from nba_desktop.simulator.genesys_script import ScriptStep
from tests.fakes.certificates import Authority
from tests.fakes.genesys import AGENT, CUSTOMER, StandIn, steps

LIMIT_MS = 20_000
TIMING = GenesysTiming(retry_first=20, retry_longest=50, retry_refused=100)


class Heard:
    """A source and everything it said."""

    def __init__(self, source: GenesysSource) -> None:
        self.source = source
        self.calls = Calls()
        self.events: list[CallEvent] = []
        self.links: list[LinkState] = []
        self.raw: list[bytes] = []
        self.dropped: list[str] = []
        self.threads: set[int] = set()
        source.call_event.connect(self._on_event)
        source.link_changed.connect(self.links.append)
        source.received.connect(self.raw.append)
        source.input_dropped.connect(lambda problem: self.dropped.append(problem.code))

    def _on_event(self, event: CallEvent) -> None:
        self.threads.add(threading.get_ident())
        self.events.append(event)
        self.calls = on_event(self.calls, event)

    @property
    def last(self) -> Interaction | None:
        return self.calls.interactions[-1] if self.calls.interactions else None

    def states(self) -> list[str]:
        return [one.state.value for one in self.calls.interactions]

    def is_up(self) -> bool:
        return bool(self.links) and self.links[-1].state == "up"

    def is_settled(self) -> bool:
        """Whether the line is up and has told what calls there are."""
        return self.is_up() and any(one.type is CallEventType.SNAPSHOT for one in self.events)

    def is_down(self, code: str) -> bool:
        return any(one.state == "down" and one.detail == code for one in self.links)


class Browser:
    """Follows the redirect as a browser would, in a thread, after `change` has had its way with the address."""

    def __init__(self, **changes: str) -> None:
        self.addresses: list[str] = []
        self.shown: list[tuple[int, str]] = []
        self.changes = changes

    def __call__(self, address: str) -> None:
        self.addresses.append(address)
        threading.Thread(target=self._go, args=(address,), daemon=True).start()

    def _go(self, address: str) -> None:
        answer = requests.get(address, allow_redirects=False, timeout=10)
        target = urlsplit(answer.headers["Location"])
        values = {key: value[0] for key, value in parse_qs(target.query).items()} | self.changes
        page = requests.get(f"http://{target.netloc}{target.path}", params=values, timeout=10)
        self.shown.append((page.status_code, page.text))


class Keyring:
    """Keeps a refresh token, or cannot."""

    def __init__(self, token: str | None = None, *, broken: bool = False) -> None:
        self.token = token
        self.broken = broken

    def read(self) -> str | None:
        if self.broken:
            raise SecretsError("the keyring is locked", FailureCode.KEYRING_LOCKED)
        return self.token

    def store(self, token: str) -> None:
        if self.broken:
            raise SecretsError("the keyring is locked", FailureCode.KEYRING_LOCKED)
        self.token = token


@contextmanager
def stand_in(*arguments: str) -> Iterator[StandIn]:
    played = StandIn(*arguments)
    try:
        yield played
    finally:
        assert played.end() == 0


@contextmanager
def source(settings: GenesysSourceSettings, timing: GenesysTiming = TIMING, **more: Any) -> Iterator[Heard]:
    heard = Heard(GenesysSource(settings, timing, **more))
    try:
        yield heard
    finally:
        heard.source.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def pkce(played: StandIn, **changes: Any) -> GenesysSourceSettings:
    return played.settings(grant="pkce", secret=None, user_id="", redirect_port=free_port(), **changes)


def test_a_call_is_heard_with_a_client_of_its_own(qtbot: QtBot) -> None:
    with stand_in() as played, source(played.settings()) as heard:
        heard.source.start()
        heard.source.start()
        qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
        played.tell(play="08", **{"from": "+4930901820"})
        qtbot.waitUntil(lambda: heard.states() == ["offered"], timeout=LIMIT_MS)
        assert heard.last is not None
        assert heard.last.caller.e164 == "+4930901820"
        assert heard.last.queue == "service"
        assert heard.last.attached.customer_no == "K-100002"
        assert heard.last.attached.auth_level is AuthLevel.AUTHENTICATED
        played.advance()
        qtbot.waitUntil(lambda: heard.states() == ["live"], timeout=LIMIT_MS)
        played.advance()
        qtbot.waitUntil(lambda: heard.states() == ["wrap_up"], timeout=LIMIT_MS)
        assert heard.threads == {threading.get_ident()}
        assert (heard.source.name, heard.source.kind) == ("genesys_cloud", "genesys_cloud")
        assert any(b"v2.users." in one for one in heard.raw)
    assert heard.links[-1] == LinkState("genesys_cloud", "down", "stopped")
    assert [one.type for one in heard.events][-1] is CallEventType.LINK_DOWN


def test_a_call_is_heard_after_the_agent_signed_in_in_the_browser(qtbot: QtBot) -> None:
    browser = Browser()
    with stand_in() as played, source(pkce(played), open_browser=browser) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        played.tell(play="01")
        qtbot.waitUntil(lambda: heard.states() == ["offered"], timeout=LIMIT_MS)
        qtbot.waitUntil(lambda: len(browser.shown) == 1, timeout=LIMIT_MS)
        assert browser.shown == [(200, "You are signed in. You can close this window.")]
        asked = parse_qs(urlsplit(browser.addresses[0]).query)
        assert asked["code_challenge_method"] == ["S256"]
        # The one use is over: nothing listens there any more.
        with pytest.raises(requests.ConnectionError):
            requests.get(asked["redirect_uri"][0], timeout=5)


@pytest.mark.parametrize(
    ("changes"),
    [{"code": "", "error": "access_denied"}, {"code": ""}, {"code": "made-up"}],
    ids=["refusal", "no code", "wrong code"],
)
def test_a_refused_sign_in_is_none_and_the_agent_can_try_again(qtbot: QtBot, changes: dict[str, str]) -> None:
    browser = Browser(**changes)
    with stand_in() as played, source(pkce(played), open_browser=browser) as heard:
        heard.source.start()
        qtbot.waitUntil(lambda: heard.is_down("sign_in_needed"), timeout=LIMIT_MS)
        assert heard.links[-1].retry_in_ms is None
        browser.changes = {}
        heard.source.sign_in()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        assert len(browser.addresses) == 2


@pytest.mark.parametrize(
    "query", [{"state": "another", "code": "made-up"}, {"code": "made-up"}, {"error": "access_denied"}, {}]
)
def test_what_another_page_makes_the_browser_send_does_not_end_the_sign_in(qtbot: QtBot, query: dict[str, str]) -> None:
    browser = Browser()
    strange: list[int] = []

    def open_browser(address: str) -> None:
        def meanwhile() -> None:
            target = parse_qs(urlsplit(address).query)["redirect_uri"][0]
            strange.extend(requests.get(target, params=query, timeout=10).status_code for _ in range(3))
            browser(address)

        threading.Thread(target=meanwhile, daemon=True).start()

    with stand_in() as played, source(pkce(played), open_browser=open_browser) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        assert strange == [400] * 3
        assert not heard.is_down("sign_in_needed")


class Defective:
    """A keyring whose program has a defect, once."""

    def __init__(self) -> None:
        self.times = 1

    def read(self) -> str | None:
        if self.times:
            self.times -= 1
            raise RuntimeError("+493512805504 called")
        return None

    def store(self, token: str) -> None:
        pass


@pytest.mark.expected_log(r"defect in the line to Genesys Cloud: RuntimeError\n(?!.*\+4935)")
def test_a_defect_is_logged_without_what_it_says_and_the_line_is_tried_again(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        stand_in() as played,
        source(pkce(played), open_browser=Browser(), refresh_tokens=Defective()) as heard,
    ):
        heard.source.start()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        down = next(one for one in heard.links if one.state == "down")
        assert down.detail == "closed"
        assert down.retry_in_ms is not None
    assert "+4935" not in capfd.readouterr().err


def test_certificates_that_are_gone_for_a_while_only_keep_the_line_waiting(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "trusted.pem"
    authority = Authority(tmp_path)
    with stand_in("--tls-certificate", str(authority.certify("127.0.0.1"))) as played:
        url = f"https://127.0.0.1:{played.port}"
        file.write_bytes(authority.ca_file.read_bytes())
        settings = played.settings(api_url=url, login_url=url, ca_file=file)
        file.unlink()
        with source(settings) as heard:
            heard.source.start()
            qtbot.waitUntil(lambda: heard.is_down("tls_untrusted"), timeout=LIMIT_MS)
            assert next(one for one in heard.links if one.state == "down").retry_in_ms is not None
            file.write_bytes(authority.ca_file.read_bytes())
            qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)


def test_a_sign_in_that_another_program_used_up_goes_on_with_the_one_it_kept(qtbot: QtBot) -> None:
    keyring, browser = Keyring(), Browser()
    with stand_in() as played, source(pkce(played), open_browser=browser, refresh_tokens=keyring) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
        with source(pkce(played), open_browser=browser, refresh_tokens=keyring) as doctor:
            doctor.source.start()
            qtbot.waitUntil(doctor.is_up, timeout=LIMIT_MS)
        played.tell(revoke=True)
        played.tell(drop=True)
        qtbot.waitUntil(lambda: heard.is_down("closed") and heard.is_up(), timeout=LIMIT_MS)
        assert len(browser.addresses) == 1


def test_a_browser_that_is_closed_leaves_the_panel_waiting_for_another_sign_in(qtbot: QtBot) -> None:
    timing = GenesysTiming(sign_in=150)
    with stand_in() as played, source(pkce(played), timing, open_browser=lambda _: None) as heard:
        heard.source.start()
        qtbot.waitUntil(lambda: heard.is_down("sign_in_needed"), timeout=LIMIT_MS)
        assert played.count("client") == 0


def test_a_redirect_port_in_use_needs_another_sign_in(qtbot: QtBot) -> None:
    with stand_in() as played, socket.create_server(("127.0.0.1", 0)) as taken:
        settings = played.settings(grant="pkce", secret=None, redirect_port=taken.getsockname()[1])
        with source(settings, open_browser=Browser()) as heard:
            heard.source.start()
            qtbot.waitUntil(lambda: heard.is_down("sign_in_needed"), timeout=LIMIT_MS)


def test_a_kept_sign_in_needs_no_browser(qtbot: QtBot) -> None:
    keyring = Keyring()
    with stand_in() as played:
        with source(pkce(played), open_browser=Browser(), refresh_tokens=keyring) as heard:
            heard.source.start()
            qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        first = keyring.token
        assert first is not None
        browser = Browser()
        with source(pkce(played), open_browser=browser, refresh_tokens=keyring) as heard:
            heard.source.start()
            qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        assert keyring.token not in (None, first)
        assert browser.addresses == []


@pytest.mark.parametrize("keyring", [Keyring("of-last-year"), Keyring(broken=True)], ids=["refused", "broken"])
def test_a_sign_in_that_cannot_be_kept_is_asked_for_again(qtbot: QtBot, keyring: Keyring) -> None:
    browser = Browser()
    with stand_in() as played, source(pkce(played), open_browser=browser, refresh_tokens=keyring) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        assert len(browser.addresses) == 1


def test_a_cut_line_comes_back_and_tells_what_happened_meanwhile(qtbot: QtBot) -> None:
    browser = Browser()
    with stand_in() as played, source(pkce(played), open_browser=browser) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
        played.tell(play="01")
        qtbot.waitUntil(lambda: heard.states() == ["offered"], timeout=LIMIT_MS)
        played.advance()
        qtbot.waitUntil(lambda: heard.states() == ["live"], timeout=LIMIT_MS)
        played.tell(drop=True)
        qtbot.waitUntil(lambda: heard.is_down("closed"), timeout=LIMIT_MS)
        qtbot.waitUntil(
            lambda: heard.is_up() and heard.last is not None and not heard.last.unconfirmed, timeout=LIMIT_MS
        )
        assert heard.states() == ["live"]
        assert len(browser.addresses) == 1


@pytest.mark.parametrize("grant", ["pkce", "client_credentials"])
def test_a_call_that_ended_while_the_line_was_cut_is_ended(qtbot: QtBot, grant: str) -> None:
    timing = GenesysTiming(retry_first=400, retry_longest=400)
    with stand_in() as played:
        settings = pkce(played) if grant == "pkce" else played.settings()
        with source(settings, timing, open_browser=Browser()) as heard:
            heard.source.start()
            qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
            played.tell(play="01")
            played.advance()
            qtbot.waitUntil(lambda: heard.states() == ["live"], timeout=LIMIT_MS)
            played.tell(drop=True)
            qtbot.waitUntil(lambda: heard.is_down("closed"), timeout=LIMIT_MS)
            played.advance()
            qtbot.waitUntil(lambda: heard.states() == ["wrap_up"], timeout=LIMIT_MS)


def test_a_panel_started_in_mid_call_shows_the_call(qtbot: QtBot) -> None:
    with stand_in() as played:
        played.tell(play="01")
        played.advance()
        played.wait_for("sent", "answered")
        with source(played.settings()) as heard:
            heard.source.start()
            qtbot.waitUntil(lambda: heard.states() == ["live"], timeout=LIMIT_MS)
            assert heard.last is not None
            assert heard.last.caller.e164 == CUSTOMER


def test_a_channel_is_renewed_before_it_ends_and_nothing_is_lost(qtbot: QtBot) -> None:
    with stand_in("--channel-life", "2") as played, source(played.settings()) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        for expected in (["wrap_up"], ["wrap_up"] * 2):
            channels = played.count("client", "listening")
            qtbot.waitUntil(lambda: played.count("client", "listening") > channels, timeout=LIMIT_MS)  # noqa: B023
            played.tell(play="01", pause=False)
            qtbot.waitUntil(lambda: heard.states() == expected, timeout=LIMIT_MS)  # noqa: B023
        assert [one.state for one in heard.links] == ["connecting", "up"]
        types = [one.type for one in heard.events if one.leg_id]
        assert types == [CallEventType.RINGING, CallEventType.ANSWERED, CallEventType.ENDED] * 2


def test_a_channel_about_to_be_closed_for_maintenance_is_left_in_time(qtbot: QtBot) -> None:
    with stand_in() as played, source(played.settings()) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
        played.tell(closing=True)
        qtbot.waitUntil(lambda: played.count("client", "listening") == 2, timeout=LIMIT_MS)
        qtbot.waitUntil(lambda: played.count("client", "gone") == 1, timeout=LIMIT_MS)
        played.tell(play="01")
        qtbot.waitUntil(lambda: heard.states() == ["offered"], timeout=LIMIT_MS)
        assert [one.state for one in heard.links] == ["connecting", "up"]


class Overlapping(GenesysStandIn):
    """Tells something at the very moment when the old channel and the new one both listen."""

    told_meanwhile: tuple[ScriptStep, ...] = ()
    late_s = 0.0

    def _serve_socket(self, connection: ServerConnection) -> None:
        time.sleep(self.late_s)
        super()._serve_socket(connection)

    def _subscribe(self, channel_id: str, body: bytes, *, replace: bool) -> Answer:
        answer = super()._subscribe(channel_id, body, replace=replace)
        for step in self.told_meanwhile:
            assert self.tell(step.message) == 2
        return answer


@pytest.mark.parametrize("late_s", [0.0, 0.3], ids=["served_at_once", "served_after_the_subscription"])
def test_what_comes_on_both_channels_counts_once_and_in_its_order(late_s: float, qtbot: QtBot) -> None:
    ringing, answered, held, resumed, held_again, *_rest = steps("03")
    played = Overlapping(Tenant(), lambda _: None)
    played.late_s = late_s
    url = f"http://127.0.0.1:{played.start(0)}"
    settings = GenesysSourceSettings(url, url, "client_credentials", "nba-desktop-demo", "genesys-demo", AGENT)
    try:
        with source(settings) as heard:
            heard.source.start()
            qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
            for step in (ringing, answered, held):
                played.tell(step.message)
            qtbot.waitUntil(lambda: heard.last is not None and heard.last.held, timeout=LIMIT_MS)
            played.told_meanwhile = (resumed, held_again)
            played.announce_closing()
            qtbot.waitUntil(lambda: sum(b"v2.users" in one for one in heard.raw) == 5, timeout=LIMIT_MS)
            played.told_meanwhile = ()
            played.tell(ringing.message)
            qtbot.waitUntil(lambda: sum(b"v2.users" in one for one in heard.raw) == 6, timeout=LIMIT_MS)
            types = [one.type for one in heard.events if one.leg_id]
            T = CallEventType
            assert types == [T.RINGING, T.ANSWERED, T.HELD, T.RESUMED, T.HELD]
    finally:
        played.stop()


def test_a_renewal_that_fails_keeps_the_old_channel_and_is_tried_again(qtbot: QtBot) -> None:
    with stand_in() as played, source(played.settings()) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
        played.tell(refuse=503, times=2)
        played.tell(closing=True)
        qtbot.waitUntil(lambda: played.count("client", "listening") == 2, timeout=LIMIT_MS)
        assert [one.state for one in heard.links] == ["connecting", "up"]


def test_a_token_is_renewed_before_it_ends(qtbot: QtBot) -> None:
    with stand_in("--token-life", "2") as played, source(played.settings()) as heard:
        heard.source.start()
        qtbot.waitUntil(lambda: played.count("client", "signed_in") >= 3, timeout=LIMIT_MS)
        assert [one.state for one in heard.links] == ["connecting", "up"]


def test_missing_heartbeats_are_asked_about_and_then_the_line_is_made_anew(qtbot: QtBot) -> None:
    timing = GenesysTiming(heartbeat=300, pong=300, retry_first=20, retry_longest=50)
    with stand_in() as played, source(played.settings(), timing) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        # Without heartbeats, the answers to its own questions keep the line.
        deadline = time.monotonic() + 1.2
        qtbot.waitUntil(lambda: time.monotonic() > deadline, timeout=LIMIT_MS)
        assert heard.is_up()
        played.tell(mute=True)
        qtbot.waitUntil(lambda: heard.is_down("silent"), timeout=LIMIT_MS)
        played.tell(mute=False)
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)


def test_a_wrong_secret_is_refused_and_tried_again_slowly(qtbot: QtBot) -> None:
    with stand_in() as played, source(played.settings(secret="wrong")) as heard:
        heard.source.start()
        qtbot.waitUntil(lambda: heard.is_down("login_refused"), timeout=LIMIT_MS)
        assert next(one for one in heard.links if one.state == "down").retry_in_ms == TIMING.retry_refused
        qtbot.waitUntil(lambda: played.count("client", "refused") >= 2, timeout=LIMIT_MS)


def test_a_token_taken_back_is_replaced_without_asking(qtbot: QtBot) -> None:
    browser = Browser()
    with stand_in() as played, source(pkce(played), open_browser=browser) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
        played.tell(revoke=True)
        played.tell(drop=True)
        qtbot.waitUntil(lambda: heard.is_down("closed") and heard.is_up(), timeout=LIMIT_MS)
        assert len(browser.addresses) == 1


def test_without_a_refresh_token_an_ended_sign_in_waits_for_the_agent(qtbot: QtBot) -> None:
    browser = Browser()
    with stand_in("--no-refresh-tokens") as played, source(pkce(played), open_browser=browser) as heard:
        heard.source.start()
        qtbot.waitUntil(heard.is_settled, timeout=LIMIT_MS)
        played.tell(revoke=True)
        played.tell(drop=True)
        qtbot.waitUntil(lambda: heard.is_down("sign_in_needed"), timeout=LIMIT_MS)
        assert len(browser.addresses) == 1
        heard.source.sign_in()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        assert len(browser.addresses) == 2


def test_too_many_requests_are_waited_for_as_long_as_asked(qtbot: QtBot) -> None:
    with stand_in() as played, source(played.settings()) as heard:
        played.tell(refuse=429, times=2, retry_after=0.3)
        began = time.monotonic()
        heard.source.start()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        assert time.monotonic() - began >= 0.6
        assert [one.state for one in heard.links] == ["connecting", "up"]


def test_a_service_that_only_says_wait_is_no_answer(qtbot: QtBot) -> None:
    with stand_in() as played, source(played.settings()) as heard:
        played.tell(refuse=429, times=3, retry_after=0.1)
        heard.source.start()
        qtbot.waitUntil(lambda: heard.is_down("no_answer"), timeout=LIMIT_MS)
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)


@pytest.mark.parametrize(
    ("grant", "permission"),
    [("pkce", "conversation:communication:view"), ("client_credentials", "analytics:conversationDetail:view")],
)
def test_a_missing_permission_is_named_and_new_calls_are_heard_nevertheless(
    qtbot: QtBot, grant: str, permission: str
) -> None:
    with stand_in() as played:
        played.tell(lack=[permission])
        settings = pkce(played) if grant == "pkce" else played.settings()
        with source(settings, open_browser=Browser()) as heard:
            heard.source.start()
            qtbot.waitUntil(lambda: heard.is_up() and heard.links[-1].lacking == (permission,), timeout=LIMIT_MS)
            played.tell(play="01")
            qtbot.waitUntil(lambda: heard.states() == ["offered"], timeout=LIMIT_MS)


def test_a_user_the_client_may_not_hear_is_a_matter_of_rights(qtbot: QtBot) -> None:
    with stand_in() as played, source(played.settings(user_id="another")) as heard:
        heard.source.start()
        qtbot.waitUntil(lambda: heard.is_down("login_refused"), timeout=LIMIT_MS)
        assert next(one for one in heard.links if one.state == "down").lacking == ("notifications",)


def test_a_closed_port_says_so_and_is_tried_again(qtbot: QtBot) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    settings = GenesysSourceSettings(url, url, "client_credentials", "client", "secret", AGENT)
    with source(settings) as heard:
        heard.source.start()
        qtbot.waitUntil(lambda: len(heard.links) >= 4, timeout=LIMIT_MS)
        assert next(one.detail for one in heard.links if one.state == "down") == "connection_refused"


def test_another_web_server_is_not_the_service(qtbot: QtBot) -> None:
    with stand_in() as played:
        settings = played.settings(login_url=f"{played.url}/elsewhere")
        with source(settings) as heard:
            heard.source.start()
            qtbot.waitUntil(
                lambda: heard.is_down("login_refused") or heard.is_down("not_the_service"), timeout=LIMIT_MS
            )


def test_the_line_is_encrypted_and_the_certificate_checked(qtbot: QtBot, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    certificate = authority.certify("127.0.0.1")
    with stand_in("--tls-certificate", str(certificate)) as played:
        url = f"https://127.0.0.1:{played.port}"
        trusted = played.settings(api_url=url, login_url=url, ca_file=authority.ca_file)
        with source(trusted) as heard:
            heard.source.start()
            qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
            played.tell(play="01")
            qtbot.waitUntil(lambda: heard.states() == ["offered"], timeout=LIMIT_MS)
        with source(played.settings(api_url=url, login_url=url)) as heard:
            heard.source.start()
            qtbot.waitUntil(lambda: heard.is_down("tls_untrusted"), timeout=LIMIT_MS)


def test_a_certificate_for_another_name_is_named_as_such(qtbot: QtBot, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with stand_in("--tls-certificate", str(authority.certify("elsewhere.example"))) as played:
        url = f"https://127.0.0.1:{played.port}"
        with source(played.settings(api_url=url, login_url=url, ca_file=authority.ca_file)) as heard:
            heard.source.start()
            qtbot.waitUntil(lambda: heard.is_down("tls_wrong_host"), timeout=LIMIT_MS)


def test_a_stopped_source_says_nothing_more_and_can_be_started_again(qtbot: QtBot) -> None:
    with stand_in() as played, source(played.settings()) as heard:
        heard.source.stop()
        assert heard.links == []
        heard.source.start()
        qtbot.waitUntil(heard.is_up, timeout=LIMIT_MS)
        heard.source.stop()
        said = len(heard.links)
        played.tell(play="01")
        played.wait_for("sent", "ringing")
        assert heard.states() == []
        heard.source.start()
        qtbot.waitUntil(lambda: heard.states() == ["offered"], timeout=LIMIT_MS)
        assert heard.links[said].state == "connecting"


def test_a_sign_in_under_way_ends_with_the_source(qtbot: QtBot) -> None:
    with stand_in() as played:
        settings = pkce(played)
        opened: list[str] = []
        with source(settings, open_browser=opened.append) as heard:
            heard.source.start()
            qtbot.waitUntil(lambda: opened != [], timeout=LIMIT_MS)

        def is_free() -> bool:
            with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", settings.redirect_port)):
                return True
            return False

        qtbot.waitUntil(is_free, timeout=LIMIT_MS)


def test_no_secret_is_in_what_can_be_printed(qtbot: QtBot) -> None:
    settings = GenesysSourceSettings(
        "https://api.example.com", "https://login.example.com", "client_credentials", "client", "very-secret", AGENT
    )
    assert "very-secret" not in repr(settings)
