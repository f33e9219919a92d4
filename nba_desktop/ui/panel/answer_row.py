"""One thing the agent said against a recommendation, and what its owner answered."""

from __future__ import annotations

from nba_desktop.contract.feedback import Feedback
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_shown, set_text, set_variant
from nba_desktop.ui.texts.feedback_words import feedback_reason


class AnswerRow(Frame):
    """A card that is only read."""

    def __init__(self, formats: Formats) -> None:
        super().__init__("card")
        self._formats = formats
        self._said = RichLabel("small")
        self._new = Chip(self.tr("new"), variant="accent")
        self._answer = Label(role="small", wrap=True)
        head = FlowLayout(line_spacing=2)
        head.add_stretched(self._said)
        head.addWidget(self._new)
        self.body.setSpacing(4)
        self.body.addLayout(head)
        self.body.addWidget(self._answer)

    def show_feedback(self, feedback: Feedback, is_new: bool) -> None:
        """Fill the card; an answer that was not seen before is marked."""
        day = self._formats.day(feedback.at)
        said = f"{strong(feedback.title)}<br>{plain(f'{day} · {feedback_reason(feedback.reason)}')}"
        note = self.tr("“{words}”").format(words=feedback.note) if feedback.note else ""
        set_text(self._said, f"{said}<br>{plain(note)}" if note else said)
        set_shown(self._new, is_new)
        if feedback.answered_at is None:
            words = self.tr("No answer yet.")
        else:
            answered = self._formats.day(feedback.answered_at)
            words = self.tr("{day} · Answer: {answer}").format(day=answered, answer=feedback.answer)
        set_text(self._answer, words)
        set_variant(self._answer, "muted" if feedback.answered_at is None else "")
