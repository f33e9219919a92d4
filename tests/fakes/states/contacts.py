"""Contacts and the panel around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ResponseCode,
)
from nba_desktop.contract.contact import ContactView
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ResponseEntry
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.panel import LinkState, PanelState
from nba_desktop.domain.receipts import Receipt
from tests.fakes.states.moments import ANSWERED, CONTACT, DECISION, HELMUT_NUMBER, NOW, interaction
from tests.fakes.states.views import concerns, helmut_view

READY = BlockState(BlockStatus.READY)


def loading_contact() -> ContactState:
    """The telephone rings; number and queue are there, nothing else yet."""
    loading = BlockState(BlockStatus.LOADING)
    return ContactState(
        interaction=interaction(InteractionState.OFFERED),
        contact_id=CONTACT,
        customer_block=loading,
        journey_block=loading,
        concern_block=loading,
        actions_block=loading,
    )


def with_blocks(contact: ContactState, block: BlockState) -> ContactState:
    """The same contact with every block as given."""
    return replace(contact, customer_block=block, journey_block=block, concern_block=block, actions_block=block)


def contact_of(view: ContactView, caller: Party = HELMUT_NUMBER) -> ContactState:
    """A live contact with an answer."""
    contact = ContactState(
        interaction=interaction(InteractionState.LIVE, caller), contact_id=CONTACT, view=view, concern=None
    )
    actions = view.decision.recommendations
    return replace(with_blocks(contact, READY), action_id=actions[0].action_id if actions else None)


def helmut_contact(language: Language = "de") -> ContactState:
    """The moment of the picture: concern solved, first action chosen, a response on the second recorded."""
    return replace(
        contact_of(helmut_view(language)),
        items_passed=frozenset({"customer_no", "birth_date"}),
        concern="instalment",
        solved=True,
        solved_at=ANSWERED + timedelta(minutes=3, seconds=2),
        guides=(("SRV_INSTALMENT", GuideRun(done=frozenset({"reading"}), values=(("reading", "18250"),))),),
        addressed=frozenset({"SRV_INSTALMENT", "RET_FIX12"}),
        shown=frozenset({DECISION}),
        responses=(
            ResponseEntry(
                event_id=UUID("019a5f00-0000-7000-8000-0000000000e1"),
                action_id="RET_FIX12",
                code=ResponseCode.THINKING,
                at=NOW,
                receipt=Receipt.SENT,
            ),
        ),
    )


def panel(language: Language = "de", *contacts: ContactState) -> PanelState:
    """A healthy panel with these contacts, the first one on the screen."""
    up = LinkState("up", since=ANSWERED)
    return PanelState(
        language=language,
        telephony=up,
        backend=up,
        contacts=contacts,
        current=contacts[0].interaction.interaction_id if contacts else None,
        concerns=concerns(language),
    )


def helmut(language: Language = "de") -> PanelState:
    """The picture."""
    return panel(language, helmut_contact(language))
