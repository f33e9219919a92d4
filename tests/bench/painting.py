"""From a call event to the painted panel, with the real backend, beside a bare repaint and a rebuilt list."""

from __future__ import annotations

import itertools
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from nba_desktop.adapters.embedded_backend import EmbeddedBackend, backend_command
from nba_desktop.app import Launch, Panel, new_application
from nba_desktop.contract.contact import ContactView
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from nba_desktop.domain.panel import BlockStatus, ContactState
from nba_desktop.ui.panel.window import SIZE

_LIMIT_S = 20.0
_WARM_UP = 5
_REST_S = 0.05
_LEAST_TOUCHPOINTS = 20


@dataclass
class Painting:
    """What was measured, in milliseconds, one value per call."""

    ringing: list[float] = field(default_factory=list)
    candidate: list[float] = field(default_factory=list)
    full_view: list[float] = field(default_factory=list)
    repaint: list[float] = field(default_factory=list)
    rebuilt: list[float] = field(default_factory=list)
    rss_mb: float = 0.0

    def rows(self) -> Iterator[tuple[str, list[float]]]:
        """Name and values of each row of the table."""
        yield "ringing event → number and queue painted (outbox commit incl.)", self.ringing
        yield "ringing event → candidate painted (request incl.)", self.candidate
        yield "authenticated → full view painted (request incl.)", self.full_view
        yield "bare full repaint of the same panel", self.repaint
        yield "the full view with its timeline as rebuilt widgets", self.rebuilt


class RebuiltTimeline(QScrollArea):
    """What the panel does not do: one widget per touchpoint, deleted and made anew for each answer."""

    def show_view(self, view: ContactView) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        for touchpoint in view.journey.touchpoints[:50] if view.journey else ():
            row = QFrame()
            line = QHBoxLayout(row)
            for words in (touchpoint.at.strftime("%d.%m.%Y"), touchpoint.channel.value, touchpoint.type):
                line.addWidget(QLabel(words))
            column.addWidget(row)
        self.setWidget(content)


class _Bench:
    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.painted_at = 0.0
        self._calls = itertools.count()
        self._ticks = QTimer(interval=5)
        panel.window.painted.connect(self._on_painted)

    def _on_painted(self) -> None:
        self.painted_at = time.perf_counter()

    @property
    def contact(self) -> ContactState:
        contact = self.panel.session.state.contact
        assert contact is not None
        return contact

    def wait(self, what: str, is_so: Callable[[], bool]) -> None:
        deadline = time.perf_counter() + _LIMIT_S
        # The ticks wake the loop, so that it can sleep: a loop that polls would starve the panel's own threads.
        self._ticks.start()
        while not is_so():
            if time.perf_counter() > deadline:
                raise TimeoutError(what)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._ticks.stop()

    def until_painted(self, began: float, what: str, is_so: Callable[[], bool]) -> float:
        """Milliseconds from `began` to the first paint after which `is_so` holds."""
        self.wait(what, is_so)
        shown = time.perf_counter()
        if self.painted_at < shown:
            self.wait(f"{what} (painted)", lambda: self.painted_at >= shown)
        return (self.painted_at - began) * 1000

    def phone(self, kind: CallEventType, call: str, number: str) -> None:
        now = datetime.now(UTC)
        self.panel.session.on_call_event(
            CallEvent(
                event_id=f"{call}-{kind}",
                source="bench",
                type=kind,
                occurred_at=now,
                received_at=now,
                interaction_id=call,
                leg_id=call,
                caller=Party(number, number, "allowed"),
                queue="service",
                cause="normal" if kind is CallEventType.ENDED else None,
            )
        )

    def call(self, number: str, painting: Painting) -> float:
        """One call up to the authenticated view; returns the milliseconds of that last step."""
        name = f"call-{next(self._calls)}"
        began = time.perf_counter()
        self.phone(CallEventType.RINGING, name, number)
        shown = time.perf_counter()
        self.wait("ringing painted", lambda: self.painted_at >= shown)
        painting.ringing.append((self.painted_at - began) * 1000)
        painting.candidate.append(self.until_painted(began, "candidate", self._is_ready))
        self.phone(CallEventType.ANSWERED, name, number)
        candidate = self.contact.candidates[0]
        self.panel.session.choose_candidate(candidate.customer_id)
        for item in candidate.security_items[:2]:
            self.panel.session.toggle_item(item.code)
        self._rest()
        began = time.perf_counter()
        self.panel.session.confirm_caller()
        return self.until_painted(began, "full view", lambda: self.contact.authenticated and self._is_ready())

    def hang_up(self, number: str) -> None:
        interaction = self.contact.interaction
        self.phone(CallEventType.ENDED, interaction.interaction_id, number)
        self.panel.session.finish_wrap_up()
        self._rest()

    def repaint(self) -> float:
        began = time.perf_counter()
        self.panel.window.repaint()
        return (time.perf_counter() - began) * 1000

    def _is_ready(self) -> bool:
        return self.contact.actions_block.status is BlockStatus.READY

    def _rest(self) -> None:
        """Let the outbox send and the panel settle, so that one step does not pay for another."""
        store = self.panel.store
        assert store is not None
        self.wait("outbox empty", lambda: store.status().waiting == 0)
        rested = time.perf_counter() + _REST_S
        self.wait("rest", lambda: time.perf_counter() > rested)


