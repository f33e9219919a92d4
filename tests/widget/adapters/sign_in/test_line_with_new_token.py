"""A line of calls that was refused is tried at once when its token has become another one; one that is up goes on."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.cti.hub_stream import HubStreamSettings, HubStreamSource
from nba_desktop.domain.call_event import LinkState
from tests.fakes.sse_server import FakeStream, answer


def test_a_refused_line_does_not_wait_its_minute_and_one_that_is_up_is_left_alone(qtbot: QtBot) -> None:
    backend, token, links = FakeStream(), BearerToken("old"), list[LinkState]()
    backend.greeting = answer("401 Unauthorized")
    source = HubStreamSource(HubStreamSettings(backend.url, token))
    source.link_changed.connect(links.append)
    source.start()
    qtbot.waitUntil(lambda: bool(links) and links[-1].detail == "login_refused")
    backend.greeting = FakeStream.good()
    token.replace("new")
    source.try_again()
    qtbot.waitUntil(lambda: links[-1].state == "up")
    assert [one["authorization"] for one in backend.requests] == ["Bearer old", "Bearer new"]
    token.replace("newer")
    source.try_again()
    qtbot.wait(20)
    assert len(backend.requests) == 2
    source.stop()
    source.try_again()
    qtbot.wait(20)
    assert len(backend.requests) == 2
