"""The example that the tour is shown by: a practice call at the moment after its concern was solved."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from nba_desktop.adapters.practice_recording import PracticeCall, Recording, decision_name
from nba_desktop.contract.base import Language, new_id
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.call_event import Attached, Party
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.panel import LinkState, PanelState

_CONCERN: Final = "instalment"
_TALKED: Final = timedelta(minutes=3, seconds=12)


def example_of_practice(recording: Recording, call: PracticeCall, language: Language) -> PanelState:
    """The panel in this call of the script, at the moment of the recording."""
    customer = recording.customers[call.customer]
    interaction = Interaction(
        interaction_id="example",
        state=InteractionState.LIVE,
        direction="inbound",
        caller=Party(call.number, call.number, "allowed"),
        queue=call.queue,
        dialled="",
        attached=Attached(),
        started_at=recording.at - _TALKED,
        answered_at=recording.at - _TALKED,
    )
    decision = customer.decision(decision_name(_CONCERN, True), new_id(), recording.at)
    ready = BlockState(BlockStatus.READY)
    contact = ContactState(
        interaction=interaction,
        contact_id=customer.view.contact_id,
        customer_block=ready,
        journey_block=ready,
        concern_block=ready,
        actions_block=ready,
        view=customer.view.model_copy(update={"decision": decision}),
        concern=_CONCERN,
        solved=True,
        solved_at=recording.at,
        action_id=decision.recommendations[0].action_id,
    )
    up = LinkState("up", interaction.started_at)
    return PanelState(
        language=language,
        telephony=up,
        backend=up,
        contacts=(contact,),
        current=interaction.interaction_id,
        concerns=recording.catalogue.concerns,
    )
