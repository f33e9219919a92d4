"""A sample customer with everything the backend keeps about him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nba_desktop.backend.model import CustomerRecord, PastResponse, TouchpointRecord
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose


@dataclass(frozen=True, slots=True)
class SampleConsent:
    """Something that happened to a consent of a sample customer."""

    purpose: ConsentPurpose
    channel: ConsentChannel
    event: ConsentEventType
    at: datetime


@dataclass(frozen=True, slots=True)
class SampleCustomer:
    """One customer; touchpoints, consents and responses are in order of time."""

    record: CustomerRecord
    touchpoints: tuple[TouchpointRecord, ...]
    consents: tuple[SampleConsent, ...]
    past: tuple[PastResponse, ...] = ()
