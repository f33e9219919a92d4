"""How busy the site's queues are."""

from __future__ import annotations

from nba_desktop.contract.base import Answer, Moment, Said
from nba_desktop.contract.codes import Load


class LoadSet(Said):
    """The load from now on. `PUT /v1/load` takes it."""

    load: Load


class LoadState(Answer):
    """The load as it is set, and since when; without `since` nobody has set it."""

    load: Load
    since: Moment | None = None
