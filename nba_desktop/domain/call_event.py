"""What any telephone system says, in one neutral form; nothing behind an adapter knows a vendor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from nba_desktop.contract.codes import AuthLevel


class CallEventType(StrEnum):
    """What happened to a leg, or to the link itself."""

    RINGING = "ringing"
    ANSWERED = "answered"
    HELD = "held"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    JOINED = "joined"
    LEFT = "left"
    DATA = "data"
    ENDED = "ended"
    SNAPSHOT = "snapshot"
    LINK_DOWN = "link_down"
    LINK_UP = "link_up"


EndCause = Literal["normal", "missed", "elsewhere", "transferred", "failed", "unknown"]
Direction = Literal["inbound", "outbound", "internal"]
Presentation = Literal["allowed", "restricted", "unknown"]


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a call: the number as it came and, where it is one, as E.164."""

    raw: str = ""
    e164: str | None = None
    presentation: Presentation = "unknown"


@dataclass(frozen=True, slots=True)
class Attached:
    """What the telephone system knows about the caller beyond the number; `auth_level` is what a voice menu asked."""

    customer_no: str | None = None
    auth_level: AuthLevel | None = None
    ivr_path: str | None = None


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One event of one leg. Times are UTC; `source_seq` orders events of one source where it has one.

    For `link_down` and `link_up` the ids are empty and `detail` names what happened as a code.
    For `snapshot`, `legs` lists the legs that still exist at the source; of calls that began before `knows_since` it
    says nothing, as the source has forgotten them. `put_through` says that the other end of this
    leg is now another person: a colleague who announced a customer has left, and `caller` is that customer.
    """

    event_id: str
    source: str
    type: CallEventType
    occurred_at: datetime
    received_at: datetime
    interaction_id: str = ""
    leg_id: str = ""
    source_seq: int | None = None
    parent_leg_id: str | None = None
    direction: Direction = "inbound"
    caller: Party = field(default_factory=Party)
    called: Party = field(default_factory=Party)
    dialled: str = ""
    queue: str | None = None
    waiting: int | None = None
    agent_extension: str | None = None
    device: str | None = None
    attached: Attached = field(default_factory=Attached)
    cause: EndCause | None = None
    legs: tuple[str, ...] = ()
    detail: str = ""
    put_through: bool = False
    knows_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkState:
    """How the line to a telephone system is; `detail` is a code that the panel has a sentence for.

    Codes of `down`: `stopped`, `connection_refused`, `host_not_found`, `network`, `closed`, `no_answer`,
    `login_refused`, `sign_in_needed`, `not_the_service`, `silent`, `tls_unavailable`, `tls_untrusted`,
    `tls_wrong_host`, `tls_expired`, `tls_not_yet_valid`, `tls_failed`, `proxy_away`, `proxy_sign_in`, `proxy_account`,
    `proxy_refused`, `proxy_rule`, `panel_too_old`, `backend_too_old`.
    `retry_in_ms` says when the next attempt starts; None when there is none. `lacking` names the rights the account
    should have and has not, as the telephone system's administrator writes them (`write=reporting`); while `up` it is
    the only news.
    """

    source: str
    state: Literal["connecting", "up", "down"]
    detail: str = ""
    retry_in_ms: int | None = None
    lacking: tuple[str, ...] = ()
