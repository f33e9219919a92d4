"""What a consent's proof is kept under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ConsentRestriction:
    """A customer who was erased: what proves his consents is kept, for the consent officer's eyes alone."""

    customer_id: str
    customer_no: str
    at: datetime
