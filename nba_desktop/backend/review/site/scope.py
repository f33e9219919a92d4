"""Which calls the site's figures count: all of them, unless the rest of them would be of too few agents.

A lead knows his own team's figures. So what is left of the site without the teams that are large enough to be shown
must be nobody, or enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from nba_desktop.backend.review.reading import ReadWeek


def site_weeks(weeks: Sequence[ReadWeek], least_group: int) -> dict[date, list[ReadWeek]]:
    """Return for each week the teams' weeks that count together, oldest first; none where nobody would be left."""
    found: dict[date, list[ReadWeek]] = {}
    for week in sorted({one.week for one in weeks}):
        teams = {one.team_id: (one, agents_in(one)) for one in weeks if one.week == week}
        large = {team_id for team_id, (_, agents) in teams.items() if len(agents) >= least_group}
        rest = set[str]().union(*(agents for team_id, (_, agents) in teams.items() if team_id not in large))
        counted = teams if len(rest) >= least_group else large
        found[week] = [one for team_id, (one, _) in teams.items() if team_id in counted]
    return found


def agents_in(week: ReadWeek) -> set[str]:
    """Return the pseudonyms of those who took calls in a team's week."""
    names = week.segment.names["agents"]
    return {names[number] for number in np.flatnonzero(np.bincount(week.segment.calls["agent"])).tolist()}
