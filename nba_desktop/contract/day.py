"""What an agent recorded today, for him to correct until the day ends."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from nba_desktop.contract.base import Answer, Code, Count, Moment
from nba_desktop.contract.codes import FollowUpKind, ResponseCode


class DayFollowUp(Answer):
    """What stands promised for a day; `at_time` is the customer's local time."""

    event_id: UUID
    kind: FollowUpKind
    due: date
    at_time: time | None = None


class DayResponse(Answer):
    """One response that counts now; `codes` are those its action offers, to choose another from.

    A correction cancels those of its `follow_ups` that the new code does not promise.
    """

    event_id: UUID
    at: Moment
    code: ResponseCode
    codes: tuple[ResponseCode, ...]
    decision_id: UUID | None = None
    action_id: Code | None = None
    title: str = ""
    follow_ups: tuple[DayFollowUp, ...] = ()


class DayContact(Answer):
    """One of the agent's own contacts; `caller` is masked, empty where nobody was settled on.

    `last_seq` is the highest number of an event of it that has arrived. `follow_ups` are those for its concerns; those
    of a response stand with it.
    """

    contact_id: UUID
    started_at: Moment
    last_seq: Count
    caller: str = ""
    queue: str | None = None
    concern: Code | None = None
    responses: tuple[DayResponse, ...] = ()
    follow_ups: tuple[DayFollowUp, ...] = ()


class AgentDay(Answer):
    """The agent's contacts of one day at the site, newest first; what is of it can be corrected until it ends."""

    day: date
    contacts: tuple[DayContact, ...]
