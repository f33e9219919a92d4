"""What the commands that report outcomes share: the service that keeps them and lets the model learn."""

from __future__ import annotations

from functools import partial

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.decisions.teaching import learn_or_say
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.store.unit import SqlStore


def outcome_service(store: SqlStore, catalogues: LiveCatalogues) -> OutcomeService:
    """Return the service that takes outcomes in, as a server has it."""
    learn = partial(learn_or_say, Learner(store, catalogues.of_version, now_utc))
    return OutcomeService(store, catalogues, learn, now_utc)
