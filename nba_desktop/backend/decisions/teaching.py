"""What was answered is kept, whether or not it can be learnt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import UUID

from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.errors import ConfigurationError, LearningError, NotFound
from nba_desktop.backend.ports.unit import Unit

Learn = Callable[[Unit, UUID, str, UUID], None]
"""Learns of one recommendation (decision and action) after the event that was just stored."""

_log = logging.getLogger(__name__)


def learn_or_say(learner: Learner, unit: Unit, decision_id: UUID, action_id: str, event_id: UUID) -> None:
    """Learn of one recommendation; where its version or its model cannot be used any more, log that it was not learnt.

    The event counts all the same: a customer's answer is never refused because a model cannot take it.
    """
    try:
        learner.learn(unit, decision_id, action_id, event_id)
    except (ConfigurationError, LearningError, NotFound) as error:
        _log.error("nothing was learnt of decision %s, action %s: %s", decision_id, action_id, error)
