"""One line over the actions: nothing is sold in this call, and why."""

from __future__ import annotations

from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.primitives.blocks import Section
from nba_desktop.ui.primitives.labels import plain, strong
from nba_desktop.ui.setters import set_shown
from nba_desktop.ui.texts.quiet_words import quiet_words, quiet_words_in_brief


class QuietLine(Section):
    """Shown only while the decision says that sales are held back."""

    def __init__(self) -> None:
        super().__init__(ground=True, top=6, bottom=2)
        self._contact: ContactState | None = None
        self._dense = False
        self._line = MarkedLine("pause", "accent")
        self.body.addWidget(self._line)
        self.hide()

    def set_dense(self, dense: bool) -> None:
        """Where the guide needs the room it is said as short as can be; the tooltip has it all."""
        if dense != self._dense:
            self._dense = dense
            self.set_tight(dense)
            if self._contact is not None and not self.isHidden():
                self.show_state(self._contact)

    def show_state(self, contact: ContactState) -> None:
        """Say why, where there is a reason."""
        self._contact = contact
        reasons = contact.view.decision.quiet_because if contact.view else ()
        if reasons:
            what, why = quiet_words(reasons)
            whole = f"{what}: {why}"
            if self._dense:
                what, why = quiet_words_in_brief(reasons)
            self._line.show_line(f"{strong(what)}: {plain(why)}")
            self._line.setToolTip(whole if self._dense else "")
            self._line.setAccessibleDescription(whole if self._dense else "")
        set_shown(self, bool(reasons))
