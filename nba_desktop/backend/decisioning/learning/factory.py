"""Makes the model that a site has chosen, with what it had learnt."""

from __future__ import annotations

from collections.abc import Sequence

from nba_desktop.backend.decisioning.learning.bayes import BayesModel
from nba_desktop.backend.decisioning.learning.beta import BetaModel
from nba_desktop.backend.decisioning.learning.features import Encoder, Feature
from nba_desktop.backend.decisioning.learning.fixed import FixedModel
from nba_desktop.backend.decisioning.learning.protocols import LearningModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.snapshot import read_snapshot
from nba_desktop.backend.decisioning.learning.traits import ActionTraits
from nba_desktop.backend.errors import SnapshotError


def make_model(
    settings: LearningSettings,
    traits: Sequence[ActionTraits],
    features: Sequence[Feature],
    snapshot: bytes | None = None,
) -> LearningModel:
    """Build the model of `settings.mode` for these actions and features, and restore a snapshot of the same mode.

    Raises `FeatureError` for features that cannot be used and `SnapshotError` for a snapshot that cannot.
    """
    if settings.mode == "fixed":
        return FixedModel(settings, traits)
    model: BayesModel | BetaModel
    model = BetaModel(settings, traits) if settings.mode == "beta" else BayesModel(settings, traits, Encoder(features))
    if snapshot is not None:
        found = read_snapshot(snapshot)
        if found.mode != model.mode:
            raise SnapshotError(f"the snapshot is of mode '{found.mode}', the model of mode '{model.mode}'")
        model.restore(found.beliefs)
    return model
