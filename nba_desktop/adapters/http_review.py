"""The review over HTTP."""

from __future__ import annotations

from typing import Final

from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.http_client import HttpClient, Timeouts
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.contract.audit import OwnAudit
from nba_desktop.contract.base import Language
from nba_desktop.contract.review import (
    ActionAsked,
    ActionReview,
    AgentAsked,
    AgentReview,
    ExportAsked,
    JourneyFlow,
    NoteWritten,
    OwnAsked,
    OwnReview,
    Period,
    ReviewChoices,
    SiteFigures,
    TalkTime,
    TeamAsked,
    TeamReview,
)

_PATIENT: Final = Timeouts(read_s=30.0, total_s=60.0)
"""Nobody is on the line while months are counted."""
_READS_AT_A_TIME: Final = 100


class HttpReview(HttpClient):
    """Implements the port `ReviewBackend`; what the catalogue names is answered in `language`."""

    def __init__(
        self,
        url: str,
        token: str | BearerToken,
        language: Language,
        timeouts: Timeouts | None = None,
        routes: Routes | None = None,
    ) -> None:
        super().__init__(url, token, timeouts or _PATIENT, routes)
        self._spoken = {"language": language}

    def choices(self) -> ReviewChoices:
        """What can be reviewed by whoever the token stands for."""
        return self.get("/v1/review/choices", self._spoken, ReviewChoices)

    def team(self, asked: TeamAsked) -> TeamReview:
        """The figures of a team."""
        return self.post("/v1/review/team", asked.model_dump_json(), TeamReview, self._spoken)

    def agent(self, asked: AgentAsked) -> AgentReview:
        """The figures of one agent of a team."""
        return self.post("/v1/review/agent", asked.model_dump_json(), AgentReview, self._spoken)

    def own(self, asked: OwnAsked) -> OwnReview:
        """The figures of the agent himself, and who looked at them."""
        return self.post("/v1/review/me", asked.model_dump_json(), OwnReview, self._spoken)

    def action(self, action_id: str, asked: ActionAsked) -> ActionReview:
        """The figures of one action over all teams."""
        return self.post(f"/v1/review/actions/{action_id}", asked.model_dump_json(), ActionReview, self._spoken)

    def site_weeks(self, period: Period | None) -> SiteFigures:
        """The site's figures week by week."""
        return self.get("/v1/site/weeks", _days(period), SiteFigures)

    def talk_time(self, period: Period | None) -> TalkTime:
        """Acceptance by talk time."""
        return self.get("/v1/site/talk-time", _days(period), TalkTime)

    def journey_flow(self, period: Period | None) -> JourneyFlow:
        """The ways that lead to calls."""
        return self.get("/v1/site/journey-flow", _days(period), JourneyFlow)

    def own_log(self, earlier: str | None) -> OwnAudit:
        """What is logged of whoever the token stands for: the newest readings, or those that `earlier` begins with."""
        page = {} if earlier is None else {"cursor": earlier}
        return self.get("/v1/audit/mine", {"limit": str(_READS_AT_A_TIME), **page}, OwnAudit)

    def write_note(self, note: NoteWritten) -> None:
        """Leave a line for lead and agent; the same id again changes nothing."""
        self.post_for_file("/v1/review/notes", note.model_dump_json())

    def export(self, asked: ExportAsked) -> bytes:
        """The same figures as a file."""
        return self.post_for_file("/v1/review/export", asked.model_dump_json(), self._spoken)


def _days(period: Period | None) -> dict[str, str]:
    return {} if period is None else {"from": period.first.isoformat(), "to": period.last.isoformat()}
