"""What the agent does with the recommended actions: sees them, raises them, hears objections."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.contract.codes import FeedbackReason
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import ActionAddressed, ActionsShown, ObjectionRaised, RecommendationQuestioned
from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import DroppedAction, QuestionDraft, QuestionEntry
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.pen import Pen, Step, one_line
from nba_desktop.domain.receipts import Receipt

_LONGEST_LINE: Final = 200
_AT_ONCE: Final = timedelta(seconds=2)
"""An answer that is painted later came while the call was not on the screen, or the panel was put away."""


def show_decision(contact: ContactState, now: datetime, decision_id: UUID) -> Step:
    """Record once that a decision's actions were painted."""
    view = contact.view
    if view is None or view.decision.decision_id != decision_id or decision_id in contact.shown:
        return Step(contact)
    if not view.decision.recommendations:
        return Step(contact)
    pen = Pen(contact, now)
    cards = {one.action_id for one in contact.recommendations}
    ids = tuple(r.action_id for r in view.decision.recommendations if r.action_id in cards)
    painted_ms = _painted_ms(contact, now)
    pen.events.append(ActionsShown(**pen.head(), decision_id=decision_id, action_ids=ids, painted_ms=painted_ms))
    return pen.step(replace(contact, shown=contact.shown | {decision_id}))


def _painted_ms(contact: ContactState, now: datetime) -> int | None:
    """How long the agent waited for what is painted now; None where it was there long before he turned to it."""
    asked, answered = contact.asked_at, contact.answered_at
    if asked is None or answered is None or not asked <= answered <= now <= answered + _AT_ONCE:
        return None
    return (now - asked) // timedelta(milliseconds=1)


def say_bridge(contact: ContactState, now: datetime) -> Step:
    """Mark the chosen action as raised with the customer; a second click only opens the mark again on screen."""
    action = contact.action
    if action is None:
        return Step(contact)
    pen = Pen(contact, now)
    contact = addressed(pen, contact, action)
    run = contact.guide
    return pen.step(with_guide(contact, replace(run, bridge_said=True)))


def raise_objection(contact: ContactState, now: datetime, objection_id: str) -> Step:
    """Record an objection once; whoever objects was addressed."""
    action = contact.action
    if action is None or (action.action_id, objection_id) in contact.raised:
        return Step(contact)
    pen = Pen(contact, now)
    contact = addressed(pen, contact, action)
    pen.events.append(
        ObjectionRaised(
            **pen.head(),
            decision_id=decision_id_of(contact, action.action_id),
            action_id=action.action_id,
            objection_id=objection_id,
        )
    )
    return pen.step(replace(contact, raised=contact.raised | {(action.action_id, objection_id)}))


def ask_question(contact: ContactState) -> ContactState:
    """The contact with the question open what is wrong with the chosen action, or with it put away again."""
    if contact.action_id is None or contact.question is not None:
        return replace(contact, question=None)
    return replace(put_away(contact), question=QuestionDraft(contact.action_id))


def question(contact: ContactState, now: datetime, reason: FeedbackReason) -> Step:
    """Say once what is wrong with the chosen action, with the line that was typed; its owner answers."""
    action, draft = contact.action, contact.question
    if action is None or draft is None or draft.action_id != action.action_id or contact.questioned is not None:
        return Step(contact)
    pen = Pen(contact, now)
    event = RecommendationQuestioned(
        **pen.head(),
        decision_id=decision_id_of(contact, action.action_id),
        action_id=action.action_id,
        reason=reason,
        note=one_line(draft.note, _LONGEST_LINE),
    )
    pen.events.append(event)
    entry = QuestionEntry(event.event_id, action.action_id, reason, Receipt.STORED)
    draft = QuestionDraft(action.action_id)
    return pen.step(replace(contact, question=draft, questions=(*contact.questions, entry)))


def with_guide(contact: ContactState, run: GuideRun) -> ContactState:
    """The contact with the chosen action's guide run replaced."""
    others = tuple(entry for entry in contact.guides if entry[0] != contact.action_id)
    if contact.action_id is None:
        return contact
    return replace(contact, guides=(*others, (contact.action_id, run)))


def offered_by(contact: ContactState, view: ContactView, in_place: bool = False) -> ContactState:
    """The contact with another view; what was raised or answered and is not offered by it is kept, with its decision.

    With `in_place` a card that was answered stays where it is, and what is offered stands around it.
    """
    before, offered = contact.view, {one.action_id for one in view.decision.recommendations}
    fallen = () if before is None else before.decision.recommendations
    answered = {one.action_id for one in contact.live_responses}
    dropped = (
        *(one for one in contact.dropped if one.action.action_id not in offered),
        *(
            DroppedAction(one.model_copy(update={"rank": 0}), before.decision.decision_id)
            for one in fallen
            if before is not None and one.action_id in (contact.addressed | answered) - offered
        ),
    )
    cards = list(view.decision.recommendations)
    for place, card in enumerate(contact.recommendations if in_place else ()):
        if card.action_id in answered - offered:
            cards.insert(place, card)
    kept = () if len(cards) == len(offered) else tuple(cards[: max(len(offered), len(contact.recommendations))])
    ranked = tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate(kept, start=1))
    return replace(contact, view=view, dropped=dropped, kept_cards=ranked)


def decision_id_of(contact: ContactState, action_id: str) -> UUID:
    """The decision that an action is of: the one on the screen, or the last one that offered it."""
    for one in contact.dropped:
        if one.action.action_id == action_id:
            return one.decision_id
    assert contact.view is not None  # an action exists only in a view
    return contact.view.decision.decision_id


def addressed(pen: Pen, contact: ContactState, action: Recommendation) -> ContactState:
    """Write down once that an action was raised with the customer, whatever is answered to it."""
    marked = _marked(pen, contact, action)
    return replace(marked, only_answered=marked.only_answered - {action.action_id})


def addressed_by_answer(pen: Pen, contact: ContactState, action: Recommendation) -> ContactState:
    """Write down once that an action was raised, as its response says; without that one it was not."""
    if action.action_id in contact.addressed:
        return contact
    marked = _marked(pen, contact, action)
    return replace(marked, only_answered=marked.only_answered | {action.action_id})


def _marked(pen: Pen, contact: ContactState, action: Recommendation) -> ContactState:
    if action.action_id not in contact.addressed | contact.only_answered:
        decision_id = decision_id_of(contact, action.action_id)
        pen.events.append(ActionAddressed(**pen.head(), decision_id=decision_id, action_id=action.action_id))
    return replace(contact, addressed=contact.addressed | {action.action_id})


def put_away(contact: ContactState) -> ContactState:
    """The contact with no question of its responses open, and none of the customer's data."""
    return replace(contact, open_group=None, follow_up_draft=None, question=None, wish=None)
