"""How the site's other systems are doing: those that are asked in calls, and those that get results."""

from __future__ import annotations

from nba_desktop.contract.base import Answer, Count, Moment


class ProviderHealth(Answer):
    """A system that is asked; counted by this process since it started.

    `late` are answers that a decision did not wait for; with `left_alone` it failed so often that it is not asked for
    a while.
    """

    name: str
    asked: Count
    answered: Count
    failed: Count
    late: Count
    left_alone: bool


class ReceiverHealth(Answer):
    """A system that gets results: how many wait, since when the oldest, and the dead letters, which wait for a person.

    Of the oldest that waits: how often it was tried, why that failed last (such as `HTTP 500`), and when it is tried
    next, which is never while the system is disabled. What is `delivered` counts as long as results are kept.
    """

    name: str
    waiting: Count
    oldest_waiting: Moment | None = None
    attempts: Count = 0
    last_problem: str | None = None
    next_try: Moment | None = None
    delivered: Count
    dead: Count
    disabled: bool


class Connections(Answer):
    """All of them, by name; `since` is when this process started."""

    since: Moment
    providers: tuple[ProviderHealth, ...]
    receivers: tuple[ReceiverHealth, ...]
