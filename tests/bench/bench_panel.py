"""One panel with a real backend as its child, whose telephone is in the bench's hands."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from nba_desktop.adapters.cipher_db import reading
from nba_desktop.adapters.embedded_backend import EmbeddedBackend, backend_command
from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.app import Launch, Panel, new_application
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.panel.window import SIZE
from tests.fakes.keyrings import KeptSecrets

_LIMIT_S = 20.0
_REST_S = 0.05
_LEAST_TOUCHPOINTS = 20
USER, AGENT = "Anna Adler", "panel"


@dataclass(frozen=True)
class Telephone:
    """Where the telephone system of the bench reports its calls to."""

    url: str
    path: str

    @property
    def user(self) -> str:
        """Whose telephone rings."""
        return USER


class BenchPanel:
    """The panel, and how long it takes to paint; all times are milliseconds."""

    def __init__(self, panel: Panel, telephone: Telephone, numbers: list[str]) -> None:
        self.panel = panel
        self.telephone = telephone
        self.numbers = itertools.cycle(numbers)
        self.painted_at = 0.0
        self._calls = itertools.count()
        self._ticks = QTimer(interval=5)
        panel.window.painted.connect(self._on_painted)

    def _on_painted(self) -> None:
        self.painted_at = time.perf_counter()

    @property
    def contact(self) -> ContactState:
        """The contact on the screen."""
        contact = self.panel.session.state.contact
        assert contact is not None
        return contact

    @property
    def is_ready(self) -> bool:
        """Whether the newest answer is there."""
        contact = self.panel.session.state.contact
        return contact is not None and contact.actions_block.status is BlockStatus.READY

    def wait(self, what: str, is_so: Callable[[], bool]) -> None:
        """Let the panel live until something is so."""
        deadline = time.perf_counter() + _LIMIT_S
        # The ticks wake the loop, so that it can sleep: a loop that polls would starve the panel's own threads.
        self._ticks.start()
        while not is_so():
            if time.perf_counter() > deadline:
                raise TimeoutError(what)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._ticks.stop()

    def until_painted(self, began: float, what: str, is_so: Callable[[], bool]) -> float:
        """From `began` to the first paint after which `is_so` holds."""
        self.wait(what, is_so)
        shown = time.perf_counter()
        if self.painted_at < shown:
            self.wait(f"{what} (painted)", lambda: self.painted_at >= shown)
        return (self.painted_at - began) * 1000

    def phone(self, kind: CallEventType, call: str, number: str) -> None:
        """Let the telephone say something."""
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

    def ring(self, number: str) -> tuple[float, float]:
        """A call rings: until number and queue are painted, and until the candidate is, the request included."""
        began = time.perf_counter()
        self.phone(CallEventType.RINGING, f"call-{next(self._calls)}", number)
        shown = time.perf_counter()
        self.wait("ringing painted", lambda: self.painted_at >= shown)
        ringing = (self.painted_at - began) * 1000
        return ringing, self.until_painted(began, "candidate", lambda: self.is_ready)

    def answer(self, number: str) -> None:
        """The call is taken, and the caller gives the right answers."""
        self.phone(CallEventType.ANSWERED, self.contact.interaction.interaction_id, number)
        candidate = self.contact.candidates[0]
        self.panel.session.choose_candidate(candidate.customer_id)
        for item in candidate.security_items[:2]:
            self.panel.session.toggle_item(item.code)

    def authenticate(self) -> float:
        """The agent confirms the caller: until the full view is painted, the request included."""
        began = time.perf_counter()
        self.panel.session.confirm_caller()
        return self.until_painted(began, "full view", lambda: self.contact.authenticated and self.is_ready)

    def hang_up(self, number: str) -> None:
        """The call ends, and its wrap-up."""
        self.phone(CallEventType.ENDED, self.contact.interaction.interaction_id, number)
        self.panel.session.finish_wrap_up()

    def rest(self) -> None:
        """Let the outbox send and the panel settle, so that one step does not pay for another."""
        store = self.panel.store
        assert store is not None
        self.wait("outbox empty", lambda: store.status().waiting == 0)
        rested = time.perf_counter() + _REST_S
        self.wait("rest", lambda: time.perf_counter() > rested)

    def repaint(self) -> float:
        """Paint everything that is on the screen again, nothing but that."""
        window = self.panel.window
        # What stands on a ground of its own, as in a scroll area, is not painted with what is behind it.
        for ground in window.findChildren(QWidget):
            if ground.isVisible() and ground.autoFillBackground():
                ground.update()
        began = time.perf_counter()
        window.repaint()
        return (time.perf_counter() - began) * 1000


@contextmanager
def bench_panel(folder: Path) -> Iterator[BenchPanel]:
    """Yield a panel on the screen with its backend, which hears of calls through the backend's hub, too."""
    app = new_application()
    data = folder / "backend"
    backend = EmbeddedBackend(backend_command(data))
    running = backend.start(60.0)
    panel = Panel(
        Launch(
            data_dir=folder,
            settings_file=folder / "settings.json",
            language="de",
            theme="light",
            backend_url=running.url,
            token=running.token,
            telephony=TelephonySettings(source="hub"),
            secrets=KeptSecrets(),
        ),
        app,
    )
    try:
        path = _telephone_system(data)
        panel.start()
        panel.window.resize(*SIZE)
        bench = BenchPanel(panel, Telephone(running.url, path), _numbers(data / "backend.sqlite3"))
        bench.wait("backend up", lambda: panel.session.state.backend.status == "up")
        bench.wait("hub up", lambda: panel.session.state.telephony.status == "up")
        yield bench
    finally:
        panel.stop()
        backend.stop()


def _telephone_system(data: Path) -> str:
    """Tell the backend of a telephone system whose user is the panel's agent; where it reports to.

    In a process of its own: the backend's code would count as the panel's memory.
    """
    program = Path(__file__).with_name("telephone_system.py")
    command = [sys.executable, str(program), str(data), USER, AGENT]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()


def _numbers(database: Path) -> list[str]:
    """Numbers of customers with a journey worth painting, each belonging to one customer.

    By the panel's own driver: another SQLite would count as the panel's memory.
    """
    query = """
        SELECT p.e164 FROM customer_phones p JOIN touchpoints t ON t.customer_id = p.customer_id
        GROUP BY p.e164 HAVING count(DISTINCT p.customer_id) = 1 AND count(*) >= ? ORDER BY p.e164
    """
    with reading(database) as connection:
        return [number for (number,) in connection.execute(query, (_LEAST_TOUCHPOINTS,))]
