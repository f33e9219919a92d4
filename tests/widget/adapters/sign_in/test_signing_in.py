"""An agent's sign-in over the day: begun by a click, kept, renewed, ended, taken up again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.sign_in.kept import Kept, kept_of, written
from nba_desktop.adapters.sign_in.renewing import RenewedToken
from nba_desktop.adapters.sign_in.signing_in import SigningIn
from nba_desktop.adapters.sign_in.tokens import Agent, SignedIn
from nba_desktop.domain.errors import FailureCode, OutboxUnwritable
from nba_desktop.domain.signing_in import SignInState, SignInStatus
from tests.fakes.identity import SUBJECT, FakeBrowser, FakeIdentity, Lies, identity

S = SignInStatus
ENDED = Lies(status=400, body='{"error": "invalid_grant"}')
AWAY = Lies(status=503, body="")
LIMIT_MS = 15_000


class Store:
    """The place in an agent's store; with `broken` the disk refuses."""

    def __init__(self, text: str | None = None, broken: bool = False) -> None:
        self.text = text
        self.broken = broken

    def read(self) -> str | None:
        self._refuse()
        return self.text

    def store(self, token: str) -> None:
        self._refuse()
        self.text = token

    def delete(self) -> None:
        self._refuse()
        self.text = None

    def _refuse(self) -> None:
        if self.broken:
            raise OutboxUnwritable


class Day:
    """One sign-in and everything it told."""

    def __init__(self, provider: FakeIdentity, text: str | None = None, **more: Any) -> None:
        self.provider = provider
        self.browser = FakeBrowser(provider)
        self.store = Store(text, more.pop("broken", False))
        more.setdefault("open_browser", self.browser)
        self.signing_in = SigningIn(provider.settings(), chance=lambda: 0.5, **more)
        self.states: list[SignInState] = []
        self.tokens: list[RenewedToken] = []
        self.others: list[SignedIn] = []
        self.renewals = self.leavings = 0
        self.signing_in.changed.connect(self.states.append)
        self.signing_in.token_came.connect(self.tokens.append)
        self.signing_in.other_came.connect(self.others.append)
        self.signing_in.token_renewed.connect(self._on_renewed)
        self.signing_in.left.connect(self._on_left)

    def _on_renewed(self) -> None:
        self.renewals += 1

    def _on_left(self) -> None:
        self.leavings += 1

    @property
    def status(self) -> SignInStatus:
        return self.signing_in.state.status

    @property
    def kept(self) -> str:
        kept = kept_of(self.store.text, self.provider.settings())
        return "" if kept is None else kept.refresh_token

    def start(self, **more: Any) -> None:
        self.signing_in.start(self.store, **more)


Begin = Callable[..., Day]


@pytest.fixture
def begin() -> Iterator[Begin]:
    with identity() as provider:
        days: list[Day] = []

        def begun(*, signed_in: bool = False, **more: Any) -> Day:
            agent = Agent(provider.issuer, SUBJECT, "Anna")
            text = written(Kept(agent, "refresh-0"), provider.settings()) if signed_in else None
            days.append(Day(provider, text, **more))
            return days[-1]

        yield begun
        for day in days:
            day.signing_in.stop()


def wait(qtbot: QtBot, day: Day, status: SignInStatus) -> None:
    qtbot.waitUntil(lambda: day.status is status, timeout=LIMIT_MS)


def stands(day: Day) -> tuple[SignInStatus, FailureCode | None]:
    return day.status, day.signing_in.state.failure


def test_nobody_is_asked_before_the_click_and_after_it_the_agent_is_known_and_kept(begin: Begin, qtbot: QtBot) -> None:
    day = begin()
    day.start(left=3)
    assert (day.status, day.signing_in.state.left) == (S.NEEDED, 3)
    assert day.browser.opened == []
    day.signing_in.sign_in()
    assert day.status is S.WAITING
    wait(qtbot, day, S.SIGNED_IN)
    assert day.signing_in.state == SignInState(S.SIGNED_IN, "Anna Agent")
    (token,) = day.tokens
    assert (token.value, day.kept) == ("access-1", "refresh-1")
    qtbot.waitUntil(lambda: bool(day.browser.shown), timeout=LIMIT_MS)
    assert day.browser.shown[0][0] == 200


