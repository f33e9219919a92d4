"""What the panel says about its line to the telephone system, and how the settings become that line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.app import Launch, Panel
from nba_desktop.contract.arrival import OfferNews
from nba_desktop.domain.call_event import LinkState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.failures import notice_words
from nba_desktop.ui.texts.link_words import telephony_health
from tests.fakes.sse_server import FakeStream, chunk


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
        ("tls_expired", "has expired"),
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
    assert said.startswith("No telephone system since")
    assert "backend" not in said


def test_a_panel_with_a_telephone_system_of_its_own_hears_what_is_new_in_its_calls(
    qtbot: QtBot, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[OfferNews] = []
    monkeypatch.setattr(panel.session, "on_news", told.append)
    first, second = FakeStream(), FakeStream()
    news = OfferNews(sequence=2, contact_id=UUID(int=7), action_ids=("RET_FIX12",))
    for stream in (first, second):
        panel.telephony.on_backend(stream.url, "token")
        qtbot.waitUntil(lambda stream=stream: bool(stream.requests))  # type: ignore[misc]
    second.write(chunk(b"event: news\nid: 2\ndata: %b\n\n" % news.model_dump_json().encode()))
    qtbot.waitUntil(lambda: told == [news])
    # Its line is nobody's business: the telephone system is another one.
    assert panel.session.state.telephony.status == "off"
    assert panel.session.state.last_event_at is None
    for stream in (first, second):
        stream.close()
