"""Helmut's call in the situations of the lower half."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ClosingForm,
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    Duty,
    ResponseCode,
    ResponseGroup,
)
from nba_desktop.contract.consent import ConsentStatus, ConsentWording
from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft
from nba_desktop.domain.contact import ContactState, Tab
from nba_desktop.domain.entries import NoteState, ResponseEntry
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.receipts import Receipt
from tests.fakes import states

ADV = ConsentPurpose.ADV_OWN
PHONE, EMAIL, SMS, POST = ConsentChannel.PHONE, ConsentChannel.EMAIL, ConsentChannel.SMS, ConsentChannel.POST


def with_action(contact: ContactState, action_id: str, **changes: object) -> ContactState:
    """The contact with one of its actions changed."""
    assert contact.view is not None
    decision = contact.view.decision
    actions = tuple(a.model_copy(update=changes) if a.action_id == action_id else a for a in decision.recommendations)
    decision = decision.model_copy(update={"recommendations": actions})
    return replace(contact, view=contact.view.model_copy(update={"decision": decision}))


def with_consents(contact: ContactState, **changes: object) -> ContactState:
    """The contact with its consents changed."""
    assert contact.view is not None
    assert contact.view.consents is not None
    consents = contact.view.consents.model_copy(update=changes)
    return replace(contact, view=contact.view.model_copy(update={"consents": consents}))


def response(code: ResponseCode, action_id: str | None = "RET_FIX12", receipt: Receipt = Receipt.SENT) -> ResponseEntry:
    """A recorded response."""
    return ResponseEntry(UUID(int=77), action_id, code, states.NOW, receipt)


def in_wrap_up(contact: ContactState) -> ContactState:
    """The call is over."""
    return replace(contact, interaction=states.interaction(InteractionState.WRAP_UP))


def chosen(contact: ContactState) -> Recommendation:
    """The chosen action."""
    assert contact.action is not None
    return contact.action


def every_contact(language: Language) -> dict[str, ContactState]:
    """Each situation that the lower half must show, by name."""
    return dict(_every_contact(language))


@cache
def _every_contact(language: Language) -> dict[str, ContactState]:
    helmut = states.helmut_contact(language)
    first = chosen(helmut)
    fixed = replace(helmut, action_id="RET_FIX12")
    partner = ConsentWording(
        wording_id="research-1",
        purpose=ConsentPurpose.RESEARCH,
        channels=(PHONE, EMAIL),
        language=language,
        text="Dürfen wir Sie nach Ihrer Zufriedenheit fragen?",
        text_sha256="b" * 64,
        version=1,
    )
    weak = ConsentStatus(purpose=ADV, channel=PHONE, state=ConsentState.GRANTED, since=states.NOW, weak_proof=True)
    assert helmut.view is not None
    assert helmut.view.consents is not None
    situations = {
        "guide": helmut,
        "text_form": with_action(fixed, "RET_FIX12", duties=tuple(Duty)),
        "why": replace(helmut, why_open=True),
        "benefits": replace(helmut, tab=Tab.BENEFITS),
        "objections": replace(
            helmut,
            tab=Tab.OBJECTIONS,
            raised=frozenset((first.action_id, objection.objection_id) for objection in first.objections[:2]),
        ),
        "knowledge": replace(helmut, tab=Tab.KNOWLEDGE),
        "news": replace(helmut, news=frozenset({"XS_MAINTAIN"})),
        "outdated": replace(helmut, actions_block=BlockState(BlockStatus.FAILED, FailureCode.TOO_LATE)),
        "consent": replace(helmut, consent=ConsentDraft(open=True)),
        "consent_answered": replace(
            with_consents(helmut, statuses=(*helmut.view.consents.statuses, weak)),
            consent=ConsentDraft(
                open=True,
                read_aloud=frozenset({"a" * 64}),
                answers=((ADV, PHONE, ConsentAnswer.YES), (ADV, EMAIL, ConsentAnswer.NO)),
                customer_words="Ja, gern",
                recorded=((ADV, SMS, ConsentAnswer.YES, UUID(int=3), Receipt.ACCEPTED),),
                withdrawal_asked=(ADV, POST),
            ),
        ),
        "consent_two_wordings": replace(
            with_consents(helmut, wordings=(*helmut.view.consents.wordings, partner)),
            consent=ConsentDraft(open=True, objection_asked=True),
        ),
        "consent_blocked": replace(
            with_consents(helmut, may_ask=False, may_not_ask_because="refused_recently"),
            consent=ConsentDraft(open=True),
        ),
        "consent_objected": replace(
            with_consents(helmut, objected=True, may_ask=False, may_not_ask_because="objected"),
            consent=ConsentDraft(open=True),
        ),
        "note": replace(helmut, note=NoteState("Ruft am Freitag wieder an", UUID(int=9), Receipt.STORED)),
        "refused": replace(helmut, responses=(response(ResponseCode.WRONG_DATA, "XS_MAINTAIN", Receipt.REFUSED),)),
        "wrap_up_open": replace(
            in_wrap_up(helmut),
            consent=ConsentDraft(answers=((ADV, PHONE, ConsentAnswer.YES), (ADV, EMAIL, ConsentAnswer.YES))),
            responses=(response(ResponseCode.INTEREST_CALLBACK),),
        ),
        "wrap_up_reason": replace(in_wrap_up(helmut), addressed=frozenset(), responses=()),
        "wrap_up_settled": replace(in_wrap_up(helmut), addressed=frozenset()),
    }
    for form in ClosingForm:
        situations[f"closing_{form.value}"] = with_action(helmut, first.action_id, closing_form=form)
    for group in ResponseGroup:
        situations[f"group_{group.value}"] = replace(
            with_action(fixed, "RET_FIX12", responses=tuple(ResponseCode)), open_group=group
        )
    for code in ResponseCode:
        situations[f"response_{code.value}"] = replace(helmut, responses=(response(code, "XS_MAINTAIN"),))
    for name, panel in states.every_state(language).items():
        if panel.contact is not None:
            situations[f"state_{name}"] = panel.contact
    return situations
