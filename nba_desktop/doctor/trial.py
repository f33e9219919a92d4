"""A source of calls tried for real, as the panel listens to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from nba_desktop.adapters.cti.source import CallSource
from nba_desktop.domain.call_event import CallEvent, CallEventType, LinkState


def try_source(make: Callable[[], CallSource], limit_ms: int) -> tuple[LinkState, bool]:
    """Connect a source; return the last state of its link, and whether the list of calls came."""
    # Qt's own must be there before the source, and outlive it.
    app = QCoreApplication.instance() or QCoreApplication([])
    try:
        return _listen(make(), limit_ms)
    finally:
        del app


def _listen(source: CallSource, limit_ms: int) -> tuple[LinkState, bool]:
    loop = QEventLoop()
    last = LinkState(source.name, "connecting")
    answered = False

    def on_link(link: LinkState) -> None:
        nonlocal last
        last = link
        if link.state == "down" or link.lacking:
            loop.quit()

    def on_event(event: CallEvent) -> None:
        nonlocal answered
        if event.type is CallEventType.SNAPSHOT:
            answered = True
            loop.quit()

    source.link_changed.connect(on_link)
    source.call_event.connect(on_event)
    QTimer.singleShot(limit_ms, loop, loop.quit)
    source.start()
    # What fails at once has been said before there is anybody to wait.
    if last.state != "down":
        loop.exec()
    result = last
    source.stop()
    return result, answered
