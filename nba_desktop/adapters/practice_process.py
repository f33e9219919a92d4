"""The practice as a process of its own: started by the panel, and sent away when a real call comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QProcess

from nba_desktop import paths
from nba_desktop.adapters.single_instance import SingleInstance, session_key
from nba_desktop.domain.ports import Tasks

PRACTICE_OPENED: Final = "practice:opened"
"""What a practice says to the panel of its session."""
PRACTICE_LEAVES: Final = "practice:leave"
"""What a panel with a call says to the practice of its session."""
PRACTICE_SHOWS: Final = "practice:show"
"""What a second start says to the practice that runs already."""

PATIENCE_MS: Final = 2_000


def practice_instance(parent: QObject | None = None) -> SingleInstance:
    """The lock and the socket of the practice in this session, beside those of the panel."""
    return SingleInstance(paths.runtime_dir(), f"{session_key()}/practice", parent)


class PracticeBeside:
    """The practice that runs beside a panel, whoever started it."""

    def __init__(self, tasks: Tasks, arguments: Sequence[str]) -> None:
        """`arguments` are what a practice of this panel is started with."""
        self._tasks = tasks
        self._arguments = tuple(arguments)
        # One may have been opened before the panel was.
        self._may_run = True

    def start(self) -> bool:
        """Start it, and say whether the system could."""
        from nba_desktop.adapters.scheme.url_scheme import program_command

        program, *arguments = program_command()
        started, _ = QProcess.startDetached(program, [*arguments, "practice", *self._arguments])
        self._may_run = True
        return started

    def on_opened(self) -> None:
        """One has said that it is there."""
        self._may_run = True

    def send_away(self) -> None:
        """Have it close its window, so that nobody takes the one for the other."""
        if self._may_run:
            self._may_run = False
            self._tasks.run(_send_away, lambda _: None, lambda _: None)


def _send_away() -> bool:
    return practice_instance().send_to_running(PRACTICE_LEAVES, PATIENCE_MS)
