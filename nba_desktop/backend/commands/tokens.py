"""`token`: who may ask a site's backend."""

from __future__ import annotations

import argparse
from uuid import UUID

from nba_desktop.backend.commands.common import (
    EXIT_OK,
    Commands,
    add_data,
    agent_id,
    complain,
    existing_store,
    family,
    say,
)
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.rows.access import TokenRow
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.codes import Role


def add(commands: Commands) -> None:
    """Declare the commands."""
    token = family(commands, "token", "tokens of a site")
    creating = token.add_parser("create", help="make a token and print it, once")
    add_data(creating)
    creating.add_argument("--agent", type=agent_id, required=True, help="whose token it is")
    creating.add_argument(
        "--role", action="append", required=True, choices=[role.value for role in Role], help="may be repeated"
    )
    creating.set_defaults(run=_create)
    listing = token.add_parser("list", help="list the tokens")
    add_data(listing)
    listing.set_defaults(run=_list)
    revoking = token.add_parser("revoke", help="make a token worthless at once")
    add_data(revoking)
    revoking.add_argument("token_id", type=UUID, help="as `token list` shows it")
    revoking.set_defaults(run=_revoke)


def _create(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        say(TokenService(store, now_utc).create(args.agent, frozenset(Role(role) for role in args.role)))
    complain("This token is not shown again.")
    return EXIT_OK


def _list(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        rows = TokenService(store, now_utc).tokens()
    for row in rows:
        state = _state(row)
        roles = ",".join(sorted(row.roles))
        say(f"{row.token_id}  {row.agent_id}  {row.recipient_code}  {roles}  {row.created_at:%Y-%m-%d}  {state}")
    return EXIT_OK


def _state(row: TokenRow) -> str:
    if row.revoked_at is not None:
        return f"revoked {row.revoked_at:%Y-%m-%d}"
    return "valid" if row.blocked_since is None else "agent blocked"


def _revoke(args: argparse.Namespace) -> int:
    with existing_store(args) as store:
        TokenService(store, now_utc).revoke(args.token_id)
    return EXIT_OK
