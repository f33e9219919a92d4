"""What the lower half tells the rest of the panel."""

from __future__ import annotations

from PySide6.QtCore import Signal

from nba_desktop.ui.panel.lower_commands import LowerCommands


class LowerSignals(LowerCommands):
    """Its commands, and what stays in the panel.

    `concern_day_chosen` is a digit that belongs to the days of the concern, `grown` says that a view came in that was
    made only now. `keyed` follows a key that has done something here, `revealed` one that shows something in the pages.
    """

    concern_day_chosen = Signal(int)
    grown = Signal()
    keyed = Signal()
    revealed = Signal()
