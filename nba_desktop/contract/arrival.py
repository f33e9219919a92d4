"""What another system hears of the touchpoints that it reports, and what a panel hears of what they raise."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from nba_desktop.contract.base import Answer, Code, Count
from nba_desktop.contract.problems import Problem


class ArrivalVerdict(Answer):
    """What became of one event, which `source` and `id` name as it came; both are empty where they cannot be read."""

    source: str
    id: str
    verdict: Literal["accepted", "duplicate", "refused"]
    problem: Problem | None = None


class ArrivalVerdicts(Answer):
    """A verdict for each event of a batch, in its order."""

    verdicts: tuple[ArrivalVerdict, ...]


class OfferNews(Answer):
    """Something happened to the customer of a running call that raises these actions; what to do comes when asked.

    `sequence` counts with the calls of the same stream.
    """

    sequence: Count
    contact_id: UUID
    action_ids: tuple[Code, ...]
