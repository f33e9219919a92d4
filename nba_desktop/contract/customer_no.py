"""Customer numbers that an address can carry, from the CRM into the panel."""

from __future__ import annotations

import re
from typing import Final

ADDRESSABLE: Final = "up to 64 ASCII letters, digits, blanks and . _ / -, beginning with a letter or digit"
"""The rule in words."""

_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/ \-]{0,63}")


def is_addressable(customer_no: str) -> bool:
    """Say whether an address can carry it."""
    return _NUMBER.fullmatch(customer_no) is not None
