"""The closed list of touchpoint types, with the channels they happen on and the values their sentence takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nba_desktop.contract.codes import ContactChannel

_PHONE, _EMAIL, _POST, _PORTAL, _APP = (
    ContactChannel.PHONE,
    ContactChannel.EMAIL,
    ContactChannel.POST,
    ContactChannel.PORTAL,
    ContactChannel.APP,
)
_CHAT, _SMS, _SHOP, _METER = ContactChannel.CHAT, ContactChannel.SMS, ContactChannel.SHOP, ContactChannel.METER


@dataclass(frozen=True, slots=True)
class TouchpointType:
    """One type; `params` are the names its sentence may use, all of them optional.

    `watched` is what the customer did alone with portal, app or mail: asking it needs his consent to profiling.
    """

    code: str
    channels: tuple[ContactChannel, ...]
    params: tuple[str, ...] = ()
    watched: bool = False


_LISTED: Final = (
    TouchpointType("meter_reading", (_METER, _PORTAL, _APP, _PHONE, _POST), ("kwh",)),
    TouchpointType("price_letter", (_POST, _EMAIL), ("effective_date",)),
    TouchpointType("call_solved", (_PHONE,), ("topic",)),
    TouchpointType("call_open", (_PHONE,), ("topic",)),
    TouchpointType("call_transferred", (_PHONE,), ("times",)),
    TouchpointType("callback_kept", (_PHONE,), ("topic",)),
    TouchpointType("callback_missed", (_PHONE,), ("topic",)),
    TouchpointType("portal_login", (_PORTAL,), watched=True),
    TouchpointType("portal_form_abandoned", (_PORTAL,), ("form", "minutes"), watched=True),
    TouchpointType("portal_form_sent", (_PORTAL,), ("form",)),
    TouchpointType("app_login", (_APP,), watched=True),
    TouchpointType("photo_upload", (_APP, _PORTAL), ("of",)),
    TouchpointType("chat", (_CHAT,), ("topic",)),
    TouchpointType("email_received", (_EMAIL,), ("topic",)),
    TouchpointType("letter_received", (_POST,), ("topic",)),
    TouchpointType("mail_opened", (_EMAIL,), ("topic",), watched=True),
    TouchpointType("bill", (_POST, _EMAIL, _PORTAL), ("balance_eur",)),
    TouchpointType("bill_question", (_PHONE, _EMAIL, _CHAT)),
    TouchpointType("instalment_changed", (_PHONE, _PORTAL, _APP), ("old_eur", "new_eur")),
    TouchpointType("payment", (_PORTAL, _POST, _SHOP), ("amount_eur",)),
    TouchpointType("payment_failed", (_POST, _EMAIL), ("amount_eur",)),
    TouchpointType("payment_reminder", (_POST, _EMAIL, _SMS), ("level", "amount_eur")),
    TouchpointType("complaint", (_PHONE, _EMAIL, _POST, _CHAT), ("topic",)),
    TouchpointType("complaint_answered", (_PHONE, _EMAIL, _POST), ("topic", "days")),
    TouchpointType("move_notice", (_PORTAL, _PHONE, _EMAIL, _APP), ("move_date",)),
    TouchpointType("contract_started", (_POST, _EMAIL, _SHOP, _PORTAL, ContactChannel.COMPARISON_SITE), ("product",)),
    TouchpointType("termination_received", (_POST, _EMAIL, _PORTAL), ("ends_on",)),
    TouchpointType("tariff_compared", (_PORTAL, _APP, ContactChannel.COMPARISON_SITE), watched=True),
    TouchpointType("outage_notice", (_SMS, _EMAIL, _APP), ("minutes",)),
    TouchpointType("appointment", (_SHOP, _PHONE), ("topic",)),
    TouchpointType("feedback_positive", (_EMAIL, _APP, _PHONE), ("score",)),
    TouchpointType("feedback_negative", (_EMAIL, _APP, _PHONE), ("score",)),
)

TOUCHPOINT_TYPES: Final = {one.code: one for one in _LISTED}

FORMS: Final = ("instalment", "meter_reading", "move", "bank_details", "contact_data", "termination")

INCOMING_CALLS: Final = frozenset({"call_solved", "call_open", "call_transferred"})
"""Types that mean: the customer called us."""
