"""What the customer allows, and the words he is asked with."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from nba_desktop.contract.base import Answer, Language, Moment
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState


class ConsentStatus(Answer):
    """The derived state of one purpose and channel."""

    purpose: ConsentPurpose
    channel: ConsentChannel
    state: ConsentState
    since: Moment | None = None
    weak_proof: bool = False


class ConsentWording(Answer):
    """One version of a wording in one language; never edited, a change is a new version."""

    wording_id: str
    purpose: ConsentPurpose
    channels: tuple[ConsentChannel, ...]
    language: Language
    text: str
    text_sha256: str
    version: int


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
