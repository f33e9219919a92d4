"""What was promised to customers, as a list of what is due."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from nba_desktop.contract.base import Answer, Code, Moment
from nba_desktop.contract.codes import FollowUpKind

MAX_FOLLOW_UPS = 200


class FollowUp(Answer):
    """One promise; `follow_up_id` is the id of the event that planned it.

    `caller` and `customer_no_masked` are masked, empty where nobody was settled on; then `number` is the one that the
    contact came from or went to, empty where it was withheld. `at_time` is the customer's local
    time. It is `late` when its day at the site has passed, or had passed when it was done.
    """

    follow_up_id: UUID
    contact_id: UUID
    kind: FollowUpKind
    due: date
    at_time: time | None = None
    words: str = ""
    concern: Code | None = None
    action_id: Code | None = None
    title: str = ""
    caller: str = ""
    customer_no_masked: str = ""
    number: str = ""
    planned_at: Moment
    done_at: Moment | None = None
    late: bool = False


class FollowUps(Answer):
    """The caller's own open promises up to a day at the site, the one that is due first before the others.

    At most `MAX_FOLLOW_UPS`; with `more` there are further ones behind the last.
    """

    day: date
    until: date
    follow_ups: tuple[FollowUp, ...]
    more: bool = False
