"""Consents of a week by purpose and channel: what was asked in its calls, and what became of what was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.rows.site_figures import ConsentSaid
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose
from nba_desktop.contract.review import ConsentRates

_Key = tuple[ConsentPurpose, ConsentChannel]
_Whose = tuple[str, ConsentPurpose, ConsentChannel]

_CONFIRMED_APART: Final = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})


class After:
    """When customers confirmed or withdrew."""

    def __init__(self, said: Iterable[ConsentSaid]) -> None:
        self._at: dict[tuple[_Whose, ConsentEventType], list[datetime]] = defaultdict(list)
        for one in said:
            self._at[(one.customer_id, one.purpose, one.channel), one.event].append(one.at)

    def happened(self, given: ConsentSaid, event: ConsentEventType) -> bool:
        """Whether this happened to a consent after it was given."""
        times = self._at.get(((given.customer_id, given.purpose, given.channel), event), ())
        return any(at >= given.at for at in times)


def consent_rates(
    said: Sequence[ConsentSaid], after: After, missing: int, least_group: int
) -> tuple[ConsentRates, ...]:
    """Return the rates of each purpose and channel that was asked for, in order.

    `said` is of one week, `missing` how many of its calls had a consent to ask for. A call counts once; what fewer
    agents than the least group asked is hidden.
    """
    by_key: dict[_Key, dict[object, ConsentSaid]] = defaultdict(dict)
    for one in said:
        of_call = by_key[one.purpose, one.channel]
        # The last word of a call counts, and a yes or no more than having asked.
        if one.event is not ConsentEventType.ASKED or one.call_id not in of_call:
            of_call[one.call_id] = one
    return tuple(
        _rates(key, tuple(by_key[key].values()), after, missing, least_group)
        for key in sorted(
            by_key, key=lambda key: (list(ConsentPurpose).index(key[0]), list(ConsentChannel).index(key[1]))
        )
    )


def _rates(key: _Key, calls: Sequence[ConsentSaid], after: After, missing: int, least_group: int) -> ConsentRates:
    given = [one for one in calls if one.event is ConsentEventType.GRANTED]
    few_asked, few_given = (len({one.agent for one in some}) < least_group for some in (calls, given))
    confirmed = sum(after.happened(one, ConsentEventType.DOI_CONFIRMED) for one in given)
    withdrawn = sum(after.happened(one, ConsentEventType.WITHDRAWN) for one in given)
    apart = len(given) if key[1] in _CONFIRMED_APART else 0
    return ConsentRates(
        purpose=key[0],
        channel=key[1],
        asked=rate(len(calls), max(missing, len(calls)), hidden=few_asked),
        granted=rate(len(given), len(calls), hidden=few_asked),
        confirmed=rate(confirmed if apart else 0, apart, hidden=bool(apart) and few_given),
        withdrawn=rate(withdrawn, len(given), hidden=bool(given) and few_given),
    )
