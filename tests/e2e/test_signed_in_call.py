"""A call of an agent who signs in in his browser: provider, backend and panel are real, the browser obeys."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.settings_loading import load_settings
from nba_desktop.app import Launch
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.signing_in import SignInStatus
from nba_desktop.runner import Seat
from nba_desktop.team.review import Review, ReviewLaunch
from tests.e2e.processes import Site, rows, site_backend
from tests.oidc.browser import Browser
from tests.oidc.provider import AUDIENCE, Provider, oidc_provider
from tests.oidc.site_file import sign_in_file
from tests.seats import seated, state, workstation

pytestmark = pytest.mark.timeout(180)
PATIENT_MS = 30_000
S = SignInStatus


class DesktopBrowser(QObject):
    """What opens the addresses that the panel hands to the desktop: a browser in a thread of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.visited: list[str] = []
        self.browser = Browser()

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.visited.append(url.toString())
        threading.Thread(target=self.browser.visit, args=(url.toString(),), daemon=True).start()


@pytest.fixture
def browser() -> Iterator[DesktopBrowser]:
    opened = DesktopBrowser()
    # PySide's types ask for bytes, which its code refuses.
    QDesktopServices.setUrlHandler("http", opened, "open")  # type: ignore[arg-type]
    yield opened
    QDesktopServices.unsetUrlHandler("http")


@dataclass(frozen=True)
class House:
    """A site with its provider."""

    provider: Provider
    site: Site


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with ExitStack() as ends:
        provider = ends.enter_context(oidc_provider(access_token_s=2))
        signing = sign_in_file(provider, folder)
        yield House(provider, ends.enter_context(site_backend(folder / "site", "--sign-in", str(signing))))


@pytest.fixture
def launch(house: House, tmp_path: Path) -> Launch:
    """A workstation of the site."""
    return workstation(tmp_path, house.provider.issuer, house.provider.client_id, house.site.url)


def contact(seat: Seat) -> ContactState:
    shown = state(seat).contact
    assert shown is not None
    return shown


def is_signed_in(seat: Seat, name: str) -> bool:
    return (state(seat).sign_in.status, state(seat).sign_in.agent) == (S.SIGNED_IN, name)


def is_empty(seat: Seat) -> bool:
    store = seat.panel.store
    return store is not None and store.status().waiting == 0


def authenticate(seat: Seat, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: contact(seat).candidate is not None, timeout=PATIENT_MS)
    candidate = contact(seat).candidate
    assert candidate is not None
    for item in candidate.security_items[: contact(seat).items_missing]:
        seat.panel.session.toggle_item(item.code)
    seat.panel.session.confirm_caller()
    qtbot.waitUntil(lambda: contact(seat).authenticated and contact(seat).view is not None, timeout=PATIENT_MS)


def test_figures_are_shown_to_whoever_has_signed_in_and_to_nobody_after_him(
    qapp: QApplication, qtbot: QtBot, house: House, launch: Launch, browser: DesktopBrowser
) -> None:
    assert launch.settings_file is not None
    settings = load_settings(launch.settings_file)
    window = Review(ReviewLaunch(launch.data_dir, settings, launch.data_dir / "none.json", language="en"), qapp)

    def is_answered() -> bool:
        return window.reviewing is not None and window.reviewing.state.choices_block.status is BlockStatus.READY

    house.provider.set(audience=AUDIENCE)
    try:
        window.start()
        for name in ("tessa", "anna"):
            browser.browser = Browser()
            house.provider.set(sign_in_as=name)
            assert window.reviewing is None
            window.window.sign_in_asked.emit()
            qtbot.waitUntil(is_answered, timeout=PATIENT_MS)
            window.window.sign_out_chosen.emit()
            qtbot.waitUntil(lambda: window.reviewing is None, timeout=PATIENT_MS)
    finally:
        window.stop()


def spoil_the_next_token(provider: Provider, qtbot: QtBot) -> None:
    """Have the panel renew its token, to one that the backend does not take."""
    provider.set(audience="https://other.example")
    asked = provider.requests("/token")
    qtbot.waitUntil(lambda: provider.requests("/token") > asked, timeout=PATIENT_MS)


def told(house: House, note: str) -> list[tuple[str, list[str]]]:
    """Whose the contacts with this note are, and every event that the backend has of them."""
    contacts = rows(house.site.data, f"SELECT contact_id, agent_id FROM contacts WHERE note = '{note}'")
    events = "SELECT type FROM events WHERE contact_id = '{}'"
    return [(agent, [kind for (kind,) in rows(house.site.data, events.format(one))]) for one, agent in contacts]


def call(number: int, state_: str = "answered") -> str:
    return f"nba-desktop:call?number=%2B493512805504&id={number}&state={state_}"


