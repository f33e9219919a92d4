"""What a backend has of what panels acknowledged: everything, each once, in the order in which it was said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.e2e.processes import rows

# Effects, too: each response that came is one row, each retraction too, each call one contact.
_DOUBLED: Final = (
    "SELECT count(*) - count(DISTINCT event_id) FROM events",
    "SELECT count(*) - count(DISTINCT contact_id || ':' || seq) FROM events",
    "SELECT abs((SELECT count(*) FROM responses WHERE contact_id IS NOT NULL)"
    " - (SELECT count(*) FROM events WHERE type IN ('response_recorded', 'response_retracted')))",
    "SELECT count(*) - count(DISTINCT interaction_id) FROM contacts",
)
_GAPS: Final = "SELECT count(*) FROM (SELECT 1 FROM events GROUP BY contact_id HAVING max(seq) <> count(*))"
_ORDER: Final = (
    "SELECT count(*) FROM (SELECT seq, row_number() OVER (PARTITION BY contact_id ORDER BY e.rowid) AS place"
    " FROM events e JOIN contacts USING (contact_id) WHERE interaction_id LIKE '{calls}%') WHERE seq <> place"
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many events the backend lacks, has or counts twice, and has in another order."""

    lost: int
    doubled: int
    out_of_order: int

    @property
    def is_good(self) -> bool:
        """Whether each arrived exactly once and in order."""
        return not (self.lost or self.doubled or self.out_of_order)


def compare(acknowledged: Collection[str], site: Path, calls: str = "") -> Arrived:
    """Compare the ids of `acknowledged` with the store of the backend in the folder `site`.

    The order is looked at in the calls whose name at the telephone system begins with `calls`: those that nobody told
    the backend of but the outbox, which no answer to a question has overtaken.
    """
    arrived = {event_id for (event_id,) in rows(site, "SELECT event_id FROM events")}
    return Arrived(
        lost=len({one.replace("-", "") for one in acknowledged} - arrived),
        doubled=sum(_number(site, query) for query in _DOUBLED),
        out_of_order=_number(site, _GAPS) + _number(site, _ORDER.format(calls=calls)),
    )


def _number(site: Path, query: str) -> int:
    ((number,),) = rows(site, query)
    return int(number)
