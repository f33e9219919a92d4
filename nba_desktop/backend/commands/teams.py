"""`team`: teams, who is in them from when, and who leads them."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, time, timedelta

from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_data,
    agent_id,
    code,
    complain,
    existing_store,
    family,
    say,
    table,
)
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.teams import MemberRow, TeamRow


def add(commands: Commands) -> None:
    """Declare the commands."""
    team = family(commands, "team", "teams of agents, as the review counts them")
    adding = team.add_parser("add", help="add a team")
    _add_team(adding)
    adding.add_argument("--name", type=_name, required=True, help="how it is called")
    adding.set_defaults(run=_add)
    member = team.add_parser("member", help="say from which day on an agent is in a team; his calls count for it then")
    _add_team(member)
    member.add_argument("--agent", type=agent_id, required=True, help="as `agent list` shows him")
    member.add_argument(
        "--from", dest="since", type=date.fromisoformat, metavar="DATE", help="such as 2026-07-01 (default: today)"
    )
    member.add_argument("--leaves", action="store_true", help="from that day on he is in no team")
    member.set_defaults(run=_member)
    lead = team.add_parser("lead", help="say who may see a team's review")
    _add_team(lead)
    lead.add_argument("--agent", type=agent_id, required=True, help="who has a token with the role team_lead")
    lead.add_argument("--remove", action="store_true", help="he leads it no more")
    lead.set_defaults(run=_lead)
    listing = team.add_parser("list", help="list the teams with their leads and members of today")
    add_data(listing)
    listing.set_defaults(run=_list)


def _add_team(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument("team", type=code, help="the team's id: letters, digits and '_'")


def _add(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.write() as unit:
        if not unit.teams.add(TeamRow(args.team, args.name, now_utc())):
            raise ConfigurationError(f"there is a team {args.team} already: `team list` shows it")
    say(table([(args.team, args.name)]))
    return EXIT_OK


def _member(args: argparse.Namespace) -> int:
    since = args.since or now_utc().date()
    with existing_store(args) as store, store.write() as unit:
        team = _known(unit, args)
        before = [one for one in unit.teams.members() if one.agent_id == args.agent and one.since <= since]
        if args.leaves and (not before or before[-1].team_id != team.team_id):
            raise ConfigurationError(f"{args.agent} is not in the team {team.team_id} on {since}")
        unit.teams.set_member(MemberRow(args.agent, since, None if args.leaves else team.team_id))
        # A day of the site may begin the evening before.
        begin = datetime.combine(since, time(), UTC) - timedelta(days=1)
        unit.review.changed_agent(args.agent, begin, now_utc())
    say(f"{args.agent} is in {'no team' if args.leaves else team.name} from {since} on")
    return EXIT_OK


def _lead(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.write() as unit:
        team = _known(unit, args)
        unit.teams.set_lead(team.team_id, args.agent, leads=not args.remove)
    say(f"{args.agent} {'no longer leads' if args.remove else 'leads'} {team.name}")
    if not args.remove:
        complain("He needs a token with the role team_lead: `token create` makes one.")
    return EXIT_OK


def _list(args: argparse.Namespace) -> int:
    today = now_utc().date()
    with existing_store(args) as store, store.read() as unit:
        teams, members = unit.teams.all(), unit.teams.members()
    now = {one.agent_id: one.team_id for one in members if one.since <= today}
    rows = [
        (
            one.team_id,
            one.name,
            ",".join(sorted(one.leads)) or "–",
            ",".join(sorted(agent for agent, team_id in now.items() if team_id == one.team_id)) or "–",
        )
        for one in teams
    ]
    say(table([("TEAM", "NAME", "LEADS", "MEMBERS"), *rows]))
    return EXIT_OK


def _known(unit: Unit, args: argparse.Namespace) -> TeamRow:
    team = next((one for one in unit.teams.all() if one.team_id == args.team), None)
    if team is None:
        raise ConfigurationError(
            f"there is no team {args.team}: `team list` shows those there are, `team add` adds one"
        )
    if unit.access.profile(args.agent) is None:
        raise ConfigurationError(
            f"there is no agent {args.agent}: `agent list` shows those there are, `agent add` adds one"
        )
    return team


def _name(text: str) -> str:
    if not 1 <= len(text.strip()) <= 200 or not text.isprintable():
        raise argparse.ArgumentTypeError("a name has 1 to 200 printable characters")
    return text.strip()
