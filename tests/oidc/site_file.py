"""What a site's file says of the test provider."""

from __future__ import annotations

from pathlib import Path

from tests.oidc.provider import Provider

_FILE = """\
issuer: {issuer}
audience: {audience}
roles_claim: roles
roles:
  NBA.Agent: agent
  NBA.TeamLead: team_lead
  NBA.Machine: machine
agent_claim: agent_id
machine_claim: client_id
{more}
"""


def sign_in_file(provider: Provider, folder: Path, more: str = "") -> Path:
    """Write `sign_in.yaml` for a backend that takes the provider's tokens; `more` are further lines."""
    path = folder / "sign_in.yaml"
    path.write_text(_FILE.format(issuer=provider.issuer, audience=provider.audience, more=more), encoding="utf-8")
    return path
