"""What of an action is counted over all teams: what the pages of the teams show together, and nothing beside it.

Whoever sees an action over all teams may see teams, too: the one less the others would be the team whose page hides it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from nba_desktop.backend.decisioning.entries.site import ReviewEntry
from nba_desktop.backend.review.asking import Asking, Counted, Question
from nba_desktop.backend.review.figures import few

_MEASURES: Final = ("shown", "opportunities", "addressed", "decided", "chances", "mature")
"""What the figures of an action are of; one of too few agents is hidden on the page of a team."""


@dataclass(frozen=True, slots=True)
class OverTeams:
    """The counts over teams, and how many teams with calls that might be of it were left out."""

    counted: Counted
    left_out: int


def count_over_teams(asking: Asking, question: Question, rules: ReviewEntry, today: date) -> OverTeams:
    """Count a question over the teams whose own page shows all of it; where no team's does, over all of them."""
    whole = asking.count(question, rules, today)
    shown, hidden = set[str](), set[str]()
    for team_id in whole.teams:
        team = asking.count(replace(question, team_id=team_id), rules, today)
        if not team.counts.actions["shown"].any():
            if team.left_out_weeks:
                hidden.add(team_id)
        elif _shows_all(team, rules.least_group):
            shown.add(team_id)
        else:
            hidden.add(team_id)
    if not shown:
        return OverTeams(whole, 0)
    return OverTeams(asking.count(replace(question, teams=frozenset(shown)), rules, today), len(hidden))


def _shows_all(team: Counted, least_group: int) -> bool:
    counts = [team.counts.actions[name].sum(axis=1, keepdims=True) for name in _MEASURES]
    return team.protected.group(team.question.sieve) and not any(few(one, least_group)[0] for one in counts)
