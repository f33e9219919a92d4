"""What may be seen of a customer before he is authenticated, and where only a part of it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nba_desktop.backend.decisioning.entries.site import SecurityItemEntry
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel
from nba_desktop.contract.customer import SecurityItem

MASK: Final = "•••"
_HINT: Final = 3
_NUMBER_HINT: Final = 2
_FAMILY: Final[dict[Language, str]] = {"de": "Familie {name}", "en": "{name} family"}
_BIRTH_DATE: Final[dict[Language, str]] = {"de": "%d.%m.••••", "en": "%d/%m/••••"}


def display_name(customer: CustomerRecord, language: Language) -> str:
    """Return the name as it is shown."""
    if customer.salutation == "family" and not customer.first_name:
        return _FAMILY[language].format(name=customer.last_name)
    return f"{customer.first_name} {customer.last_name}".strip()


def mask_name(customer: CustomerRecord, language: Language) -> str:
    """Return the name with the first name's initial: enough for whoever spoke with him today."""
    if not customer.first_name:
        return display_name(customer, language)
    return f"{customer.first_name[:1]}. {customer.last_name}".strip()


def mask_contact_point(channel: ConsentChannel, point: str) -> str:
    """Return enough of the number or address a consent is for to tell it from another one of the customer's."""
    if not point:
        return ""
    match channel:
        case ConsentChannel.PHONE | ConsentChannel.SMS:
            return f"{MASK} {point[-_HINT:]}"
        case ConsentChannel.EMAIL:
            name, _, host = point.rpartition("@")
            return f"{name[:1]}{MASK}@{host}"
        case ConsentChannel.POST:
            street, _, place = point.rpartition(", ")
            return f"{street[:_HINT]}{MASK}, {place[:_NUMBER_HINT]}{MASK}"
        case _:
            return mask_number(point)


def mask_number(number: str) -> str:
    """Return the beginning of a customer number; at least three characters and a third of it stay hidden."""
    hidden = max(3, -(-len(number) // 3))
    return f"{number[: max(0, len(number) - hidden)].rstrip()} {MASK}".strip()


def mask_place(customer: CustomerRecord) -> str:
    """Return enough of the place to tell two people of one name apart."""
    return f"{customer.postcode[:2]}{MASK} {customer.city[:1]}{MASK}"


def security_items(
    customer: CustomerRecord, codes: Iterable[str], language: Language, declared: Iterable[SecurityItemEntry] = ()
) -> tuple[SecurityItem, ...]:
    """Return what can be asked of this customer, each with a partly masked value to compare the answer with.

    `declared` are the items that are attributes of the site.
    """
    hints = {
        # Of the end, which the masked number hides, and not so much that both together were the whole number.
        "customer_no": f"{MASK} {customer.customer_no[-_NUMBER_HINT:]}",
        "birth_date": customer.birth_date.strftime(_BIRTH_DATE[language]) if customer.birth_date else "",
        "iban_last4": f"•••• {customer.iban_last4}" if customer.iban_last4 else "",
        "meter_no": f"{MASK} {customer.meter_no[-_HINT:]}" if customer.meter_no else "",
        "postcode": f"{customer.postcode[:2]}{MASK}" if customer.postcode else "",
        "street": f"{customer.street[:3]}{MASK}" if customer.street else "",
    }
    labels: dict[str, str] = {}
    for one in declared:
        hints[one.attribute] = _declared_hint(customer.facts.get(one.attribute), one)
        labels[one.attribute] = one.label.into(language)
    return tuple(SecurityItem(code=code, hint=hints[code], label=labels.get(code)) for code in codes if hints.get(code))


def _declared_hint(value: object, item: SecurityItemEntry) -> str:
    """A part of the value; of a short one less than its half."""
    if not isinstance(value, str) or not value:
        return ""
    shown = min(item.characters, (len(value) - 1) // 2)
    if not shown:
        return MASK
    return f"{value[:shown]}{MASK}" if item.shows == "beginning" else f"{MASK} {value[-shown:]}"
