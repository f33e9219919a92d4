"""From a call event to the painted panel, with the real backend, beside a bare repaint and a rebuilt list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from nba_desktop.contract.contact import ContactView
from tests.bench.bench_panel import BenchPanel
from tests.bench.hub import Pushing


@dataclass
class Painting:
    """What was measured, in milliseconds, one value per call."""

    ringing: list[float] = field(default_factory=list)
    candidate: list[float] = field(default_factory=list)
    full_view: list[float] = field(default_factory=list)
    repaint: list[float] = field(default_factory=list)
    rebuilt: list[float] = field(default_factory=list)
    hub: list[float] = field(default_factory=list)
    hook: list[float] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[str, list[float]]]:
        """Name and values of each row of the table."""
        yield "bare full repaint of the same panel", self.repaint
        yield "ringing event → number and queue painted (outbox commit incl.)", self.ringing
        yield "ringing event → candidate painted (request incl.)", self.candidate
        yield "authenticated → full view painted (request incl.)", self.full_view
        yield "pushed by the hub: packet → number and queue painted", self.hub
        yield "the same from the webhook's departure, hub and stream incl.", self.hook
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


def measure(bench: BenchPanel, samples: int, warm_up: int) -> Painting:
    """Play `samples` calls of different sample customers, the variants by turns."""
    painting = Painting()
    for _ in range(warm_up):
        _call(bench, Painting())
    naive = RebuiltTimeline(bench.panel.window)
    naive.setGeometry(0, 400, bench.panel.window.width(), bench.panel.window.height() - 480)
    naive.hide()
    with Pushing(bench) as pushing:
        for _ in range(samples):
            _call(bench, painting)
            painting.rebuilt.append(_with_rebuilt(bench, naive))
            packet, hook = pushing.call(next(bench.numbers))
            painting.hub.append(packet)
            painting.hook.append(hook)
    naive.deleteLater()
    return painting


def _call(bench: BenchPanel, painting: Painting) -> None:
    number = next(bench.numbers)
    ringing, candidate = bench.ring(number)
    painting.ringing.append(ringing)
    painting.candidate.append(candidate)
    bench.answer(number)
    bench.rest()
    painting.full_view.append(bench.authenticate())
    # At rest and the fastest of three: whatever else made it longer would make every ratio to it look better.
    bench.rest()
    painting.repaint.append(min(bench.repaint() for _ in range(3)))
    bench.hang_up(number)
    bench.rest()


def _with_rebuilt(bench: BenchPanel, naive: RebuiltTimeline) -> float:
    show_state = bench.panel.window.show_state

    def show_and_rebuild(state: object) -> None:
        show_state(bench.panel.session.state)
        contact = bench.panel.session.state.contact
        if contact is not None and contact.view is not None and contact.view.journey is not None:
            naive.show_view(contact.view)

    number = next(bench.numbers)
    naive.show()
    naive.raise_()
    bench.panel.window.show_state = show_and_rebuild  # type: ignore[method-assign]
    try:
        aside = Painting()
        bench.ring(number)
        bench.answer(number)
        bench.rest()
        aside.full_view.append(bench.authenticate())
    finally:
        bench.panel.window.show_state = show_state  # type: ignore[method-assign]
    naive.hide()
    bench.hang_up(number)
    bench.rest()
    return aside.full_view[0]
