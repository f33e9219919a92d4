"""`sample`: half a year of made-up calls, for a review to look at."""

from __future__ import annotations

import argparse
from time import monotonic
from typing import Final

from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_data,
    agent_id,
    backend_config,
    complain,
    say,
    table,
)
from nba_desktop.backend.half_year.loading import Made, Order, make_half_year
from nba_desktop.backend.opening import now_utc, open_database
from nba_desktop.backend.store.migrate import migrate

_SAY_EVERY_S: Final = 5.0
_USUAL: Final = Order(calls=1)
_CALLS_A_WEEK: Final = 45
"""Of one agent: with fewer a review has nothing to say of most of them."""
_FEWEST: Final = 16
_OF_A_TEAM: Final = 8
"""One more than the least group: who is away for a block does not hide the others."""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "sample",
        help="make up calls of the last weeks with known true effects, in a backend without calls; customers as needed",
    )
    add_data(parser)
    parser.add_argument("--calls", type=_number, required=True, help="how many, such as 200000")
    parser.add_argument("--agents", type=_number, help="how many (default: as many as these calls keep busy)")
    parser.add_argument("--teams", type=_number, help="how many (default: one for every eight agents, three at most)")
    parser.add_argument("--weeks", type=_number, default=_USUAL.weeks, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=_USUAL.seed, help="another one makes other calls")
    parser.add_argument(
        "--lead",
        type=agent_id,
        default=_USUAL.lead,
        help="the agent who leads the teams, of several all but the last (default: %(default)s)",
    )
    parser.set_defaults(run=_sample)


def _sample(args: argparse.Namespace) -> int:
    config = backend_config(args)
    agents = args.agents or min(max(args.calls // (args.weeks * _CALLS_A_WEEK), _FEWEST), _USUAL.agents)
    teams = args.teams or min(max(agents // _OF_A_TEAM, 1), _USUAL.teams)
    order = Order(args.calls, agents, teams, args.weeks, args.seed, args.lead)
    with open_database(config, existing=False) as database:
        migrate(database)
        made = make_half_year(database, config.resources, config.catalogue_path, order, now_utc(), _Progress().tell)
    new = f", {made.new_customers} of them new" if made.new_customers else ""
    complain(f"{made.calls} calls of {made.customers} customers{new}, {made.first} to {made.last}")
    say(table([("TEAM", "AGENT", "PSEUDONYM", "OPPORTUNITIES", "TRUE EFFECT"), *_rows(made)]))
    return EXIT_OK


def _rows(made: Made) -> list[tuple[str, ...]]:
    """What a review should find, and the agents about whom it should say nothing."""
    return [
        (
            one.agent.team.team_id,
            one.agent.agent_id,
            one.agent.code,
            str(one.opportunities),
            f"{100 * one.gain:+.1f} points"
            if one.agent.effect.points
            else "declines follow an objection to the price"
            if one.agent.effect.declined_after_price is not None
            else "none",
        )
        for one in made.truths
    ]


class _Progress:
    """Says how far it is, now and then."""

    def __init__(self) -> None:
        self._said = monotonic()

    def tell(self, done: int, calls: int) -> None:
        """Say it if it is time."""
        if monotonic() - self._said >= _SAY_EVERY_S:
            self._said = monotonic()
            complain(f"{done} of {calls} calls ({100 * done // calls} %)")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 10_000_000:
        raise argparse.ArgumentTypeError("a number from 1 to 10000000")
    return int(text)
