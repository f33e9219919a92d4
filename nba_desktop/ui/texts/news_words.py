"""What happened to the customer during the call and raises an action, in words."""

from __future__ import annotations

from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.domain.contact import ContactState

EVENT = "event"
"""The reason that the backend gives for an action which an event raises."""


def news_words(contact: ContactState) -> str:
    """Each action that something has just raised, with what that is; empty where there is none."""
    return " · ".join(_said(action) for action in contact.new_actions)


def _said(action: Recommendation) -> str:
    why = next((reason.params.get("text") for reason in action.because if reason.code == EVENT), None)
    return f"{action.title} – {why}" if why else action.title
