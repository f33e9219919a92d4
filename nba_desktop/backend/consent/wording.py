"""Consent wordings as they are kept: what was in force when stays known, also after a change of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose
from nba_desktop.contract.consent import ConsentWording

if TYPE_CHECKING:
    from nba_desktop.backend.ports import ConsentStore

_Key = tuple[str, Language, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of a wording in one language, in force from `introduced_at` until `retired_at`."""

    wording_id: str
    language: Language
    version: int
    purpose: ConsentPurpose
    channels: frozenset[ConsentChannel]
    text: str
    text_sha256: str
    introduced_at: datetime
    retired_at: datetime | None = None

    @property
    def key(self) -> _Key:
        """What a version is known by."""
        return (self.wording_id, self.language, self.version)


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
        )
        for wording in current
    }


def _check_unchanged(known: Mapping[_Key, Wording], wanted: Mapping[_Key, Wording]) -> None:
    for key, wording in wanted.items():
        stored = known.get(key)
        if stored is not None and replace(stored, introduced_at=wording.introduced_at, retired_at=None) != wording:
            raise ConfigurationError(
                f"the consent wording {wording.wording_id} ({wording.language}) version {wording.version} was changed: "
                f"a wording is never edited, give the changed one version {wording.version + 1}"
            )
