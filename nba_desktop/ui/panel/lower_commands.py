"""What the agent can do in the lower half of the panel, told by it and by the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class LowerCommands(QWidget):
    """Every command that is given in the lower half and leaves the panel by its window.

    `decision_painted` carries the id of a decision whose actions have been on the screen; `left` is Esc with nothing
    left to close.
    """

    action_selected = Signal(str)
    tab_selected = Signal(object)
    why_toggled = Signal(bool)
    retry_requested = Signal(object)
    decision_painted = Signal(object)
    bridge_said = Signal()
    step_toggled = Signal(str)
    choice_made = Signal(str, str)
    choice_taken_back = Signal()
    worded = Signal(str, str)
    compact_chosen = Signal(bool)
    knowledge_searched = Signal(str)
    knowledge_asked_again = Signal()
    article_opened = Signal(str)
    article_closed = Signal()
    favourite_toggled = Signal(str)
    own_note_written = Signal(str, str)
    input_entered = Signal(str, str, str)
    objection_raised = Signal(str)
    question_toggled = Signal()
    question_noted = Signal(str)
    questioned = Signal(object)
    wish_toggled = Signal()
    wish_worded = Signal(str)
    correction_wished = Signal(object)
    erasure_asked = Signal(bool)
    erasure_wished = Signal()
    group_opened = Signal(object)
    response_given = Signal(object)
    response_undone = Signal(object)
    response_noted = Signal(object, str)
    follow_up_begun = Signal(object)
    follow_up_words_entered = Signal(str)
    follow_up_time_entered = Signal(object)
    follow_up_planned = Signal(object)
    follow_up_cancelled = Signal(object)
    confirmation_requested = Signal(object)
    note_written = Signal(str)
    note_drafted = Signal(str)
    consent_toggled = Signal(bool)
    read_aloud_toggled = Signal(str)
    consent_answered = Signal(object, object, object)
    customer_words_entered = Signal(str)
    consent_saved = Signal()
    withdrawal_asked = Signal(object, object)
    withdrawal_confirmed = Signal()
    objection_asked = Signal(bool)
    objection_confirmed = Signal()
    proof_toggled = Signal(bool)
    wrap_up_finished = Signal()
    left = Signal()
