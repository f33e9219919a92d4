"""A call that a colleague had before: what he did, for the agent to whom it was transferred."""

from __future__ import annotations

from nba_desktop.contract.base import Answer, Code, Moment
from nba_desktop.contract.codes import CallFlag, ResponseCode


class HandedAction(Answer):
    """An action the colleague raised: the objections by their phrases, and the response; None is still open."""

    action_id: Code
    title: str
    objections: tuple[str, ...] = ()
    response: ResponseCode | None = None


class HandoverDetails(Answer):
    """What the colleague did in the call."""

    concern: Code | None = None
    solved: bool | None = None
    actions: tuple[HandedAction, ...] = ()
    note: str = ""


class Handover(Answer):
    """The colleague's part of this call; `details` is None until the caller is authenticated as the same customer.

    `certain` when the telephone system itself says that it is the same call; else number and time make it probable.
    `own` is an earlier part of the agent himself: the call came back, or his panel was started anew in mid-call.
    `at` is when the part ended, or when it was last heard of. `authenticated` says that he had authenticated the
    caller. `flags` are what he noticed that holds sales back, told where he vouches for the caller or with the details;
    they hold until the agent takes them back.
    """

    certain: bool
    at: Moment
    authenticated: bool
    own: bool = False
    flags: tuple[CallFlag, ...] = ()
    details: HandoverDetails | None = None
