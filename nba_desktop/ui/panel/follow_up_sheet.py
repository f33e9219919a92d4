"""The day of a promise that belongs to a response, in the place of the reasons."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.follow_up_row import FollowUpRow
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.texts.follow_up_words import reached_by


class FollowUpSheet(RowSheet):
    """The days to choose from, with the time and the customer's words."""

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self._formats = formats
        self.row = FollowUpRow(formats, keys)
        self.body.addWidget(self.row)

    def show_state(self, contact: ContactState) -> None:
        """Offer the days for the response being given."""
        self.row.show_draft(contact.follow_up_draft, contact.contact_id, reached_by(contact, self._formats))
