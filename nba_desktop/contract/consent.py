"""What the customer allows, and the words he is asked with."""

from __future__ import annotations

from typing import Literal

from nba_desktop.contract.base import Answer, Language, Moment
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState


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
    may_not_ask_because: Literal["", "objected", "refused_recently", "withdrawn", "open_complaint"] = ""
    wordings: tuple[ConsentWording, ...] = ()
