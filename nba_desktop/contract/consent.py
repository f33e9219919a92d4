"""What the customer allows, and the words he is asked with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import StringConstraints, model_validator

from nba_desktop.contract.base import Answer, Language, Moment, Said
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState


class ConsentStatus(Answer):
    """The derived state of one purpose and channel.

    What rests is not asked for: after a refusal until the day `rests_until`, after a withdrawal unless the customer
    raises it himself.
    """

    purpose: ConsentPurpose
    channel: ConsentChannel
    state: ConsentState
    since: Moment | None = None
    weak_proof: bool = False
    rests: Literal["", "refused_recently", "withdrawn"] = ""
    rests_until: date | None = None


class ConsentWording(Answer):
    """One version of a wording in one language; never edited, a change is a new version.

    `valid_from` and `valid_to` are days, both included. Who asks, for which goods and services, by which privacy notice
    and who approved it belongs to the proof; wordings from before it was kept have none of it.
    """

    wording_id: str
    purpose: ConsentPurpose
    channels: tuple[ConsentChannel, ...]
    language: Language
    text: str
    text_sha256: str
    version: int
    valid_from: date | None = None
    valid_to: date | None = None
    company_name: str | None = None
    company_address: str | None = None
    goods_and_services: str | None = None
    privacy_notice_version: str | None = None
    approved_by: str | None = None
    approved_at: date | None = None


class Consents(Answer):
    """Every status, the overriding objection, and what may be asked now in the customer's language."""

    statuses: tuple[ConsentStatus, ...]
    objected: bool = False
    may_ask: bool = True
    may_not_ask_because: Literal[
        "", "objected", "refused_recently", "withdrawn", "open_complaint", "representative"
    ] = ""
    wordings: tuple[ConsentWording, ...] = ()


class ConsentProofEntry(Answer):
    """One entry of the ledger, as it would be shown to the customer or an authority.

    `recipient_code` is the agent's pseudonym; `contact_point` the number or address the consent is for, masked.
    `wording` is the text that was read, with its version; `keep_until` the day until which the proof is kept.
    """

    event_id: UUID
    at: Moment
    purpose: ConsentPurpose
    channel: ConsentChannel
    event: ConsentEventType
    manner: str
    recipient_code: str
    auth_level: AuthLevel
    contact_point: str = ""
    wording: ConsentWording | None = None
    read_aloud_confirmed: bool = False
    customer_words: str = ""
    evidence_type: str = ""
    keep_until: date | None = None
    in_this_call: bool = False


class ConsentProof(Answer):
    """What proves the customer's consents, newest first; `intact` says that no entry of his was changed since."""

    entries: tuple[ConsentProofEntry, ...]
    intact: bool


MAX_CONSENT_EVENTS = 100

_Key = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
_Point = Annotated[str, StringConstraints(min_length=1, max_length=450, pattern=r"^[^\x00]*$")]
_Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class Occasion(StrEnum):
    """Why somebody is contacted: advertising and research, which need a permission, and what the customer asked for.

    RECORDING asks whether a call may be recorded (§ 201 StGB).
    """

    ADV_OWN = "ADV_OWN"
    ADV_PARTNER = "ADV_PARTNER"
    RESEARCH = "RESEARCH"
    PROFILE_USAGE = "PROFILE_USAGE"
    RECORDING = "RECORDING"
    CONTRACT = "CONTRACT"
    REQUESTED_CALLBACK = "REQUESTED_CALLBACK"
    REQUESTED_DOCUMENTS = "REQUESTED_DOCUMENTS"


