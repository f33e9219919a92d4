"""A call is transferred from one agent's panel to another's: two panels, a telephone system, a backend, all real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.app import Launch, Panel
from nba_desktop.contract.codes import CallFlag, QuietReason
from nba_desktop.demo.telephone import Telephone
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.contact import ContactState
from tests.e2e.processes import Site, run_here, site_backend

HELMUT = "+493512805504"
LISA = "+4915228817386"
SECRET = "transfer-test"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_backend(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def second_token(site: Site) -> str:
    made = run_here("backend", "token", "create", "--data", str(site.data), "--agent", "ben", "--role", "agent")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip().splitlines()[-1]


@contextmanager
def two_panels(
    app: QApplication, folder: Path, site: Site, second_token: str
) -> Iterator[tuple[Panel, Panel, Telephone]]:
    # The colleague has his part to do while the recorded call goes on to the next agent.
    telephone = Telephone("--secret", SECRET, "--speed", "2")
    panels = []
    for number, token in ((1, site.token), (2, second_token)):
        data = folder / f"agent{number}"
        line = TelephonySettings(
            source="asterisk_ami",
            port=telephone.port,
            username="cti",
            extension=f"20{number}",
            interface=f"PJSIP/agent{number}",
        )
        launch = Launch(
            data_dir=data,
            settings_file=data / "settings.json",
            language="en",
            theme="light",
            backend_url=site.url,
            token=token,
            telephony=line,
            telephony_secret=SECRET,
        )
        panels.append(Panel(launch, app))
    try:
        for panel in panels:
            panel.start()
        yield panels[0], panels[1], telephone
    finally:
        for panel in panels:
            panel.stop()
        telephone.stop()


def contact_of(panel: Panel) -> ContactState:
    contact = panel.session.state.contact
    assert contact is not None
    return contact


def is_connected(panel: Panel) -> bool:
    state = panel.session.state
    return state.telephony.status == state.backend.status == "up"


def is_ready(panel: Panel) -> bool:
    contact = panel.session.state.contact
    return contact is not None and contact.view is not None and contact.actions_block.status is BlockStatus.READY


def work_with_the_caller(panel: Panel, qtbot: QtBot) -> str:
    """The colleague's part: who it is, what about, one action objected to, an outage; returns the action's id."""
    session = panel.session
    qtbot.waitUntil(lambda: contact_of(panel).interaction.state is InteractionState.LIVE)
    candidate = contact_of(panel).candidate
    assert candidate is not None
    for item in candidate.security_items[: contact_of(panel).items_missing]:
        session.toggle_item(item.code)
    session.confirm_caller()
    qtbot.waitUntil(lambda: contact_of(panel).authenticated)
    session.choose_concern("instalment")
    session.mark_solved(False)
    qtbot.waitUntil(lambda: is_ready(panel))
    action = contact_of(panel).recommendations[0]
    session.select_action(action.action_id)
    session.say_bridge()
    session.raise_objection(action.objections[0].objection_id)
    session.toggle_flag(CallFlag.OUTAGE)
    store = panel.store
    assert store is not None
    qtbot.waitUntil(lambda: store.status().waiting == 0)
    return action.action_id


@pytest.mark.parametrize(("recording", "number"), [("03", HELMUT), ("04", LISA)])
def test_the_next_agent_sees_what_the_colleague_did(
    recording: str, number: str, qapp: QApplication, qtbot: QtBot, tmp_path: Path, site: Site, second_token: str
) -> None:
    with two_panels(qapp, tmp_path, site, second_token) as (first, second, telephone):
        qtbot.waitUntil(lambda: is_connected(first) and is_connected(second), timeout=20_000)
        telephone.play(recording, number)
        qtbot.waitUntil(lambda: is_ready(first), timeout=20_000)
        telephone.go_on()
        action = work_with_the_caller(first, qtbot)
        telephone.go_on()

        def is_handed_over() -> bool:
            contact = second.session.state.contact
            if contact is None or contact.view is None or contact.view.handover is None:
                return False
            # An enquiry before the transfer was asked about, too, at a time when the colleague had less to hand over.
            return contact.vouched_for and contact.noticed == {CallFlag.OUTAGE}

        qtbot.waitUntil(is_handed_over, timeout=20_000)
        ringing = contact_of(second)
        assert ringing.view is not None
        assert ringing.view.handover is not None
        assert ringing.view.handover.certain
        assert ringing.view.handover.details is None
        second.session.confirm_caller()
        qtbot.waitUntil(lambda: contact_of(second).authenticated)
        view = contact_of(second).view
        assert view is not None
        assert view.handover is not None
        details = view.handover.details
        assert details is not None
        assert (details.concern, details.solved) == ("instalment", False)
        assert [(one.action_id, one.response) for one in details.actions] == [(action, None)]
        assert details.actions[0].objections
        assert view.decision.quiet_because == (QuietReason.OUTAGE,)
