"""The catalogue's actions as propensity models know them."""

from __future__ import annotations

from nba_desktop.backend.decisioning.attributes import NO_CONCERN, Schema
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.learning.features import Feature, features_of
from nba_desktop.backend.decisioning.learning.traits import ActionTraits


def traits_of(action: Action) -> ActionTraits:
    """Return what models know of an action of the catalogue."""
    return ActionTraits(
        action_id=action.action_id,
        kind=action.entry.kind,
        group=action.entry.group,
        base_rate=action.entry.base_rate,
        concerns=action.entry.concerns,
        advertising=action.advertising,
    )


def features_for(catalogue: Catalogue) -> tuple[Feature, ...]:
    """What the models may look at with this catalogue: its register's features, its own contact reasons."""
    return features_of_entry(catalogue.entry, catalogue.schema)


def features_of_entry(entry: CatalogueEntry, schema: Schema) -> tuple[Feature, ...]:
    """Return `features_for` what is not a catalogue yet; raises `FeatureError` for a contact reason twice."""
    concerns = (*(one.code for one in entry.concerns), NO_CONCERN)
    return features_of(schema, entry.attributes_off, {"concern": concerns})