def test_nothing_is_lost_or_doubled_from_the_sign_in_over_its_end_in_a_call_to_the_sign_out(
    qapp: QApplication, qtbot: QtBot, house: House, launch: Launch, browser: DesktopBrowser
) -> None:
    with seated(launch, qapp) as seat:
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.NEEDED, timeout=PATIENT_MS)
        seat.panel.on_message(call(1))
        assert browser.visited == []  # nobody has asked for it
        assert state(seat).contacts == ()

        seat.panel.window.agent_sign_in_asked.emit()
        qtbot.waitUntil(lambda: is_signed_in(seat, "Anna Agent"), timeout=PATIENT_MS)
        # The call that came before it was known whose it is.
        authenticate(seat, qtbot)
        seat.panel.session.write_note("before")
        seat.panel._bar.sign_out_chosen.emit()
        assert [one.code for one in state(seat).notices] == [FailureCode.SIGN_OUT_IN_CALL]
        qtbot.waitUntil(lambda: is_empty(seat), timeout=PATIENT_MS)

        # The token ends while the customer talks, and the next one is one that the backend does not take.
        spoil_the_next_token(house.provider, qtbot)
        seat.panel.session.write_note("meanwhile")
        qtbot.waitUntil(lambda: state(seat).outbox.paused is FailureCode.UNAUTHORISED, timeout=PATIENT_MS)
        # Then the sign-in is withdrawn.
        house.provider.set(audience=AUDIENCE)
        house.provider.revoke_all()
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.ENDED, timeout=PATIENT_MS)
        seat.panel.session.respond(ResponseCode.NOT_ADDRESSED_TIME)
        assert not is_empty(seat)
        assert contact(seat).authenticated
        assert len(browser.visited) == 1

        seat.panel.window.agent_sign_in_asked.emit()
        qtbot.waitUntil(lambda: is_signed_in(seat, "Anna Agent"), timeout=PATIENT_MS)
        qtbot.waitUntil(lambda: is_empty(seat), timeout=PATIENT_MS)
        seat.panel.on_message(call(1, "ended"))
        seat.panel.session.finish_wrap_up()
        qtbot.waitUntil(lambda: is_empty(seat) and not state(seat).contacts, timeout=PATIENT_MS)

        with qtbot.waitSignal(seat.changed, timeout=PATIENT_MS):
            seat.panel._bar.sign_out_chosen.emit()
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.NEEDED, timeout=PATIENT_MS)
        assert "/session/end" in browser.visited[-1]
    ((agent, types),) = told(house, "meanwhile")
    assert agent == "anna.agent"
    once = ("contact_started", "caller_authenticated", "response_recorded", "contact_ended", "wrap_up_finished")
    assert [types.count(one) for one in once] == [1] * len(once)
    assert types.count("contact_note_written") == 2


def test_what_one_agent_has_recorded_is_never_sent_by_the_next(
    qapp: QApplication, qtbot: QtBot, house: House, launch: Launch, browser: DesktopBrowser
) -> None:
    provider = house.provider

    def signs_in(name: str, seat: Seat) -> None:
        """Somebody signs in who was not signed in to the provider before."""
        browser.browser = Browser()
        provider.set(sign_in_as=name.split()[0].lower())
        seat.panel.window.agent_sign_in_asked.emit()
        qtbot.waitUntil(lambda: is_signed_in(seat, name), timeout=PATIENT_MS)

    with seated(launch, qapp) as seat:
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.NEEDED, timeout=PATIENT_MS)
        signs_in("Anna Agent", seat)
        qtbot.waitUntil(lambda: state(seat).backend.status == "up", timeout=PATIENT_MS)
        spoil_the_next_token(provider, qtbot)
        seat.panel.on_message(call(2))
        seat.panel.session.write_note("of Anna")
        qtbot.waitUntil(lambda: state(seat).outbox.paused is FailureCode.UNAUTHORISED, timeout=PATIENT_MS)
        provider.set(audience=AUDIENCE)
        provider.revoke_all()
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.ENDED, timeout=PATIENT_MS)

        # In the middle of the call somebody else takes the place.
        of_anna = seat.panel
        signs_in("Ben Berater", seat)
        assert seat.panel is not of_anna
        assert state(seat).contacts == ()
        seat.panel.on_message(call(3))
        seat.panel.session.write_note("of Ben")
        qtbot.waitUntil(lambda: is_empty(seat), timeout=PATIENT_MS)
        assert told(house, "of Anna") == []
    visits = len(browser.visited)
    with seated(launch, qapp) as seat:
        # The next day begins without a browser.
        qtbot.waitUntil(lambda: is_signed_in(seat, "Ben Berater"), timeout=PATIENT_MS)
        assert len(browser.visited) == visits
        with qtbot.waitSignal(seat.changed, timeout=PATIENT_MS):
            seat.panel._bar.sign_out_chosen.emit()
        qtbot.waitUntil(lambda: state(seat).sign_in.status is S.NEEDED, timeout=PATIENT_MS)
        signs_in("Anna Agent", seat)
        qtbot.waitUntil(lambda: is_empty(seat), timeout=PATIENT_MS)
    for name, agent in (("of Anna", "anna.agent"), ("of Ben", "ben.agent")):
        ((recorded_by, types),) = told(house, name)
        assert recorded_by == agent
        assert [types.count(one) for one in ("contact_started", "contact_note_written", "contact_ended")] == [1, 1, 1]
