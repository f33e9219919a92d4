"""What the log says of endpoints that fail: once for each kind of problem, and once when it is over."""

from __future__ import annotations

import logging

from nba_desktop.backend.outbound.policy import Answer, Said

_log = logging.getLogger(__name__)


class Troubles:
    """Remembers what was said of each endpoint, so that results that are tried for days do not fill the log.

    A server shows warnings and what is worse: that something is over is for whoever read that it began.
    """

    def __init__(self) -> None:
        self._away: dict[str, str] = {}
        self._refused: dict[str, set[str]] = {}

    def heard(self, name: str, answer: Answer) -> None:
        """Say what is new in an answer."""
        if answer.said is Said.AWAY:
            if self._away.get(name) != answer.words:
                self._away[name] = answer.words
                _log.warning("the endpoint %s does not work: %s; what is for it waits", name, answer.words)
            return
        if self._away.pop(name, None) is not None:
            _log.warning("the endpoint %s answers again", name)
        if answer.said is Said.REFUSED:
            said = self._refused.setdefault(name, set())
            if answer.words not in said:
                said.add(answer.words)
                _log.warning(
                    "the endpoint %s refuses results: %s; they are tried again, `outbound status` shows when",
                    name,
                    answer.words,
                )

    def refuses(self, name: str) -> bool:
        """Whether the log's last word of an endpoint is that it refuses results."""
        return name in self._refused

    def are_over(self, name: str) -> None:
        """Say that nothing waits any more that an endpoint refused: it took it, or it is a dead letter."""
        del self._refused[name]
        _log.warning("the endpoint %s takes results: nothing that it refused waits any more", name)
