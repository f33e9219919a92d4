"""What a telephone system does to calls: several at once, held, asked about, transferred, opened by hand, lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.customer import Candidate, Identification, SearchHit
from nba_desktop.contract.handover import HandedAction, Handover, HandoverDetails
from nba_desktop.domain.blocks import BlockStatus, SearchState
from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import NoteState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import LinkState, PanelState
from tests.fakes.states.contacts import contact_of, helmut_contact, loading_contact, panel
from tests.fakes.states.customers import helmut_candidate, neighbours
from tests.fakes.states.moments import NOW, interaction, said, second_interaction
from tests.fakes.states.views import helmut_view, masked_view

LOST_AT = NOW - timedelta(minutes=2)
CLOSES_AT = NOW + timedelta(minutes=2)
HANDED_AT = NOW - timedelta(minutes=4)
COLLEAGUE = Party("202", None, "allowed")


def consult(state: InteractionState = InteractionState.LIVE, held: bool = False) -> Interaction:
    """The call by which the agent asks the colleague at 202 about Helmut's."""
    return replace(
        interaction(state, Party("201", None, "allowed")),
        interaction_id="i-9",
        direction="outbound",
        called=COLLEAGUE,
        queue=None,
        held=held,
        consult_of="i-1",
    )


def hits() -> tuple[SearchHit, ...]:
    """Three customers found by their name."""
    return tuple(
        SearchHit(
            customer_id=f"c-{number}",
            display_name=f"Brandt, {name}",
            customer_no_masked=f"K-•••{number}",
            place_masked="01••• Dresden",
            match="name",
        )
        for number, name in ((776, "Helmut"), (777, "Ilse"), (901, "Konstantin-Alexander"))
    )


def found() -> SearchState:
    """A search that has found them."""
    return SearchState("brandt", BlockStatus.READY, None, hits())


def handover(language: Language = "de", certain: bool = True, detailed: bool = True) -> Handover:
    """What the colleague before did: one action answered, one with an objection still open."""
    details = HandoverDetails(
        concern="instalment",
        solved=False,
        actions=(
            HandedAction(
                action_id="SRV_INSTALMENT",
                title=said(language, "Abschlag passend machen", "Make the instalment fit"),
                objections=(
                    said(language, "Dann zahle ich am Ende nach.", "Then I will have to pay back in the end."),
                ),
            ),
            HandedAction(
                action_id="RET_FIX12",
                title=said(language, "Preisgarantie 12 Monate", "Fixed price for 12 months"),
                response=ResponseCode.THINKING,
            ),
        ),
        note=said(language, "Möchte den Zählerstand selbst ablesen", "Wants to read the meter himself"),
    )
    return Handover(certain=certain, at=HANDED_AT, authenticated=True, details=details if detailed else None)


def transferred_view(language: Language = "de", certain: bool = True) -> ContactView:
    """The answer on a transferred call before this agent has authenticated the caller."""
    candidate = helmut_candidate(language).model_copy(update={"match": "handed_over"})
    identification = Identification(status="one", candidates=(candidate,), vouched_by="colleague" if certain else None)
    view = masked_view(language, identification)
    return view.model_copy(update={"handover": handover(language, certain, detailed=False)})


def household() -> tuple[Candidate, ...]:
    """Who shares the number, two of them with a habit."""
    helmut, ilse, lodger = neighbours()
    return (
        helmut.model_copy(update={"habit": "usual"}),
        ilse.model_copy(update={"habit": "usual_here"}),
        lodger,
    )


def by_hand(view: ContactView) -> ContactState:
    """A conversation that was opened without a call event."""
    contact = contact_of(view)
    call = replace(contact.interaction, source="manual", caller=Party(), queue=None, dialled="", interaction_id="m-1")
    return replace(contact, interaction=call)


