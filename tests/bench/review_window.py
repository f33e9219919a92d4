"""How long the team window takes from an answer of 300 agents, as it comes by HTTP, to its paint."""

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
    """Print the median in milliseconds as JSON."""
    from PySide6.QtCore import Qt

    from nba_desktop.app import new_application
    from nba_desktop.contract.codes import ReviewReason
    from nba_desktop.contract.review import ReviewFilter, TeamReview
    from nba_desktop.domain.blocks import BlockState, BlockStatus
    from nba_desktop.domain.review import ReviewState
    from nba_desktop.ui.formats import Formats
    from nba_desktop.ui.language import install_language
    from nba_desktop.ui.team.window import TeamWindow
    from nba_desktop.ui.theme import apply_theme
    from tests.fakes.review import AGENTS as SOME
    from tests.fakes.review import CHOICES, PERIOD, team_review

    app = new_application()
    translators = install_language(app, "de")
    apply_theme(app, Qt.ColorScheme.Light)
    rows = tuple(SOME[number % len(SOME)].model_copy(update={"agent": f"A-{number:08d}"}) for number in range(AGENTS))
    answer = team_review().model_copy(update={"agents": rows}).model_dump_json().encode()
    waiting = ReviewState(
        choices=CHOICES,
        choices_block=BlockState(BlockStatus.READY),
        team_id="dresden",
        reason=ReviewReason.COACHING_TALK,
        filter=ReviewFilter(period=PERIOD),
        team_block=BlockState(BlockStatus.LOADING),
    )
    taken = []
    for _ in range(REPEATS):
        window = TeamWindow(Formats("de"))
        window.show_state(waiting)
        window.show()
        app.processEvents()
        began = time.perf_counter()
        team = TeamReview.model_validate_json(answer)
        window.show_state(replace(waiting, team=team, team_block=BlockState(BlockStatus.READY)))
        window.repaint()
        taken.append(1000 * (time.perf_counter() - began))
        window.close()
        window.deleteLater()
    print(f"{AGENTS} agents, from the answer's bytes to the paint: {statistics.median(taken):.0f} ms")
    print(json.dumps({"window_paint_ms": round(statistics.median(taken))}))
    for translator in translators:
        app.removeTranslator(translator)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
