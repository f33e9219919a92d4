"""One line over the actions: nothing is sold in this call, and why."""

from __future__ import annotations

from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.primitives.blocks import Section
from nba_desktop.ui.primitives.labels import plain, strong
from nba_desktop.ui.setters import set_shown
from nba_desktop.ui.texts.quiet_words import quiet_words


class QuietLine(Section):
    """Shown only while the decision says that sales are held back."""

    def __init__(self) -> None:
        super().__init__(ground=True, top=6, bottom=2)
        self._line = MarkedLine("pause", "accent")
        self.body.addWidget(self._line)
        self.hide()

    def show_state(self, contact: ContactState) -> None:
        """Say why, where there is a reason."""
        reasons = contact.view.decision.quiet_because if contact.view else ()
        if reasons:
            what, why = quiet_words(reasons)
            self._line.show_line(f"{strong(what)}: {plain(why)}")
        set_shown(self, bool(reasons))
