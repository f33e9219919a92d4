"""What the site's page shows: its weeks, acceptance by talk time, and the ways that lead to calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from nba_desktop.contract.review import JourneyFlow, Period, SiteFigures, TalkTime
from nba_desktop.domain.blocks import BlockState

WEEKS: Final = (12, 26, 52)
"""The lengths of the periods that are offered."""


@dataclass(frozen=True, slots=True)
class SiteState:
    """Everything on the site's page; it is asked for once it is `opened`.

    `period` is None until the first answer says which weeks were over last.
    """

    opened: bool = False
    period: Period | None = None
    weeks: SiteFigures | None = None
    weeks_block: BlockState = BlockState()
    talk_time: TalkTime | None = None
    talk_time_block: BlockState = BlockState()
    flow: JourneyFlow | None = None
    flow_block: BlockState = BlockState()


def site_periods(period: Period) -> tuple[Period, ...]:
    """Return the periods to choose from, shortest first, all with the same last day."""
    lengths = sorted({*WEEKS, ((period.last - period.first).days + 1) // 7})
    return tuple(Period(first=period.last - timedelta(days=7 * weeks - 1), last=period.last) for weeks in lengths)
