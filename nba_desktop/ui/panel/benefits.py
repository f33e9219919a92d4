"""What the customer gets from the chosen action: feature → advantage → benefit."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.recommendation import Benefit
from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text

_READY = 3


class BenefitsPage(ScrollPage):
    """One argument below the other, the benefit in strong words."""

    def __init__(self) -> None:
        super().__init__(spacing=10)
        self._rows = Pool(self.body, _Argument, _READY)
        self._empty = Label(self.tr("There are no arguments for this action."), "small", "muted", wrap=True)
        self.body.addWidget(self._empty)

    def show_state(self, contact: ContactState) -> None:
        """Show the chosen action's arguments."""
        benefits = contact.action.benefits if contact.action else ()
        for row, benefit in zip(self._rows.shown(len(benefits)), benefits, strict=True):
            row.show_benefit(benefit)
        set_shown(self._empty, contact.action is not None and not benefits)


class _Argument(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._facts = Label(role="small", variant="muted", wrap=True)
        self._benefit = Label(role="strong", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._facts)
        column.addWidget(self._benefit)

    def show_benefit(self, benefit: Benefit) -> None:
        set_text(self._facts, f"{benefit.feature} → {benefit.advantage}")
        set_text(self._benefit, f"→ {benefit.benefit}")