def test_the_sign_in_of_the_last_time_holds_without_a_browser(begin: Begin, qtbot: QtBot) -> None:
    day = begin(signed_in=True)
    day.start()
    assert day.signing_in.state == SignInState(S.CHECKING, "Anna")
    assert day.signing_in.agent is not None
    wait(qtbot, day, S.SIGNED_IN)
    assert day.browser.opened == []
    assert (day.kept, len(day.tokens)) == ("refresh-1", 1)


def test_one_that_holds_no_more_is_asked_for_again_and_goes_on_with_the_same_token(begin: Begin, qtbot: QtBot) -> None:
    day = begin(signed_in=True)
    day.provider.lies = ENDED
    day.start()
    wait(qtbot, day, S.ENDED)
    assert day.browser.opened == []
    day.provider.lies = Lies()
    day.signing_in.sign_in()
    wait(qtbot, day, S.SIGNED_IN)
    (token,) = day.tokens
    day.provider.lies = ENDED
    token._renewed_at -= 60
    assert token.newer_than(token.value) == token.value
    wait(qtbot, day, S.ENDED)
    day.provider.lies = Lies()
    day.signing_in.sign_in()
    wait(qtbot, day, S.SIGNED_IN)
    assert (len(day.tokens), day.renewals) == (1, 1)
    assert "login_hint=anna" in day.browser.opened[-1]


