"""`agent`: what agents may do and promise."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime

from nba_desktop.backend.catalogues.lifecycle import lives_of
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_data,
    agent_id,
    code,
    codes,
    complain,
    existing_store,
    family,
    say,
    table,
)
from nba_desktop.backend.commands.named_catalogue import skills_of
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.access import AgentProfile
from nba_desktop.backend.tokens import ensure_agent


def add(commands: Commands) -> None:
    """Declare the commands."""
    agent = family(commands, "agent", "skills and authority of agents")
    listing = agent.add_parser("list", help="list the agents")
    add_data(listing)
    listing.set_defaults(run=_list)
    setting = agent.add_parser("set", help="say what an agent may do; what is not named stays as it is")
    add_data(setting)
    setting.add_argument("--agent", type=agent_id, required=True, help="whose profile it is")
    setting.add_argument("--name", type=_display_name, help="how he is called; empty takes it back")
    setting.add_argument("--skills", type=codes, metavar="A,B", help="skills as the catalogue names them; empty: none")
    setting.add_argument(
        "--authority", type=_level, metavar="LEVEL", help="level of the catalogue's bonus limits; empty: none"
    )
    setting.set_defaults(run=_set)
    adding = agent.add_parser("add", help="make an agent known before he signs in for the first time")
    add_data(adding)
    adding.add_argument("agent", type=agent_id, metavar="AGENT", help="as the identity provider will name him")
    adding.set_defaults(run=_add)
    blocking = agent.add_parser("block", help="let nobody in for an agent any more, whatever token he has")
    unblocking = agent.add_parser("unblock", help="let an agent in again")
    for parser, run in ((blocking, _block), (unblocking, _unblock)):
        add_data(parser)
        parser.add_argument("agent", type=agent_id, metavar="AGENT", help="as `agent list` shows him")
        parser.set_defaults(run=run)


def _list(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.read() as unit:
        profiles, blocked = unit.access.profiles(), unit.access.blocked()
    rows = [(*_row(one), f"{blocked[one.agent_id]:%Y-%m-%d}" if one.agent_id in blocked else "–") for one in profiles]
    say(table([("AGENT", "NAME", "SKILLS", "AUTHORITY", "BLOCKED"), *rows]))
    return EXIT_OK


def _set(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.write() as unit:
        profile = unit.access.profile(args.agent)
        if profile is None:
            raise ConfigurationError(
                f"there is no agent {args.agent}: `agent list` shows those there are, `agent add` adds one"
            )
        if args.name is not None:
            profile = replace(profile, display_name=args.name or None)
        if args.skills is not None:
            profile = replace(profile, skills=args.skills)
        if args.authority is not None:
            profile = replace(profile, authority=args.authority or None)
        unit.access.set_profile(profile)
        unheard_of = _unheard_of(unit, profile)
    say(table([_row(profile)]))
    for one in unheard_of:
        complain(f"The live version of the catalogue knows no {one}: it counts for nothing until one does.")
    return EXIT_OK


def _add(args: argparse.Namespace) -> int:
    with existing_store(args) as store, store.write() as unit:
        ensure_agent(unit.access, args.agent, now_utc())
    return EXIT_OK


def _block(args: argparse.Namespace) -> int:
    _set_blocked(args, now_utc())
    complain("His next request is refused; a panel that listens to his calls is let go within a minute.")
    return EXIT_OK


def _unblock(args: argparse.Namespace) -> int:
    _set_blocked(args, None)
    return EXIT_OK


def _set_blocked(args: argparse.Namespace, since: datetime | None) -> None:
    with existing_store(args) as store, store.write() as unit:
        if not unit.access.set_blocked(args.agent, since):
            raise ConfigurationError(f"there is no agent {args.agent}: `agent list` shows those there are")


def _unheard_of(unit: Unit, profile: AgentProfile) -> list[str]:
    """What the live version does not name; it may come with a later one, or be mistyped."""
    if lives_of(unit.catalogues.steps()).live is None:
        return []
    entry = LiveCatalogues().in_force(unit).live.entry
    found = [f"skill {one}" for one in sorted(profile.skills - skills_of(entry))]
    if profile.authority is not None and profile.authority not in entry.bonus.limits_eur:
        found.append(f"authority {profile.authority}")
    return found


def _row(profile: AgentProfile) -> tuple[str, ...]:
    return (
        profile.agent_id,
        profile.display_name or "–",
        ",".join(sorted(profile.skills)) or "–",
        profile.authority or "–",
    )


def _display_name(text: str) -> str:
    if len(text) > 200 or not text.isprintable():
        raise argparse.ArgumentTypeError("a name has at most 200 printable characters")
    return text.strip()


def _level(text: str) -> str:
    return code(text) if text else ""
