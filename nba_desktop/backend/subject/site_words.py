"""What the site calls its actions, contact reasons, objections and attributes: its codes as words for the export."""

from __future__ import annotations

from typing import Final

from nba_desktop.backend.decisioning.attributes import Attribute
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.subject.attribute_words import meaning_of
from nba_desktop.contract.base import Language

_UNITS: Final = {"eur": "EUR", "ct": "ct", "percent": "%", "kwh": "kWh", "kw": "kW"}


def site_words(catalogue: Catalogue, language: Language) -> dict[str, str]:
    """Return the words for codes that a catalogue gives, as `key:code` with the key that the code stands under."""
    entry = catalogue.entry
    said = {f"action_id:{one.action_id}": one.entry.title.into(language) for one in catalogue.actions}
    said |= {f"concern:{one.code}": one.label.into(language) for one in entry.concerns}
    said |= {f"group_id:{one.id}": one.label.into(language) for one in entry.groups}
    for action in catalogue.actions:
        said |= {f"objection_id:{one.id}": one.phrase.into(language) for one in action.entry.objections}
    known = {**catalogue.schema, **catalogue.vocabulary.attributes}
    said |= {f"name:{name}": _meaning(one, language) for name, one in known.items()}
    return said | catalogue.declared_words(language)


def _meaning(attribute: Attribute, language: Language) -> str:
    meaning, unit = meaning_of(attribute, language), _UNITS.get(attribute.unit, attribute.unit)
    told = "" if unit in ("", "year", "years", "days") else f" ({unit})"
    return f"{meaning[:1].upper()}{meaning[1:]}{told}"