def six_calls(language: Language = "de") -> tuple[ContactState, ...]:
    """More at once than anybody can talk to: in call, ringing, in an enquiry, withheld, unknown, without a number."""
    live = helmut_contact(language)

    def call(number: int, caller: Party, view: ContactView | None, **changes: object) -> ContactState:
        contact = contact_of(view, caller) if view else loading_contact()
        one = replace(contact.interaction, interaction_id=f"i-{number}", caller=caller, **changes)  # type: ignore[arg-type]
        return replace(contact, interaction=one, contact_id=UUID(int=number))

    unknown = masked_view(language, Identification(status="unknown"))
    withheld = masked_view(language, Identification(status="withheld"))
    ringing = replace(loading_contact(), interaction=second_interaction(), contact_id=UUID(int=2))
    return (
        live,
        ringing,
        replace(call(3, Party("0341987654", "+49341987654", "allowed"), unknown, held=True), consult=consult()),
        call(4, Party(presentation="restricted"), withheld, held=True),
        call(5, Party(), unknown, state=InteractionState.WRAP_UP, ended_at=NOW, cause="transferred"),
        call(6, Party("0351445566", "+49351445566", "allowed"), helmut_view(language), conference=True),
    )


def call_states(language: Language = "de") -> dict[str, PanelState]:
    """Each situation that the telephone system brings about, by name."""
    live = helmut_contact(language)
    held = replace(live.interaction, held=True)
    ringing = replace(loading_contact(), interaction=second_interaction(), contact_id=UUID(int=2))
    identified = masked_view(language, Identification(status="several", candidates=household()))
    vouched = masked_view(
        language, Identification(status="one", candidates=(helmut_candidate(language),), vouched_by="voice_menu")
    )
    down = LinkState("down", LOST_AT)
    wrap_up = interaction(InteractionState.WRAP_UP)
    unknown = contact_of(masked_view(language, Identification(status="unknown")))
    fresh = contact_of(helmut_view(language))

    def handed(certain: bool) -> ContactState:
        view = helmut_view(language).model_copy(update={"handover": handover(language, certain)})
        return contact_of(view)

    return {
        "reported": replace(panel(language), last_event_at=NOW - timedelta(minutes=6)),
        "link_down_ready": replace(panel(language), telephony=down, last_event_at=LOST_AT),
        "sign_in_needed": replace(panel(language), telephony=LinkState("down", LOST_AT, FailureCode.SIGN_IN_NEEDED)),
        "search_without_call": replace(panel(language), search=found()),
        "link_down_in_call": replace(
            panel(language, replace(live, interaction=replace(live.interaction, unconfirmed_since=LOST_AT))),
            telephony=down,
        ),
        "backend_down_in_call": replace(panel(language, live), backend=LinkState("down", LOST_AT, FailureCode.OFFLINE)),
        "six_calls": panel(language, *six_calls(language)),
        "consult_dialling": panel(language, replace(live, interaction=held, consult=consult(InteractionState.OFFERED))),
        "consult": panel(language, replace(live, interaction=held, consult=consult())),
        "consult_held": panel(language, replace(live, consult=consult(held=True))),
        "consult_link_down": replace(
            panel(language, replace(live, interaction=held, consult=consult())), telephony=down
        ),
        "conference": panel(language, replace(live, interaction=replace(live.interaction, conference=True))),
        "transferred": panel(
            language,
            replace(live, interaction=replace(wrap_up, cause="transferred"), closes_at=CLOSES_AT),
        ),
        "closes_by_itself": panel(language, replace(live, interaction=wrap_up, closes_at=CLOSES_AT)),
        "by_hand": panel(language, by_hand(helmut_view(language))),
        "by_hand_unauthenticated": panel(language, by_hand(masked_view(language))),
        "by_hand_and_ringing": panel(language, by_hand(helmut_view(language)), ringing),
        "no_number": panel(language, contact_of(masked_view(language, Identification(status="unknown")), Party())),
        "household": panel(language, contact_of(identified)),
        "household_chosen": panel(language, replace(contact_of(identified), chosen_customer="c-ilse")),
        "vouched_by_colleague": panel(language, contact_of(transferred_view(language))),
        "probably_transferred": panel(language, contact_of(transferred_view(language, certain=False))),
        "vouched_by_voice_menu": panel(language, contact_of(vouched)),
        "handover": panel(language, handed(certain=True)),
        "handover_probable": panel(language, handed(certain=False)),
        "note_drafted": panel(
            language,
            replace(live, contact_id=UUID(int=3), note=NoteState(draft=said(language, "ruft morgen", "calls tomor"))),
        ),
        "search_authenticated": panel(language, replace(fresh, search=found())),
        "search_unknown": panel(language, replace(unknown, search=found())),
    }
