"""What happened before this call."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from nba_desktop.contract.base import Answer, Code, Count, Moment, Params
from nba_desktop.contract.codes import ContactChannel, Experience


class Touchpoint(Answer):
    """One contact between customer and company; `type` and `params` become words in the panel.

    `word` and `sentence` are those of a site that declared the type, in the contact's language; the sentence names the
    params in braces. `crm_url` is where the site's CRM shows the case.
    """

    touchpoint_id: str
    at: Moment
    channel: ContactChannel
    type: Code
    params: Params = Field(default_factory=dict)
    experience: Experience = Experience.NEUTRAL
    case_id: str | None = None
    case_open: bool = False
    media_break: bool = False
    word: str | None = None
    sentence: str | None = None
    crm_url: str | None = None


class MediaBreak(Answer):
    """A place where the customer had to change the channel or to ask again to get on.

    `sentence` says it in the contact's language, with params in braces; without, `code` becomes words in the panel.
    A `repeat` is not another channel but the same matter again.
    """

    code: Code
    params: Params = Field(default_factory=dict)
    at: Moment
    sentence: str | None = None
    repeat: bool = False


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
    """Why the customer may be calling, and what in the journey says so.

    `sentence` is what the site says of it, with params in braces; without, `because` becomes words in the panel.
    """

    code: Code
    because: Code
    params: Params = Field(default_factory=dict)
    sentence: str | None = None
