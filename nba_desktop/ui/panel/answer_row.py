"""One thing the agent reported, and what was answered."""

from __future__ import annotations

from datetime import datetime

from nba_desktop.contract.feedback import Feedback
from nba_desktop.contract.wish import Wish
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_shown, set_text, set_variant
from nba_desktop.ui.texts.feedback_words import feedback_reason
from nba_desktop.ui.texts.wish_words import wish_outcome, wish_words


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

    def show_said(self, said: Feedback | Wish, is_new: bool) -> None:
        """Fill the card; an answer that was not seen before is marked."""
        if isinstance(said, Wish):
            self._show_wish(said)
        else:
            self._show_feedback(said)
        set_shown(self._new, is_new)
        set_variant(self._answer, "muted" if said.answered_at is None else "")

    def _show_feedback(self, feedback: Feedback) -> None:
        day = self._formats.day(feedback.at)
        self._show_head(feedback.title, f"{day} · {feedback_reason(feedback.reason)}", feedback.note)
        self._show_answer(feedback.answered_at, feedback.answer)

    def _show_wish(self, wish: Wish) -> None:
        about = (self._formats.day(wish.at), wish.caller, wish.customer_no_masked)
        self._show_head(wish_words(wish.field), " · ".join(filter(None, about)), wish.words)
        outcome = wish_outcome(wish)
        self._show_answer(wish.answered_at, f"{outcome} – {wish.answer}" if wish.answer else outcome)

    def _show_head(self, title: str, about: str, note: str) -> None:
        said = f"{strong(title)}<br>{plain(about)}"
        words = self.tr("“{words}”").format(words=note) if note else ""
        set_text(self._said, f"{said}<br>{plain(words)}" if words else said)

    def _show_answer(self, answered_at: datetime | None, answer: str) -> None:
        if answered_at is None:
            words = self.tr("No answer yet.")
        else:
            day = self._formats.day(answered_at)
            words = self.tr("{day} · Answer: {answer}").format(day=day, answer=answer)
        set_text(self._answer, words)