def measure(folder: Path, samples: int) -> Painting:
    """Play `samples` calls of different sample customers, the two variants by turns."""
    app = new_application()
    backend = EmbeddedBackend(backend_command(folder / "backend"))
    running = backend.start(60.0)
    panel = Panel(
        Launch(
            data_dir=folder,
            settings_file=folder / "settings.json",
            language="de",
            theme="light",
            backend_url=running.url,
            token=running.token,
        ),
        app,
    )
    painting, warm_up = Painting(), Painting()
    try:
        panel.start()
        panel.window.resize(*SIZE)
        bench = _Bench(panel)
        bench.wait("backend up", lambda: panel.session.state.backend.status == "up")
        numbers = itertools.cycle(_numbers(folder / "backend" / "backend.sqlite3"))
        for _ in range(_WARM_UP):
            number = next(numbers)
            bench.call(number, warm_up)
            bench.hang_up(number)
        naive = RebuiltTimeline(panel.window)
        naive.setGeometry(0, 400, panel.window.width(), panel.window.height() - 480)
        for _ in range(samples):
            number = next(numbers)
            naive.hide()
            painting.full_view.append(bench.call(number, painting))
            painting.repaint.append(bench.repaint())
            bench.hang_up(number)
            painting.rebuilt.append(_with_rebuilt(bench, naive, number, warm_up))
        painting.rss_mb = _rss_mb()
    finally:
        panel.stop()
        backend.stop()
    return painting


def _with_rebuilt(bench: _Bench, naive: RebuiltTimeline, number: str, aside: Painting) -> float:
    show_state = bench.panel.window.show_state

    def show_and_rebuild(state: object) -> None:
        show_state(bench.panel.session.state)
        view = bench.contact.view
        if view is not None and view.journey is not None:
            naive.show_view(view)

    naive.show()
    naive.raise_()
    bench.panel.window.show_state = show_and_rebuild  # type: ignore[method-assign]
    try:
        taken = bench.call(number, aside)
    finally:
        bench.panel.window.show_state = show_state  # type: ignore[method-assign]
    naive.hide()
    bench.hang_up(number)
    return taken


def _numbers(database: Path) -> list[str]:
    """Numbers of customers with a journey worth painting, each belonging to one customer."""
    query = """
        SELECT p.e164 FROM customer_phones p JOIN touchpoints t ON t.customer_id = p.customer_id
        GROUP BY p.e164 HAVING count(DISTINCT p.customer_id) = 1 AND count(*) >= ? ORDER BY p.e164
    """
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return [number for (number,) in connection.execute(query, (_LEAST_TOUCHPOINTS,))]


def _rss_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
