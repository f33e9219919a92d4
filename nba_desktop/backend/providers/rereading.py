"""The providers of a site, read anew when another version of the catalogue decides: it may declare what they supply."""

from __future__ import annotations

import logging
from collections.abc import Callable

from nba_desktop.backend.catalogues.live import InForce
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.backend.providers.provider import Providers

_log = logging.getLogger(__name__)


class Rereading:
    """Looks whether there is something to read; used by one thread at a time."""

    def __init__(self, live: LiveFacts, in_force: Callable[[], InForce], read: Callable[[InForce], Providers]) -> None:
        self._live = live
        self._in_force = in_force
        self._read = read
        self._read_for = in_force()

    def turn(self) -> None:
        """Take the providers of the catalogue in force; a file that does not fit it is logged and changes nothing.

        Raises what `in_force` raises, such as `StoreUnavailable`: the next turn looks again.
        """
        in_force = self._in_force()
        if in_force is self._read_for:
            return
        self._read_for = in_force
        try:
            self._live.take(self._read(in_force))
        except CatalogueErrors as errors:
            _log.error("the providers stay as they were, because they do not fit the catalogue in force:\n%s", errors)
