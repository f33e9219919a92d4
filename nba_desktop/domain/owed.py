"""What the end of a call leaves owed to the customer: a confirmation in text form, a day for what was promised."""

from __future__ import annotations

from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ResponseEntry
from nba_desktop.domain.follow_ups import KINDS, confirmation_due


def lacks_day(contact: ContactState, entry: ResponseEntry) -> bool:
    """Whether something was promised with a response and no day for it; thinking it over promises nothing."""
    promises = entry.code in KINDS and entry.code is not ResponseCode.THINKING
    stands = entry.action_id is not None and any(e.action_id == entry.action_id for e in contact.live_follow_ups)
    return promises and not stands


def owed(contact: ContactState) -> frozenset[str]:
    """The actions of which something is still owed to the customer."""
    in_text = (action.action_id for action in contact.known_actions if confirmation_due(contact, action))
    without_day = (one.action_id for one in contact.live_responses if one.action_id and lacks_day(contact, one))
    return frozenset((*in_text, *without_day))


def is_left_knowingly(contact: ContactState) -> bool:
    """Whether the agent has asked to finish with all that is owed in sight: asked again, he leaves it so."""
    return owed(contact) <= contact.owed_left
