"""What happened before this call."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from nba_desktop.contract.base import Answer, Code, Count, Moment, Params
from nba_desktop.contract.codes import ContactChannel, Experience


class Touchpoint(Answer):
    """One contact between customer and company; `type` and `params` become words in the panel."""

    touchpoint_id: str
    at: Moment
    channel: ContactChannel
    type: Code
    params: Params = Field(default_factory=dict)
    experience: Experience = Experience.NEUTRAL
    case_id: str | None = None
    case_open: bool = False
    media_break: bool = False


class MediaBreak(Answer):
    """A place where the customer had to change the channel to get on."""

    code: Code
    params: Params = Field(default_factory=dict)
    at: Moment


class JourneyHead(Answer):
    """The newest touchpoints (newest first), how many there are in all, and the breaks worth saying."""

    total: Count
    touchpoints: tuple[Touchpoint, ...]
    media_breaks: tuple[MediaBreak, ...] = ()


class JourneyPage(Answer):
    """The touchpoints before one of the journey, newest first, and whether there are older ones still."""

    contact_id: UUID
    touchpoints: tuple[Touchpoint, ...]
    more: bool = False


class ProbableConcern(Answer):
    """Why the customer may be calling, and what in the journey says so."""

    code: Code
    because: Code
    params: Params = Field(default_factory=dict)
