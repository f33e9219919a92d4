"""Who read which customers, and who looked at that."""

from __future__ import annotations

from uuid import UUID

from nba_desktop.contract.base import Answer, Count, Moment
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role

MAX_READS = 500


class OwnRead(Answer):
    """A reading as whoever read sees it again: without whom, so that the log opens nobody once more.

    `together` is how many customers were read at once. Role and operation are missing in what earlier versions kept.
    """

    at: Moment
    role: Role | None
    operation: ReadOperation | None
    basis: ReadBasis
    reason: str
    contact_id: UUID | None
    together: Count


class AuditedRead(OwnRead):
    """One customer of a reading, none where it found nobody; the number is that of now, none of who was erased."""

    agent_id: str
    customer_id: str | None
    customer_no: str | None


class AuditPage(Answer):
    """Readings, newest first; `next` is the cursor of those before them."""

    reads: tuple[AuditedRead, ...]
    next: str | None = None


class AuditLook(Answer):
    """Somebody looked at what is logged of a person of the staff; `by` and `about` are names, or ids without one."""

    at: Moment
    by: str
    role: Role
    reason: str
    about: str


class OwnAudit(Answer):
    """What is logged of the caller, newest first, and who looked at that in the last year."""

    reads: tuple[OwnRead, ...]
    next: str | None = None
    looks: tuple[AuditLook, ...]
