"""How long the team window takes from an answer of 300 agents, as it comes by HTTP, to its paint: first, and again."""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
AGENTS: Final = 300
REPEATS: Final = 7


def main() -> int:
    """Print the medians in milliseconds as JSON: of the first answer, and of one with another filter after it."""
    from PySide6.QtCore import Qt

    from nba_desktop.app import new_application
    from nba_desktop.contract.codes import ReviewReason
    from nba_desktop.contract.review import AgentRow, ReviewFilter, TeamReview
    from nba_desktop.domain.blocks import BlockState, BlockStatus
    from nba_desktop.domain.review import ReviewState
    from nba_desktop.ui.formats import Formats
    from nba_desktop.ui.language import install_language
    from nba_desktop.ui.team.window import TeamWindow
    from nba_desktop.ui.theme import apply_theme
    from tests.fakes.review import AGENTS as SOME
    from tests.fakes.review import CHOICES, PERIOD, rate, team_review

    app = new_application()
    translators = install_language(app, "de")
    apply_theme(app, Qt.ColorScheme.Light)

    def agent(number: int, trials: int) -> AgentRow:
        some = SOME[number % len(SOME)]
        counted = {
            "presentation": rate(number + 1, trials, 0.1, 0.9),
            "per_opportunity": rate(number, trials, 0.1, 0.3),
        }
        figures = some.figures.model_copy(update={"opportunities": trials + number, **counted})
        return some.model_copy(update={"agent": f"A-{number:08d}", "figures": figures})

    # Nearly everything that stands in a line is another with another filter.
    answers = [
        team_review().model_copy(update={"agents": tuple(agent(number, trials) for number in range(AGENTS))})
        for trials in (700, 901)
    ]
    contents = [answer.model_dump_json().encode() for answer in answers]
    waiting = ReviewState(
        choices=CHOICES,
        choices_block=BlockState(BlockStatus.READY),
        team_id="dresden",
        reason=ReviewReason.COACHING_TALK,
        filter=ReviewFilter(period=PERIOD),
        team_block=BlockState(BlockStatus.LOADING),
    )
    first: list[float] = []
    other: list[float] = []
    for _ in range(REPEATS):
        window = TeamWindow(Formats("de"))
        window.show_state(waiting)
        window.show()
        app.processEvents()
        for content, taken in zip(contents, (first, other), strict=True):
            began = time.perf_counter()
            team = TeamReview.model_validate_json(content)
            window.show_state(replace(waiting, team=team, team_block=BlockState(BlockStatus.READY)))
            window.repaint()
            taken.append(1000 * (time.perf_counter() - began))
            app.processEvents()
        window.close()
        window.deleteLater()
    paint, change = round(statistics.median(first)), round(statistics.median(other))
    print(f"{AGENTS} agents, from the answer's bytes to the paint: {paint} ms, with another filter {change} ms")
    print(json.dumps({"window_paint_ms": paint, "window_filter_ms": change}))
    for translator in translators:
        app.removeTranslator(translator)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
