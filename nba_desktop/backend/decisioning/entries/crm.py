"""Where the site's CRM shows a customer or a case, as written: addresses with gaps."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Annotated, Final
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, StringConstraints

from nba_desktop.backend.decisioning.entries.base import Entry

CUSTOMER_GAP: Final = "{customer_no}"
CASE_GAP: Final = "{case_id}"

_URL_SIGNS: Final = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%{}-]+")
_EXAMPLE: Final = "write it as https://crm.example/customers/{customer_no}"


def _address(template: str, needed: str, allowed: tuple[str, ...]) -> str:
    """Return the template as it is; raise `ValueError` for what a browser must not be sent to."""
    if needed not in template:
        raise ValueError(f"the gap {needed} is missing: {_EXAMPLE.replace(CUSTOMER_GAP, needed)}")
    plain = template
    for gap in allowed:
        plain = plain.replace(gap, "")
    if "{" in plain or "}" in plain:
        raise ValueError(f"a gap that nothing fills: there is {' and '.join(allowed)}")
    if not _URL_SIGNS.fullmatch(template):
        raise ValueError("a sign that no address has: escape it with % and two digits")
    try:
        parts = urlsplit(template)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"this is not an address: {_EXAMPLE}") from None
    if parts.scheme not in ("https", "http") or not host:
        raise ValueError(f"this is not an address: {_EXAMPLE}")
    if "{" in parts.netloc or "@" in parts.netloc:
        raise ValueError("the name of the server is written out, without a gap and without a password")
    if parts.scheme == "http" and not _is_this_machine(host):
        raise ValueError("http is for this machine alone: write https")
    return template


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_Template = StringConstraints(min_length=1, max_length=500)


class CrmEntry(Entry):
    """Where the CRM shows a customer, and a case; without an address nothing is offered.

    `customer_url` has the gap `{customer_no}`, `case_url` the gap `{case_id}` and may have the other one. What fills
    them is escaped. Nothing else of a customer is ever put into an address.
    """

    customer_url: (
        Annotated[str, _Template, AfterValidator(lambda one: _address(one, CUSTOMER_GAP, (CUSTOMER_GAP,)))] | None
    ) = None
    case_url: (
        Annotated[str, _Template, AfterValidator(lambda one: _address(one, CASE_GAP, (CASE_GAP, CUSTOMER_GAP)))] | None
    ) = None

    def customer_address(self, customer_no: str) -> str | None:
        """Return where the CRM shows a customer, or None."""
        return _filled(self.customer_url, {CUSTOMER_GAP: customer_no})

    def case_address(self, case_id: str, customer_no: str) -> str | None:
        """Return where the CRM shows a customer's case, or None."""
        return _filled(self.case_url, {CASE_GAP: case_id, CUSTOMER_GAP: customer_no})


def _filled(template: str | None, values: dict[str, str]) -> str | None:
    # Dots alone would be steps in a path, which no escaping prevents.
    if template is None or any(not value.strip(".") for value in values.values()):
        return None
    for gap, value in values.items():
        template = template.replace(gap, quote(value, safe=""))
    return template
