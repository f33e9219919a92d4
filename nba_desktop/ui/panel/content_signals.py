"""What the parts of the panel tell: passed on to the window, or to the part that shows it."""

from __future__ import annotations

from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.call_tabs import CallTabs
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.helping import Helping
from nba_desktop.ui.panel.journey_strip import JourneyStrip
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.panel_signals import PanelSignals
from nba_desktop.ui.panel.passing_on import pass_on
from nba_desktop.ui.panel.ready import ReadyView


def connect_bar(tabs: CallTabs, bar: CallBar, overlays: Overlays, out: PanelSignals) -> None:
    """The top of the panel."""
    pass_on(tabs, out, "call_selected")
    bar.search_clicked.connect(overlays.open_search)
    bar.end_clicked.connect(out.call_ended_by_hand)
    bar.menu_clicked.connect(out.menu_asked)


def connect_ready(ready: ReadyView, overlays: Overlays, helping: Helping, out: PanelSignals) -> None:
    """What stands there between calls."""
    ready.sign_in_clicked.connect(out.sign_in_requested)
    for clicked, opened in (
        (ready.search_clicked, overlays.open_search),
        (ready.day_clicked, overlays.toggle_day),
        (ready.due_clicked, overlays.toggle_due),
        (ready.answers_clicked, overlays.toggle_answers),
        (ready.knowledge_clicked, overlays.toggle_knowledge),
        (ready.help_clicked, helping.toggle_help),
        (ready.tour_clicked, helping.ask_for_tour),
        (ready.practice_clicked, helping.ask_for_practice),
        (ready.own_review_clicked, helping.ask_for_own_review),
    ):
        clicked.connect(opened)


def connect_upper(
    customer: CustomerView, journey: JourneyStrip, concern: ConcernView, overlays: Overlays, out: PanelSignals
) -> None:
    """Who calls, what was before, and what it is about."""
    for view in (customer, journey, concern):
        pass_on(view, out, "retry_requested")
    pass_on(customer, out, "candidate_chosen", "item_toggled", "item_failed", "item_corrected", "speaker_named")
    pass_on(customer, out, "caller_confirmed", "crm_asked", "wish_toggled")
    customer.search_clicked.connect(overlays.open_search)
    journey.timeline_clicked.connect(overlays.toggle_timeline)
    concern.handover_clicked.connect(overlays.toggle_handover)
    pass_on(concern, out, "concern_chosen", "solved_marked", "flag_toggled", "follow_up_begun", "follow_up_planned")
    pass_on(concern, out, "follow_up_time_entered", "follow_up_words_entered", "follow_up_cancelled")


def connect_over(overlays: Overlays, helping: Helping, out: PanelSignals) -> None:
    """What opens over the rest."""
    pass_on(overlays, out, "search_requested", "hit_attached", "notice_dismissed", "journey_wanted")
    pass_on(overlays, out, "named_looked_up", "named_put_away", "crm_asked", "agent_sign_in_asked")
    pass_on(overlays, out, "day_toggled", "day_corrected", "day_cancelled")
    pass_on(overlays, out, "due_toggled", "follow_up_done", "calendar_asked", "answers_toggled")
    pass_on(overlays, out, "knowledge_searched", "knowledge_asked_again", "article_opened", "article_closed")
    pass_on(overlays, out, "favourite_toggled", "own_note_written")
    pass_on(helping, out, "tour_asked", "tour_ended", "practice_asked", "own_review_asked")


def connect_lower(lower: LowerHalf, concern: ConcernView, out: PanelSignals) -> None:
    """Actions, tabs, responses, and what opens over them."""
    lower.concern_day_chosen.connect(concern.choose_day)
    pass_on(lower, out, "retry_requested", "action_selected", "tab_selected", "why_toggled", "decision_painted")
    pass_on(lower, out, "bridge_said", "choice_taken_back", "worded", "compact_chosen")
    pass_on(lower, out, "knowledge_searched", "knowledge_asked_again", "article_opened", "article_closed")
    pass_on(lower, out, "favourite_toggled", "own_note_written")
    pass_on(lower, out, "step_toggled", "choice_made", "input_entered", "objection_raised")
    pass_on(lower, out, "question_toggled", "question_noted", "questioned")
    pass_on(lower, out, "wish_toggled", "wish_worded", "correction_wished", "erasure_asked", "erasure_wished")
    pass_on(lower, out, "group_opened", "response_given", "response_undone", "response_noted")
    pass_on(lower, out, "follow_up_begun", "follow_up_words_entered", "follow_up_time_entered")
    pass_on(lower, out, "follow_up_planned", "follow_up_cancelled", "confirmation_requested")
    pass_on(lower, out, "note_written", "note_drafted")
    pass_on(lower, out, "consent_toggled", "read_aloud_toggled", "consent_answered", "customer_words_entered")
    pass_on(lower, out, "consent_saved", "withdrawal_asked", "withdrawal_confirmed")
    pass_on(lower, out, "objection_asked", "objection_confirmed", "proof_toggled")
    pass_on(lower, out, "wrap_up_finished", "left")
