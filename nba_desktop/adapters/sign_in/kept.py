"""A sign-in kept until the next start: what is kept, where, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from nba_desktop.adapters.settings import SignInSettings
from nba_desktop.adapters.sign_in.tokens import Agent


class KeptSignIn(Protocol):
    """The place for one sign-in in an agent's own store; each way may raise `PanelError`.

    Asked in the thread that made the store.
    """

    def read(self) -> str | None: ...

    def store(self, token: str) -> None: ...

    def delete(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """Who signed in last, and what renews his sign-in."""

    agent: Agent
    refresh_token: str = field(repr=False)


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    issuer: str
    client_id: str
    subject: str
    name: str
    login: str
    refresh_token: str


def written(kept: Kept, settings: SignInSettings) -> str:
    """The text that is kept."""
    agent = kept.agent
    return _Written(
        issuer=agent.issuer,
        client_id=settings.client_id,
        subject=agent.subject,
        name=agent.name,
        login=agent.login,
        refresh_token=kept.refresh_token,
    ).model_dump_json()


def kept_of(text: str | None, settings: SignInSettings) -> Kept | None:
    """What was kept; None for nothing, for what cannot be read, and for another provider's or client's."""
    if not text:
        return None
    try:
        one = _Written.model_validate_json(text)
    except ValidationError:
        return None
    if (one.issuer, one.client_id) != (settings.issuer, settings.client_id):
        return None
    return Kept(Agent(one.issuer, one.subject, one.name, one.login), one.refresh_token)