def test_a_provider_that_is_away_signs_nobody_out(begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.adapters.sign_in.signing_in._RETRY_FIRST_MS", 20)
    day = begin(signed_in=True)
    day.provider.lies = AWAY
    day.start()
    qtbot.waitUntil(lambda: len(day.provider.forms("/token")) > 2, timeout=LIMIT_MS)
    assert stands(day) == (S.CHECKING, FailureCode.SIGN_IN_UNREACHABLE)
    assert day.kept == "refresh-0"
    day.provider.lies = Lies()
    wait(qtbot, day, S.SIGNED_IN)
    assert stands(day) == (S.SIGNED_IN, None)


def test_a_token_is_renewed_before_it_ends(begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.adapters.sign_in.signing_in._SOONEST_MS", 20)
    day = begin(signed_in=True)
    day.provider.lies = Lies(tokens={"expires_in": 0.05})
    day.start()
    qtbot.waitUntil(lambda: day.renewals > 2, timeout=LIMIT_MS)
    assert day.status is S.SIGNED_IN
    assert len(day.tokens) == 1
    assert day.kept == f"refresh-{day.provider.issued}"


@pytest.mark.parametrize(
    ("lies", "failure"),
    [
        (Lies(answer={"code": None, "error": "access_denied"}), FailureCode.SIGN_IN_REFUSED),
        (Lies(signed="none"), FailureCode.SIGN_IN_UNTRUSTED),
        (AWAY, FailureCode.SIGN_IN_UNREACHABLE),
    ],
)
def test_what_went_wrong_is_said_and_the_next_click_begins_anew(
    begin: Begin, qtbot: QtBot, lies: Lies, failure: FailureCode
) -> None:
    day = begin()
    day.start()
    day.provider.lies = lies
    day.signing_in.sign_in()
    wait(qtbot, day, S.NEEDED)
    assert stands(day) == (S.NEEDED, failure)
    day.provider.lies = Lies()
    day.signing_in.sign_in()
    assert stands(day) == (S.WAITING, None)
    wait(qtbot, day, S.SIGNED_IN)


def test_a_browser_that_is_closed_is_said_after_a_while(begin: Begin, qtbot: QtBot) -> None:
    day = begin(open_browser=lambda _: True, limit_s=0.1)
    day.start()
    day.signing_in.sign_in()
    wait(qtbot, day, S.NEEDED)
    assert stands(day) == (S.NEEDED, FailureCode.SIGN_IN_UNANSWERED)


def test_no_browser_is_said_at_once(begin: Begin, qtbot: QtBot) -> None:
    day = begin(open_browser=lambda _: False)
    day.start()
    day.signing_in.sign_in()
    wait(qtbot, day, S.NEEDED)
    assert stands(day) == (S.NEEDED, FailureCode.SIGN_IN_NO_BROWSER)


def test_the_agent_may_give_up_or_open_the_browser_once_more(begin: Begin, qtbot: QtBot) -> None:
    addresses: list[str] = []

    def opens(address: str) -> bool:
        addresses.append(address)
        return True

    day = begin(open_browser=opens)
    day.start()
    day.signing_in.sign_in()
    qtbot.waitUntil(lambda: len(addresses) == 1, timeout=LIMIT_MS)
    day.signing_in.give_up()
    assert stands(day) == (S.NEEDED, None)
    day.signing_in.sign_in()
    qtbot.waitUntil(lambda: len(addresses) == 2, timeout=LIMIT_MS)
    day.signing_in.sign_in()
    qtbot.waitUntil(lambda: len(addresses) == 3, timeout=LIMIT_MS)
    day.browser(addresses[-1])
    wait(qtbot, day, S.SIGNED_IN)
    assert len(day.tokens) == 1


def test_another_agent_is_told_of_and_takes_nothing_over(begin: Begin, qtbot: QtBot) -> None:
    day = begin(signed_in=True)
    day.provider.lies = ENDED
    day.start()
    wait(qtbot, day, S.ENDED)
    before = day.store.text
    day.provider.lies = Lies(claims={"sub": "ben-2", "name": "Ben Berater"})
    day.signing_in.sign_in()
    qtbot.waitUntil(lambda: bool(day.others), timeout=LIMIT_MS)
    assert day.others[0].agent.subject == "ben-2"
    assert (day.tokens, day.store.text) == ([], before)


def test_a_sign_out_revokes_forgets_and_has_the_provider_ask_next_time(begin: Begin, qtbot: QtBot) -> None:
    addresses: list[str] = []

    def opens(address: str) -> bool:
        addresses.append(address)
        return True

    day = begin(signed_in=True, open_browser=opens)
    day.start()
    wait(qtbot, day, S.SIGNED_IN)
    day.signing_in.sign_out()
    assert stands(day) == (S.LEAVING, None)
    qtbot.waitUntil(lambda: day.leavings == 1, timeout=LIMIT_MS)
    assert stands(day) == (S.NEEDED, None)
    assert day.store.text is None
    (revoked,) = day.provider.forms("/revoke")
    assert (revoked["token"], revoked["token_type_hint"]) == ("refresh-1", "refresh_token")
    assert addresses[0].startswith(f"{day.provider.issuer}/end?client_id=panel&id_token_hint=")
    day.signing_in.sign_in()
    qtbot.waitUntil(lambda: len(addresses) == 2, timeout=LIMIT_MS)
    assert "prompt=login" in addresses[1]


@pytest.mark.expected_log("the sign-in ends here, not at the provider: sign_in_unreachable")
def test_a_sign_out_works_without_the_provider(begin: Begin, qtbot: QtBot) -> None:
    day = begin(signed_in=True)
    day.start()
    wait(qtbot, day, S.SIGNED_IN)
    day.provider.lies = Lies(revoked=503)
    day.signing_in.sign_out()
    qtbot.waitUntil(lambda: day.leavings == 1, timeout=LIMIT_MS)
    assert day.store.text is None


@pytest.mark.expected_log("the kept sign-in could not be deleted: disk_unwritable")
def test_a_disk_that_keeps_nothing_signs_in_all_the_same(begin: Begin, qtbot: QtBot) -> None:
    day = begin(broken=True)
    day.start()
    assert stands(day) == (S.NEEDED, None)
    day.signing_in.sign_in()
    wait(qtbot, day, S.SIGNED_IN)
    day.signing_in.sign_out()
    qtbot.waitUntil(lambda: day.leavings == 1, timeout=LIMIT_MS)


def test_what_is_renewed_at_the_very_end_is_kept_for_the_next_start(begin: Begin, qtbot: QtBot) -> None:
    day = begin(signed_in=True)
    day.start()
    # Nothing of it has been told yet: the provider counts the one that was kept no more.
    until = time.monotonic() + LIMIT_MS / 1000
    while not day.provider.issued:
        assert time.monotonic() < until
        time.sleep(0.005)
    day.signing_in.stop()
    assert (day.kept, day.tokens) == ("refresh-1", [])

    day = begin(signed_in=True)
    day.start()
    wait(qtbot, day, S.SIGNED_IN)
    day.tokens[0].renew()
    day.signing_in.stop()
    assert day.kept == f"refresh-{day.provider.issued}"


def test_after_the_end_nothing_is_told_any_more(begin: Begin, qtbot: QtBot) -> None:
    day = begin(open_browser=lambda _: True)
    day.start()
    day.signing_in.sign_in()
    day.signing_in.stop()
    told = len(day.states)
    qtbot.wait(50)
    assert len(day.states) == told
