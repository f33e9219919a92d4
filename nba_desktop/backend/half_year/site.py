"""What a sample site has besides customers, so that a review can be seen: a team, its lead, and a works agreement."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.rows.teams import MemberRow, TeamRow
from nba_desktop.backend.samples.half_year.people import sample_teams
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.codes import ReviewMode

AGREEMENT: Final = "Muster-BV 2026/07"
_LASTS: Final = timedelta(days=365)
_A_DAY: Final = timedelta(days=1)
"""The site's day may have begun before that of UTC."""
_SET_BY: Final = "sample"


def set_up_review(unit: Unit, agent_id: str, now: datetime) -> None:
    """Let a sample site review single persons: a team that an agent is in and leads, by a made-up works agreement.

    A site that has teams, or has ever said how far the review goes, keeps what it has.
    """
    if not unit.teams.all():
        ensure_agent(unit.access, agent_id, now)
        (team,) = sample_teams(1)
        unit.teams.add(TeamRow(team.team_id, team.name, now))
        unit.teams.set_lead(team.team_id, agent_id, leads=True)
        unit.teams.set_member(MemberRow(agent_id, (now - _A_DAY).date(), team.team_id))
    if not unit.review_log.modes():
        unit.review_log.add_mode(ReviewModeRow(ReviewMode.COACHING, AGREEMENT, (now + _LASTS).date(), now, _SET_BY))
