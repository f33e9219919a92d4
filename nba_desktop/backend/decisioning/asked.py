"""Which attributes a catalogue makes use of, so that nothing else is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import BaseModel

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.content import gaps
from nba_desktop.backend.decisioning.entries.base import Words

DERIVED_FROM: Final[Mapping[str, str]] = {
    "above_below": "consumption_trend_pct",
    "boiler_age": "boiler_year",
    "contract_ends_in_days": "contract_ends_on",
    "credit_or_back_payment": "balance_forecast_eur",
    "maintenance_day_ct": "maintenance_eur",
    "moving": "move_date",
    "price_change_in_days": "price_change_date",
}
"""The attributes that are worked out from another one, and from which."""


def attributes_asked(catalogue: Catalogue) -> frozenset[str]:
    """Return the attributes that rules, sentences, needs, triggers and quiet calls ask, and what those follow from.

    What only the learning model looks at is not among them: nobody is asked for that.
    """
    entry = catalogue.entry
    found = {name for action in catalogue.actions for _, rule in action.rules for name in rule.condition.names}
    found |= {name for one in catalogue.triggers if one.when is not None for name in one.when.names}
    found |= {name for one in entry.actions for name in one.needs}
    found |= {*entry.quiet.outage, *entry.quiet.vulnerable}
    for part in (entry.actions, entry.groups, entry.levers, entry.triggers):
        found |= {gap.name for words in _words(part) for text in (words.de, words.en) for gap in gaps(text)}
    found |= {DERIVED_FROM[name] for name in found & DERIVED_FROM.keys()}
    return frozenset(found & catalogue.schema.keys())


def _words(part: object) -> Iterator[Words]:
    """Every sentence in a part of the catalogue, however deep."""
    if isinstance(part, Words):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _words(getattr(part, name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _words(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _words(value)
