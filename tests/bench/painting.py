"""From a call event to the painted panel, with the real backend, beside a bare repaint and a panel built anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
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
        yield "the same full view, all widgets thrown away and built anew for it", self.rebuilt


def measure(bench: BenchPanel, samples: int, warm_up: int) -> Painting:
    """Play `samples` calls of different sample customers, the variants by turns."""
    painting = Painting()
    for _ in range(warm_up):
        _call(bench, Painting())
    with Pushing(bench) as pushing:
        for _ in range(samples):
            _call(bench, painting)
            packet, hook = pushing.call(next(bench.numbers))
            painting.hub.append(packet)
            painting.hook.append(hook)
    return painting


def measure_rebuilt(bench: BenchPanel, painting: Painting, samples: int) -> None:
    """Play `samples` more calls, rebuilt; last of all, as its pieces stay in the memory of the process."""
    painting.rebuilt.extend(_rebuilt(bench) for _ in range(samples))


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


def _rebuilt(bench: BenchPanel) -> float:
    """Confirm a caller as `_call` does, with a panel that builds its content anew for each state, as `renew` does."""
    window, preferring = bench.panel.window, bench.panel.preferring
    show_state = window.show_state

    def show_and_rebuild(state: PanelState) -> None:
        show_state(state)
        window.renew(Formats(preferring.setup.language), preferring.setup)

    number = next(bench.numbers)
    bench.ring(number)
    bench.answer(number)
    bench.rest()
    window.show_state = show_and_rebuild  # type: ignore[method-assign]
    try:
        taken = bench.authenticate()
    finally:
        window.show_state = show_state  # type: ignore[method-assign]
    bench.rest()
    bench.hang_up(number)
    bench.rest()
    return taken
