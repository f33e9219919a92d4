"""What the agent does in the panel: the only way out of it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from nba_desktop.ui.panel.lower_commands import LowerCommands


class PanelSignals(LowerCommands):
    """A window that tells every command of the agent.

    `painted` follows every repaint of the window. `touched` says that somebody works here: a key or a mouse button was
    pressed, told at most once a second. `crm_asked` carries an address of the CRM. `sign_in_requested` is the wish to
    sign in to the telephone system, `agent_sign_in_asked` to the backend.
    """

    call_selected = Signal(str)
    candidate_chosen = Signal(str)
    item_toggled = Signal(str)
    item_failed = Signal(str)
    item_corrected = Signal(str)
    speaker_named = Signal(object)
    flag_toggled = Signal(object)
    caller_confirmed = Signal()
    search_requested = Signal(str)
    hit_attached = Signal(str)
    named_looked_up = Signal()
    named_put_away = Signal()
    crm_asked = Signal(str)
    concern_chosen = Signal(str)
    solved_marked = Signal(bool)
    call_ended_by_hand = Signal()
    sign_in_requested = Signal()
    agent_sign_in_asked = Signal()
    agent_sign_in_given_up = Signal()
    notice_dismissed = Signal(object)
    journey_wanted = Signal()
    day_toggled = Signal(bool)
    day_corrected = Signal(object, object, object)
    day_cancelled = Signal(object, object)
    due_toggled = Signal(bool)
    follow_up_done = Signal(object)
    calendar_asked = Signal()
    answers_toggled = Signal(bool)
    own_review_asked = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    text_size_chosen = Signal(int)
    key_chosen = Signal(object, str)
    keys_reset = Signal()
    menu_asked = Signal()
    tour_asked = Signal()
    tour_ended = Signal()
    practice_asked = Signal()
    painted = Signal()
    touched = Signal()
