"""Each situation the panel must show."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    NoRecommendation,
)
from nba_desktop.contract.consent import Consents
from nba_desktop.contract.customer import (
    Identification,
)
from nba_desktop.contract.journey import JourneyHead
from nba_desktop.domain.blocks import BlockState, BlockStatus, SearchState
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.entries import NoteState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import LinkState, Notice, PanelState
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from tests.fakes.states.blocked import blocked_states
from tests.fakes.states.calls import call_states, hits
from tests.fakes.states.contacts import contact_of, helmut_contact, loading_contact, panel, with_blocks
from tests.fakes.states.conversation import conversation_states
from tests.fakes.states.crm import crm_states
from tests.fakes.states.customers import helmut_customer, neighbours
from tests.fakes.states.moments import ANSWERED, NOW, interaction, second_interaction
from tests.fakes.states.responses_states import response_states
from tests.fakes.states.signing import signing_states
from tests.fakes.states.views import helmut_view, masked_view, no_decision
from tests.fakes.states.waiting import waiting_states


def every_state(language: Language = "de") -> dict[str, PanelState]:
    """Each situation the panel must show, by name."""
    return dict(_every_state(language))


@cache
def _every_state(language: Language) -> dict[str, PanelState]:
    helmut_live = helmut_contact(language)
    loading = loading_contact()
    live_loading = replace(loading, interaction=interaction())
    failed = BlockState(BlockStatus.FAILED, FailureCode.TOO_LATE)
    fresh = contact_of(helmut_view(language, quiet=True))
    withheld = Party(presentation="restricted")
    empty_journey = helmut_view(language).model_copy(update={"journey": JourneyHead(total=0, touchpoints=())})
    objected = helmut_view(language).model_copy(
        update={
            "customer": helmut_customer().model_copy(
                update={"open_complaint": True, "advertising_objection": True, "open_cases": 3}
            ),
            "consents": Consents(statuses=(), objected=True, may_ask=False, may_not_ask_because="objected"),
            "decision": no_decision(NoRecommendation.NOTHING_ELIGIBLE),
        }
    )
    return {
        "no_call": panel(language),
        "ringing": panel(language, loading),
        "slow": panel(language, with_blocks(live_loading, BlockState(BlockStatus.SLOW))),
        "failed": panel(language, with_blocks(live_loading, failed)),
        "one_candidate": panel(language, contact_of(masked_view(language))),
        "two_items_ticked": panel(
            language,
            replace(contact_of(masked_view(language)), items_passed=frozenset({"customer_no", "birth_date"})),
        ),
        "several_candidates": panel(
            language,
            contact_of(masked_view(language, Identification(status="several", candidates=neighbours()))),
        ),
        "unknown_number": panel(language, contact_of(masked_view(language, Identification(status="unknown")))),
        "withheld_number": panel(
            language, contact_of(masked_view(language, Identification(status="withheld")), withheld)
        ),
        "search_results": panel(
            language,
            replace(
                contact_of(masked_view(language, Identification(status="unknown"))),
                search=SearchState("brandt", BlockStatus.READY, None, hits(), truncated=True),
            ),
        ),
        "authenticated": panel(language, fresh),
        "concern_chosen": panel(language, replace(fresh, concern="bill")),
        "not_solved": panel(language, replace(fresh, concern="instalment", solved=False, solved_at=NOW)),
        "solved": panel(language, helmut_live),
        "no_history": panel(language, contact_of(empty_journey)),
        "guarded": panel(language, contact_of(objected)),
        "held": panel(language, replace(helmut_live, interaction=replace(helmut_live.interaction, held=True))),
        "two_calls": panel(
            language, helmut_live, replace(loading, interaction=second_interaction(), contact_id=UUID(int=2))
        ),
        "wrap_up": panel(
            language,
            replace(
                helmut_live,
                interaction=interaction(InteractionState.WRAP_UP),
                note=NoteState("Ruft wegen Abschlag wieder an", UUID(int=9), Receipt.STORED),
            ),
        ),
        "offline": replace(
            panel(language, with_blocks(live_loading, BlockState(BlockStatus.FAILED, FailureCode.OFFLINE))),
            backend=LinkState("down", ANSWERED, FailureCode.OFFLINE),
            telephony=LinkState("connecting"),
            outbox=OutboxStatus(waiting=12, parked=1, paused=FailureCode.OFFLINE),
            notices=(Notice(FailureCode.KEYRING_LOCKED), Notice(FailureCode.SETTINGS_INVALID, (("where", "a.toml"),))),
        ),
        "not_stored": panel(language, replace(helmut_live, failure=FailureCode.DISK_FULL)),
        **call_states(language),
        **response_states(language),
        **conversation_states(language),
        **waiting_states(language),
        **crm_states(language),
        **blocked_states(language),
        **signing_states(language),
    }
