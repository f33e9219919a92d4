"""The log of readings in words, for whoever it is about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.audit import AuditLook, OwnRead
from nba_desktop.contract.codes import ReadBasis, ReadOperation
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.labels import plain, strong
from nba_desktop.ui.texts.review_words import role_words

translate = QCoreApplication.translate


def reads_by_day(reads: Sequence[OwnRead], formats: Formats) -> list[str]:
    """Each day's readings as one rich text: the day, then a line for each."""
    days = groupby(reads, key=lambda one: formats.local_day(one.at))
    return [
        "<br>".join((strong(formats.full_date(day)), *(plain(_read_words(one, formats)) for one in found)))
        for day, found in days
    ]


def looks_words(looks: Sequence[AuditLook], formats: Formats) -> list[str]:
    """Who looked at the log, when, and why; a rich text each."""
    return [
        plain(
            translate("texts", "{day}, {time}: {who} ({role}) – “{reason}”").format(
                day=formats.full_date(formats.local_day(one.at)),
                time=formats.time(one.at),
                who=one.by,
                role=role_words(one.role),
                reason=one.reason,
            )
        )
        for one in looks
    ]


def _read_words(read: OwnRead, formats: Formats) -> str:
    words = f"{formats.time(read.at)}  {operation_words(read.operation)}"
    if read.together > 1:
        words += translate("texts", ", {count} customers").format(count=formats.number(read.together))
    words += f" · {basis_words(read.basis)}"
    return words + (translate("texts", ": “{reason}”").format(reason=read.reason) if read.reason else "")


def basis_words(basis: ReadBasis) -> str:
    """What somebody was let read by."""
    return {
        ReadBasis.CONTACT: translate("texts", "in a call of one’s own"),
        ReadBasis.REASON: translate("texts", "with a reason"),
        ReadBasis.TASK: translate("texts", "for a task after a call"),
        ReadBasis.DUTY: translate("texts", "as the law asks"),
        ReadBasis.SYSTEM: translate("texts", "by another system"),
    }[basis]


def operation_words(operation: ReadOperation | None) -> str:
    """What was read; of what an earlier version kept that is not known."""
    if operation is None:
        return translate("texts", "customer data")
    proof = translate("texts", "proof of a consent")
    export = translate("texts", "all data of a customer as a file")
    log = translate("texts", "who read a customer")
    answered = translate("texts", "feedback that was answered")
    return {
        ReadOperation.START_CONTACT: translate("texts", "who may be calling, masked"),
        ReadOperation.SETTLE_CALLER: translate("texts", "the authenticated customer"),
        ReadOperation.CONTACT_JOURNEY: translate("texts", "the customer’s journey"),
        ReadOperation.CONSENT_PROOF: proof,
        ReadOperation.SEARCH_CUSTOMERS: translate("texts", "customer search"),
        ReadOperation.READ_WHY: translate("texts", "why an action was recommended"),
        ReadOperation.READ_WHY_NOT: translate("texts", "why an action was not recommended"),
        ReadOperation.CONTACTS_OF_TODAY: translate("texts", "calls of the day"),
        ReadOperation.OPEN_FOLLOW_UPS: translate("texts", "open follow-ups"),
        ReadOperation.FOLLOW_UP_CALENDAR: translate("texts", "follow-ups for the calendar"),
        ReadOperation.FINISH_FOLLOW_UP: translate("texts", "a follow-up that was finished"),
        ReadOperation.OWN_FEEDBACK: translate("texts", "feedback of one’s own"),
        ReadOperation.OPEN_FEEDBACK: translate("texts", "open feedback"),
        ReadOperation.ANSWER_FEEDBACK: answered,
        ReadOperation.READ_TEASERS: translate("texts", "recommendations for another channel"),
        ReadOperation.MAY_CONTACT: translate("texts", "whether a customer may be contacted"),
        ReadOperation.PROVE_CONSENTS: proof,
        ReadOperation.EXPORT_CUSTOMER: export,
        ReadOperation.READ_AUDIT: log,
        ReadOperation.AUDIT: log,
        ReadOperation.SUBJECT_EXPORT: export,
        ReadOperation.SUBJECT_WISHES: translate("texts", "customers’ wishes about their data"),
        ReadOperation.LEDGER_PROOF: proof,
        ReadOperation.LEDGER_DUE: translate("texts", "proofs that need not be kept any longer"),
        ReadOperation.FOLLOW_UPS_EXPORT: translate("texts", "follow-ups as a file"),
        ReadOperation.FEEDBACK_LIST: translate("texts", "open feedback"),
        ReadOperation.FEEDBACK_ANSWER: answered,
        ReadOperation.CATALOGUE_TRY: translate("texts", "a catalogue tried out on customers"),
        ReadOperation.RECOVER: translate("texts", "entries recovered from workstations"),
    }[operation]
