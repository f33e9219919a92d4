"""What a screen reader says by itself when something happens: short, in the order of importance, never twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.blocks import Block, BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.blocked_words import blocked_title, blocked_way_out
from nba_desktop.ui.texts.blocks import block_words
from nba_desktop.ui.texts.call_words import contact_state, tab_name
from nba_desktop.ui.texts.consent_words import consent_answer, consent_channel
from nba_desktop.ui.texts.customer_words import named_words
from nba_desktop.ui.texts.due_words import due_now
from nba_desktop.ui.texts.failures import failure, notice_words
from nba_desktop.ui.texts.feedback_words import feedback_reason
from nba_desktop.ui.texts.link_words import outbox_words
from nba_desktop.ui.texts.news_words import news_words
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.response_words import response_code
from nba_desktop.ui.texts.sign_in_words import sign_in_failure, sign_in_notice, sign_in_sentence, sign_in_title

translate = QCoreApplication.translate

_MOST_NAMES: Final = 3


@dataclass(frozen=True, slots=True)
class Announcement:
    """One sentence; an urgent one interrupts what the reader is saying."""

    words: str
    urgent: bool = False


def announcements(before: PanelState, now: PanelState, formats: Formats) -> tuple[Announcement, ...]:
    """Return what is to be said of the change from one state to the next."""
    said: list[Announcement] = []
    for notice in now.notices:
        if notice not in before.notices:
            said.append(Announcement(notice_words(notice), urgent=True))
    if now.blocked is not None and (before.blocked is None or before.blocked.code is not now.blocked.code):
        words = f"{blocked_title(now.blocked)}. {blocked_way_out(now.blocked)}"
        said.append(Announcement(words, urgent=not now.contacts))
    said += _of_sign_in(before, now)
    if now.outbox.parked > before.outbox.parked:
        said.append(Announcement(outbox_words(now.outbox), urgent=True))
    due = due_now(now.due, formats)
    if due and not now.contacts and (before.contacts or before.due.now_due != now.due.now_due):
        said.append(Announcement(due))
    for contact in now.contacts:
        earlier = before.contact_of(contact.interaction.interaction_id)
        said += _of_call(earlier, contact, formats)
        if earlier is not None and earlier.contact_id == contact.contact_id:
            said += _of_contact(earlier, contact)
    return tuple(said)


def _of_sign_in(before: PanelState, now: PanelState) -> list[Announcement]:
    earlier, later = before.sign_in, now.sign_in
    said = []
    if later.has_page and later.status is not earlier.status:
        page = f"{sign_in_title(later)}. {sign_in_sentence(later)}"
        said.append(Announcement(sign_in_notice(later) if now.contacts else page, urgent=not now.contacts))
    if later.is_wanted and later.failure is not None and later.failure is not earlier.failure:
        said.append(Announcement(sign_in_failure(later.failure), urgent=not now.contacts))
    return said


def _of_call(before: ContactState | None, now: ContactState, formats: Formats) -> list[Announcement]:
    call = now.interaction
    if before is None or before.contact_id != now.contact_id:
        queue = f", {call.queue}" if call.queue else ""
        return [Announcement(f"{contact_state(now)}: {tab_name(now, formats)}{queue}", urgent=True)]
    said = []
    if contact_state(before) != contact_state(now) and call.state is not InteractionState.CLOSED:
        said.append(Announcement(contact_state(now)))
    if not before.candidates and now.candidates and not now.authenticated:
        names = ", ".join(one.display_name for one in now.candidates[:_MOST_NAMES])
        said.append(Announcement(translate("texts", "Possible caller: {name}").format(name=names)))
    return said


def _of_contact(before: ContactState, now: ContactState) -> list[Announcement]:
    said = []
    if now.failure is not None and now.failure is not before.failure:
        said.append(Announcement(failure(now.failure), urgent=True))
    if now.offered is not None and now.offered != before.offered:
        said.append(Announcement(named_words(now.offered)))
    if now.authenticated and not before.authenticated:
        said.append(Announcement(translate("texts", "Caller authenticated")))
    if now.locked and not before.locked:
        said.append(Announcement(translate("texts", "Nobody can be authenticated in this call any more"), urgent=True))
    if _ranked(now) and _ranked(now) != _ranked(before):
        titles = ", ".join(f"{one.rank}. {one.title}" for one in now.recommendations)
        said.append(Announcement(translate("texts", "Next best actions: {titles}").format(titles=titles)))
    news = news_words(now)
    if news and news != news_words(before):
        said.append(Announcement(translate("texts", "New: {what}").format(what=news)))
    failed = [one for one in Block if now.block(one).status is BlockStatus.FAILED]
    if failed and all(before.block(one).status is not BlockStatus.FAILED for one in failed):
        block = block_words(failed[0], now)
        if block is not None:
            said.append(Announcement(block.text))
    return [*said, *_of_responses(before, now), *_of_questions(before, now), *_of_consents(before, now)]


def _of_questions(before: ContactState, now: ContactState) -> list[Announcement]:
    known = {entry.event_id: entry.receipt for entry in before.questions}
    said = []
    for entry in now.questions:
        name = feedback_reason(entry.reason)
        if entry.event_id not in known:
            said.append(Announcement(translate("texts", "Reported: {reason}").format(reason=name)))
        elif entry.receipt is Receipt.REFUSED and known[entry.event_id] is not Receipt.REFUSED:
            said.append(Announcement(f"{name}: {receipt(entry.receipt)}", urgent=True))
    return said


def _of_responses(before: ContactState, now: ContactState) -> list[Announcement]:
    known = {entry.event_id: entry for entry in before.responses}
    said = []
    for entry in now.responses:
        earlier, name = known.get(entry.event_id), response_code(entry.code)
        if earlier is None and not entry.retracted:
            said.append(Announcement(translate("texts", "Recorded: {response}").format(response=name)))
        if earlier is not None and entry.retracted and not earlier.retracted:
            said.append(Announcement(translate("texts", "Taken back: {response}").format(response=name)))
        if entry.receipt is Receipt.REFUSED and earlier is not None and earlier.receipt is not Receipt.REFUSED:
            said.append(Announcement(f"{name}: {receipt(entry.receipt)}", urgent=True))
    return said


def _of_consents(before: ContactState, now: ContactState) -> list[Announcement]:
    known = {event_id: reached for *_, event_id, reached in before.consent.recorded}
    said = []
    for _, channel, answer, event_id, reached in now.consent.recorded:
        name = f"{consent_channel(channel)}: {consent_answer(answer)}"
        if event_id not in known:
            said.append(Announcement(translate("texts", "Recorded: {response}").format(response=name)))
        elif reached is Receipt.REFUSED and known[event_id] is not Receipt.REFUSED:
            said.append(Announcement(f"{name}: {receipt(reached)}", urgent=True))
    return said


def _ranked(contact: ContactState) -> tuple[str, ...]:
    return tuple(one.action_id for one in contact.recommendations)