class MayContactCode(StrEnum):
    """Why somebody may be contacted, or may not; those of the last group only remark on it."""

    CONSENT = "consent"
    LEGITIMATE_INTEREST = "legitimate_interest"
    SIMILAR_GOODS = "similar_goods"
    NOT_ADVERTISING = "not_advertising"

    OBJECTED = "objected"
    RESTRICTED = "restricted"
    UNDER_AGE = "under_age"
    NOT_THEIR_CONTACT_POINT = "not_their_contact_point"
    NOT_ASKED = "not_asked"
    UNANSWERED = "unanswered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_CONFIRMED = "not_confirmed"
    OTHER_CONTACT_POINT = "other_contact_point"
    ANOTHER_PERSONS_CONSENT = "another_persons_consent"
    WEAK_PROOF = "weak_proof"
    STALE = "stale"
    CHANNEL_NOT_USED = "channel_not_used"
    SIMILAR_GOODS_INCOMPLETE = "similar_goods_incomplete"

    AGEING = "ageing"
    WEAKLY_PROVED = "weakly_proved"
    SHARED_CONTACT_POINT = "shared_contact_point"


class MayContactReason(Answer):
    """One reason: its code, and words in the language that was asked for."""

    code: MayContactCode
    words: str


class ConsentUse(Said):
    """What a permission is used for now; with `event_id` the use may be told again and is kept once."""

    event_id: UUID
    campaign_id: _Key | None = None
    call_id: UUID | None = None

    @model_validator(mode="after")
    def _for_something(self) -> Self:
        if self.campaign_id is None and self.call_id is None:
            raise ValueError("a use names what it is for: 'campaign_id', 'call_id' or both")
        return self


class MayContactQuestion(Said):
    """May this person be contacted at this number or address, for this purpose, by this channel, now?

    The customer is named by his id or by his number; `contact_point` is the number (E.164), the e-mail address or the
    postal address, and for channels without one the customer's number. `similar_goods` and `says_how_to_object` are
    what a campaign declares for § 7 (3) UWG. With `use` a positive answer by consent is kept in the ledger as used.
    `call_id` is the call that is to be recorded; nothing else has one.
    """

    customer_id: _Key | None = None
    customer_no: _Key | None = None
    contact_point: _Point
    purpose: Occasion
    channel: ConsentChannel
    similar_goods: bool = False
    says_how_to_object: bool = False
    use: ConsentUse | None = None
    call_id: UUID | None = None
    language: Language = "de"

    @model_validator(mode="after")
    def _one_customer(self) -> Self:
        if (self.customer_id is None) == (self.customer_no is None):
            raise ValueError("the question names the customer either by 'customer_id' or by 'customer_no'")
        if (self.purpose is Occasion.RECORDING) != (self.call_id is not None):
            raise ValueError("'call_id' names the call that is to be recorded, and is for nothing else")
        return self


class MayContactAnswer(Answer):
    """Whether, and why; `state` is what the consents of that number or address come to, null of who was erased.

    `consent_event_id` is the consent that allows it, `used_event_id` the entry that says it was used for this.
    """

    allowed: bool
    reasons: tuple[MayContactReason, ...]
    state: ConsentState | None
    asked_at: Moment
    consent_event_id: UUID | None = None
    used_event_id: UUID | None = None


class ConsentReported(Said):
    """What another system says happened to a consent; the event's id is the idempotency key.

    Machines say that a double opt-in was sent or confirmed, that a consent expired, and what customers withdraw or
    object to elsewhere; the consent officer corrects: `corrects` is the id of the wrong event.
    """

    event_id: UUID
    source: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
    at: Moment
    customer_id: _Key | None = None
    customer_no: _Key | None = None
    contact_point: _Point
    purpose: ConsentPurpose
    channel: ConsentChannel
    event: Literal["doi_sent", "doi_confirmed", "expired", "withdrawn", "objected", "corrected"]
    manner: Literal["inbound_call", "outbound_call", "portal", "paper", "email"]
    evidence_type: Literal["recording_ref", "text_confirmation", "doi_click", "signed_paper", "agent_record", ""] = ""
    evidence_ref: _Text = ""
    customer_words: _Text = ""
    note: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] = ""
    corrects: UUID | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.customer_id is None) == (self.customer_no is None):
            raise ValueError("an event names the customer either by 'customer_id' or by 'customer_no'")
        if (self.event == "corrected") != (self.corrects is not None):
            raise ValueError("'corrects' names the wrong event of a correction, and of nothing else")
        return self
