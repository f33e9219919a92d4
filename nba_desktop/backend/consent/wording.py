"""Consent wordings as they are kept: what was in force when stays known, also after a change of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose
from nba_desktop.contract.consent import ConsentWording

if TYPE_CHECKING:
    from nba_desktop.backend.ports.consents import ConsentStore

_KEPT_LATER: Final = (
    "valid_from",
    "valid_to",
    "company_name",
    "company_address",
    "goods_and_services",
    "privacy_notice_version",
    "approved_by",
    "approved_at",
)

_Key = tuple[str, Language, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a wording in one language, in force from `introduced_at` until `retired_at`.

    `valid_from` and `valid_to` are what the catalogue says, days both of them included. What the guidance on § 7a UWG
    wants known beside the text – who asks, with which seat, for which goods and services, by which notice, and who
    approved it – is empty for wordings from before it was kept.
    """

    wording_id: str
    language: Language
    version: int
    purpose: ConsentPurpose
    channels: frozenset[ConsentChannel]
    text: str
    text_sha256: str
    introduced_at: datetime
    retired_at: datetime | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    company_name: str | None = None
    company_address: str | None = None
    goods_and_services: str | None = None
    privacy_notice_version: str | None = None
    approved_by: str | None = None
    approved_at: date | None = None

    @property
    def key(self) -> _Key:
        """What a version is known by."""
        return (self.wording_id, self.language, self.version)

    def record(self) -> dict[str, str | int | list[str] | None]:
        """Return everything that is never edited, as JSON takes it."""
        return {
            "approved_at": _day(self.approved_at),
            "approved_by": self.approved_by,
            "channels": sorted(channel.value for channel in self.channels),
            "company_address": self.company_address,
            "company_name": self.company_name,
            "goods_and_services": self.goods_and_services,
            "language": self.language,
            "privacy_notice_version": self.privacy_notice_version,
            "purpose": self.purpose.value,
            "text": self.text,
            "text_sha256": self.text_sha256,
            "valid_from": _day(self.valid_from),
            "valid_to": _day(self.valid_to),
            "version": self.version,
            "wording_id": self.wording_id,
        }

    def record_sha256(self) -> str:
        """Return the hash that entries name beside that of the text: it covers the whole record."""
        text = json.dumps(self.record(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


def is_in_force(wording: ConsentWording, day: date) -> bool:
    """Say whether the catalogue lets a wording be read on a day; both its days count."""
    return (wording.valid_from is None or wording.valid_from <= day) and (
        wording.valid_to is None or day <= wording.valid_to
    )


def register_wordings(consents: ConsentStore, current: Iterable[ConsentWording], now: datetime) -> None:
    """Introduce the catalogue's wordings that are new, retire the ones it no longer has.

    Raises `ConfigurationError` when a known version comes with another text: a change is a new version.
    """
    known = {wording.key: wording for wording in consents.wordings()}
    wanted = _wanted(current, now)
    _check_unchanged(known, wanted)
    for key, wording in wanted.items():
        stored = known.get(key)
        if stored is None:
            consents.introduce_wording(wording)
        elif stored.retired_at is not None:
            # The catalogue went back to an earlier one.
            consents.set_retired(stored, None)
    for key, stored in known.items():
        if key not in wanted and stored.retired_at is None:
            consents.set_retired(stored, now)


def check_wordings(consents: ConsentStore, current: Iterable[ConsentWording]) -> None:
    """Raise `ConfigurationError` when a known version of a wording comes with another text; change nothing."""
    known = {wording.key: wording for wording in consents.wordings()}
    _check_unchanged(known, _wanted(current, datetime.min.replace(tzinfo=UTC)))


def _wanted(current: Iterable[ConsentWording], now: datetime) -> dict[_Key, Wording]:
    return {
        (wording.wording_id, wording.language, wording.version): Wording(
            wording_id=wording.wording_id,
            language=wording.language,
            version=wording.version,
            purpose=wording.purpose,
            channels=frozenset(wording.channels),
            text=wording.text,
            text_sha256=wording.text_sha256,
            introduced_at=now,
            valid_from=wording.valid_from,
            valid_to=wording.valid_to,
            company_name=wording.company_name,
            company_address=wording.company_address,
            goods_and_services=wording.goods_and_services,
            privacy_notice_version=wording.privacy_notice_version,
            approved_by=wording.approved_by,
            approved_at=wording.approved_at,
        )
        for wording in current
    }


def _check_unchanged(known: Mapping[_Key, Wording], wanted: Mapping[_Key, Wording]) -> None:
    for key, wording in wanted.items():
        stored = known.get(key)
        if stored is not None and _as_kept(wording, stored) != stored:
            raise ConfigurationError(
                f"the consent wording {wording.wording_id} ({wording.language}) version {wording.version} was changed: "
                f"a wording is never edited, give the changed one version {wording.version + 1}"
            )


def _as_kept(wording: Wording, stored: Wording) -> Wording:
    """Return a wording with what a stored one has got since, and without what was not kept yet when that one came."""
    wording = replace(wording, introduced_at=stored.introduced_at, retired_at=stored.retired_at)
    nothing: dict[str, Any] = dict.fromkeys(_KEPT_LATER)
    return wording if stored.company_name is not None else replace(wording, **nothing)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
