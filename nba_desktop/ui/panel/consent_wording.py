"""One wording of the consent drawer: read out word for word, ticked as read, then answered channel by channel."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ConsentChannel
from nba_desktop.contract.consent import Consents, ConsentWording
from nba_desktop.domain.consent_draft import ConsentDraft
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.consent_rows import ChannelRow, receipt_of, stands, status_of
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.consent_words import consent_channel, consent_purpose, pending_words, wording_version

_CHANNELS_READY = 6
_CONFIRMED_LATER = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})


class WordingBox(QWidget):
    """Its purpose and version, its text in the customer's language, and the channels that are still to be asked."""

    answered = Signal(object, object, object)
    read_aloud_toggled = Signal(str)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._sha256 = ""
        self._purpose = Label(role="smallstrong", wrap=True)
        self._version = Label(role="tiny", variant="muted", wrap=True)
        quote = Frame("quote", margins=(10, 6, 10, 6))
        self._text = Label(wrap=True)
        quote.body.addWidget(self._text)
        self._read = Button(self.tr("Read aloud"), role="chip")
        self._read.clicked.connect(lambda: self.read_aloud_toggled.emit(self._sha256))
        read = QHBoxLayout()
        read.addWidget(self._read)
        read.addStretch(1)
        self._pending = Label(pending_words(), "tiny", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._purpose)
        column.addWidget(self._version)
        column.addWidget(quote)
        column.addLayout(read)
        rows = QVBoxLayout()
        rows.setSpacing(5)
        column.addLayout(rows)
        column.addWidget(self._pending)
        self._rows = Pool(rows, self._make_row, _CHANNELS_READY)

    def show_wording(self, contact_id: UUID, wording: ConsentWording, consents: Consents, draft: ConsentDraft) -> None:
        """Fill the box with a wording that may be asked now."""
        self._sha256 = wording.text_sha256
        purpose = consent_purpose(wording.purpose)
        set_text(self._purpose, purpose)
        set_text(self._version, wording_version(wording))
        set_text(self._text, self.tr("“{sentence}”").format(sentence=wording.text))
        read = wording.text_sha256 in draft.read_aloud
        self._read.set_on(read)
        self._read.set_icon("check" if read else "speak")
        # Several wordings may be of one purpose, each for other channels.
        what = f"{purpose}, {', '.join(consent_channel(channel) for channel in wording.channels)}"
        set_named(self._read, self.tr("Read aloud: {purpose}").format(purpose=what))
        statuses = [status_of(consents, wording.purpose, channel) for channel in wording.channels]
        # What stands is not asked for again; what was answered in this call stays where it was answered.
        asked = [s for s in statuses if not stands(s) or receipt_of(draft, s.purpose, s.channel)]
        for row, status in zip(self._rows.shown(len(asked)), asked, strict=True):
            answer = draft.answer_of(wording.purpose, status.channel)
            recorded = receipt_of(draft, wording.purpose, status.channel)
            row.show_channel(contact_id, status, answer, recorded, consents.may_ask)
        set_shown(self._read, bool(asked))
        set_shown(self._pending, any(status.channel in _CONFIRMED_LATER for status in asked))

    def _make_row(self) -> ChannelRow:
        row = ChannelRow(self._formats)
        row.answered.connect(self.answered)
        return row
