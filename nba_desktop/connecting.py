"""What the agent does in a window becomes the session's commands: the same for the panel and for the practice."""

from __future__ import annotations

from nba_desktop.session.session import Session
from nba_desktop.ui.panel.panel_signals import PanelSignals


def connect_session(window: PanelSignals, session: Session) -> None:
    """Connect every signal that the session alone answers."""
    for signal_, command in (
        (window.call_selected, session.select_call),
        (window.candidate_chosen, session.choose_candidate),
        (window.item_toggled, session.toggle_item),
        (window.caller_confirmed, session.confirm_caller),
        (window.search_requested, session.search),
        (window.hit_attached, session.attach_customer),
        (window.concern_chosen, session.choose_concern),
        (window.solved_marked, session.mark_solved),
        (window.retry_requested, session.retry),
        (window.action_selected, session.select_action),
        (window.tab_selected, session.select_tab),
        (window.why_toggled, session.toggle_why),
        (window.bridge_said, session.say_bridge),
        (window.step_toggled, session.toggle_step),
        (window.choice_made, session.make_choice),
        (window.choice_taken_back, session.take_back_choice),
        (window.worded, session.library.word),
        (window.compact_chosen, session.library.set_compact),
        (window.knowledge_searched, session.library.search),
        (window.knowledge_asked_again, session.library.retry),
        (window.article_opened, session.library.open),
        (window.article_closed, session.library.close),
        (window.favourite_toggled, session.library.toggle_favourite),
        (window.own_note_written, session.library.write_note),
        (window.input_entered, session.enter_input),
        (window.objection_raised, session.raise_objection),
        (window.group_opened, session.open_group),
        (window.response_given, session.respond),
        (window.response_undone, session.retract),
        (window.note_written, session.write_note),
        (window.note_drafted, session.draft_note),
        (window.consent_toggled, session.toggle_consent),
        (window.read_aloud_toggled, session.toggle_read_aloud),
        (window.consent_answered, session.answer_consent),
        (window.customer_words_entered, session.enter_customer_words),
        (window.consent_saved, session.save_consents),
        (window.withdrawal_asked, session.ask_withdrawal),
        (window.withdrawal_confirmed, session.confirm_withdrawal),
        (window.objection_asked, session.ask_objection),
        (window.objection_confirmed, session.confirm_objection),
        (window.wrap_up_finished, session.finish_wrap_up),
        (window.call_ended_by_hand, session.end_call_by_hand),
        (window.touched, session.touch),
        (window.notice_dismissed, session.dismiss_notice),
        (window.journey_wanted, session.history.load),
    ):
        signal_.connect(command)
