"""What the panel says about its line to the telephone system, and how the settings become that line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nba_desktop.app import Launch, Panel
from nba_desktop.domain.call_event import LinkState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.failures import notice_words
from nba_desktop.ui.texts.link_words import telephony_health


@pytest.fixture
def panel(qapp: QApplication, tmp_path: Path) -> Iterator[Panel]:
    opened = Panel(
        Launch(
            data_dir=tmp_path / "data",
            settings_file=tmp_path / "settings.json",
            language="en",
            theme="light",
            backend_url="http://127.0.0.1:9",
            token="token",
        ),
        qapp,
    )
    opened.start()
    yield opened
    opened.stop()


def test_missing_rights_are_named_and_the_line_stays_up(panel: Panel) -> None:
    panel.telephony.on_link(LinkState("asterisk", "up"))
    panel.telephony.on_link(LinkState("asterisk", "up", lacking=("write=reporting", "read=call")))
    assert panel.session.state.telephony.status == "up"
    notice = panel.session.state.notices[-1]
    assert notice.code is FailureCode.RIGHTS_MISSING
    assert "write=reporting, read=call" in notice_words(notice)


def test_a_login_refused_for_missing_rights_is_no_connection(panel: Panel) -> None:
    panel.telephony.on_link(LinkState("genesys_cloud", "down", "login_refused", 60_000, ("notifications",)))
    assert panel.session.state.telephony.status == "refused"
    assert panel.session.state.notices[-1].code is FailureCode.RIGHTS_MISSING


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("tls_untrusted", "is not trusted"),
        ("tls_wrong_host", "is for another host"),
        ("tls_expired", "is not valid today"),
        ("tls_failed", "no encrypted line"),
        ("tls_unavailable", "no encrypted line"),
        ("login_refused", "refuses the login"),
    ],
)
def test_why_there_is_no_line_is_said_in_words(panel: Panel, detail: str, words: str) -> None:
    panel.telephony.on_link(LinkState("asterisk", "down", detail, 1000))
    assert words in telephony_health(panel.session.state.telephony, Formats("en")).words


@pytest.mark.parametrize("detail", ["connection_refused", "host_not_found", "closed", "silent", "no_answer"])
def test_a_lost_line_to_the_telephone_system_is_not_blamed_on_the_backend(panel: Panel, detail: str) -> None:
    panel.telephony.on_link(LinkState("asterisk", "down", detail, 1000))
    said = telephony_health(panel.session.state.telephony, Formats("en")).words
    assert said.startswith("Telephone system not connected")
    assert "backend" not in said
