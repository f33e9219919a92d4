"""Engines are compiled once for each version of the catalogue."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Protocol

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import DecisionOutcome, Engine
from nba_desktop.backend.decisioning.learning.protocols import PropensityModel
from nba_desktop.backend.decisioning.record import DecisionRecord
from nba_desktop.backend.decisioning.request import DecisionRequest

_KEPT: Final = 8
"""Versions that decide at one time: the live one, a ramped one and some in shadow."""


class Decides(Protocol):
    """What decides with one catalogue."""

    def decide(self, model: PropensityModel, request: DecisionRequest) -> DecisionOutcome:
        """Choose actions for one customer at one moment, in words."""

    def judge(self, model: PropensityModel, request: DecisionRequest) -> DecisionRecord:
        """Decide without words."""


EngineOf = Callable[[Catalogue], Decides]


class Engines:
    """Keeps the engines of the versions that decide; used by whoever holds the writing transaction."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, Engine] = OrderedDict()

    def __call__(self, catalogue: Catalogue) -> Engine:
        """Return the engine of a version."""
        engine = self._made.get(catalogue.version)
        if engine is None:
            engine = self._made[catalogue.version] = Engine(catalogue)
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        self._made.move_to_end(catalogue.version)
        return engine
