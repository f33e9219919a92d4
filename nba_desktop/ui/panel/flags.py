"""What the agent notices that makes selling unsuitable in this call, and what the data say of that already."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from nba_desktop.contract.codes import CallFlag
from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.panel.leaving import Leaving
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named, set_text
from nba_desktop.ui.texts.quiet_words import flag_word


class FlagsRow(Leaving):
    """A toggle each; what the data say is fixed and says so."""

    flag_toggled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._why = Label(role="small", variant="muted", wrap=True)
        self._chips = {flag: self._new_chip(flag) for flag in CallFlag}
        flow = FlowLayout()
        for chip in self._chips.values():
            flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(flow)
        column.addWidget(self._why)

    def _new_chip(self, flag: CallFlag) -> Button:
        chip = Button(flag_word(flag), role="chip")
        chip.clicked.connect(lambda: self.flag_toggled.emit(flag))
        return chip

    def show_state(self, contact: ContactState) -> None:
        """Show what holds in the contact, and by whom."""
        fixed = contact.all_flags - contact.noticed
        words = self.tr("While one of these holds, nothing is sold in this call; service stays.")
        told = self.tr("From the customer’s data: {what}.")
        named = ", ".join(flag_word(flag) for flag in CallFlag if flag in fixed)
        handed = ", ".join(flag_word(flag) for flag in CallFlag if flag in contact.handed_flags)
        before = self.tr("Noticed earlier in this call: {what}.").format(what=handed) if handed else ""
        set_text(self._why, " ".join(filter(None, (told.format(what=named) if named else "", before, words))))
        self.setFocusProxy(None)  # type: ignore[arg-type]  # none is allowed, Qt’s stubs forget it
        for flag, chip in self._chips.items():
            chip.set_on(flag in contact.all_flags)
            chip.set_icon("lock" if flag in fixed else "check" if flag in contact.noticed else "")
            set_enabled(chip, flag not in fixed)
            if self.focusProxy() is None and flag not in fixed:
                self.setFocusProxy(chip)
            name = self.tr("{flag}, from the customer’s data") if flag in fixed else "{flag}"
            set_named(chip, name.format(flag=flag_word(flag)))
