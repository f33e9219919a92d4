"""What a sign-in comes to: who the agent is, and the tokens that speak for him."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Agent:
    """Who has signed in: `subject` is unique within `issuer` and never given to anybody else.

    `name` is for his own eyes, in a menu; `login` is what the provider is told of him when he is to sign in again.
    """

    issuer: str
    subject: str = field(repr=False)
    name: str = field(default="", repr=False, compare=False)
    login: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the token endpoint gave: `lifetime_s` is the access token's, the others are empty where it gave none."""

    access_token: str = field(repr=False)
    lifetime_s: float
    refresh_token: str = field(default="", repr=False)
    id_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An agent with his tokens."""

    agent: Agent
    tokens: Tokens
