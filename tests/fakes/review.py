"""A team's review as a backend would answer it, and a backend that remembers what it was asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from nba_desktop.contract.audit import AuditLook, OwnAudit, OwnRead
from nba_desktop.contract.codes import (
    ActionKind,
    ReadBasis,
    ReadOperation,
    ReviewMode,
    ReviewReason,
    ReviewStatement,
    Role,
)
from nba_desktop.contract.review import (
    Access,
    ActionAsked,
    ActionReview,
    ActionRow,
    AgentAsked,
    AgentReview,
    AgentRow,
    ArmRow,
    CoachingNote,
    Comparison,
    Duration,
    ExportAsked,
    Figures,
    Funnel,
    Handling,
    JourneyFlow,
    Named,
    NoteWritten,
    ObjectionRow,
    OwnAsked,
    OwnReview,
    Period,
    Rate,
    Reasons,
    ReviewChoices,
    ReviewFilter,
    ReviewHead,
    SiteFigures,
    TalkTime,
    TeamAsked,
    TeamReview,
)
from nba_desktop.domain.errors import BackendOffline
from tests.fakes.site import journey_flow, site_figures, talk_time

LAST = date(2026, 10, 25)
PERIOD = Period(first=LAST - timedelta(days=27), last=LAST)
HIDDEN = Rate(hidden=True)


def rate(successes: int, trials: int, low: float, high: float) -> Rate:
    """A rate with limits that were computed elsewhere."""
    return Rate(successes=successes, trials=trials, value=successes / trials, low=low, high=high)


def handling(seconds: float, calls: int) -> Handling:
    """The same mean for every part of it that is known."""
    return Handling(
        talk=Duration(calls=calls, mean_s=seconds * 0.8),
        hold=Duration(calls=calls, mean_s=seconds * 0.05),
        after_call_work=Duration(calls=calls, mean_s=seconds * 0.15),
        handling=Duration(calls=calls, mean_s=seconds),
    )


def figures(opportunities: int, presented: int, accepted: int, low: float, high: float) -> Figures:
    """The figures of so many opportunity calls, of which so many were used and won."""
    decided = max(1, round(presented * 0.78))
    return Figures(
        calls=round(opportunities * 1.9),
        opportunities=opportunities,
        presentation=rate(presented, opportunities, presented / opportunities - 0.05, presented / opportunities + 0.05),
        offer=rate(decided, presented, decided / presented - 0.06, min(1.0, decided / presented + 0.06)),
        acceptance=rate(min(accepted, decided), decided, 0.3, 0.5),
        per_opportunity=rate(accepted, opportunities, low, high),
        conversion=rate(round(accepted * 0.76), accepted, 0.62, 0.86),
        coverage=rate(round(presented * 0.97), presented, 0.94, 0.99),
        consent_asked=rate(round(opportunities * 0.3), round(opportunities * 0.5), 0.5, 0.7),
        consent_granted=rate(round(opportunities * 0.12), round(opportunities * 0.3), 0.3, 0.5),
        consent_confirmed=rate(round(opportunities * 0.08), round(opportunities * 0.12), 0.5, 0.85),
        follow_up_kept=rate(round(presented * 0.2), round(presented * 0.25), 0.66, 0.89),
        with_action=handling(512.0, presented),
        without_action=handling(398.0, max(1, opportunities - presented)),
    )


TOO_FEW = Figures(
    presentation=HIDDEN,
    offer=HIDDEN,
    acceptance=HIDDEN,
    per_opportunity=HIDDEN,
    conversion=HIDDEN,
    coverage=HIDDEN,
    consent_asked=HIDDEN,
    consent_granted=HIDDEN,
    consent_confirmed=HIDDEN,
)


def _row(agent: str, opportunities: int, presented: int, won: int, low: float, high: float, like: float) -> AgentRow:
    value = won / opportunities
    reliable = like < low or like > high
    said = ReviewStatement.ABOVE if value > like else ReviewStatement.BELOW
    return AgentRow(
        agent=agent,
        figures=figures(opportunities, presented, won, low, high),
        comparison=Comparison(
            statement=said if reliable else ReviewStatement.NO_RELIABLE_DIFFERENCE,
            expected=like,
            difference=value - like,
            low=low - like,
            high=high - like,
        ),
    )


def _few(agent: str) -> AgentRow:
    return AgentRow(agent=agent, figures=TOO_FEW, comparison=Comparison(statement=ReviewStatement.TOO_FEW))


AGENTS = (
    _row("A-1B2K4M7Q", 231, 187, 51, 0.173, 0.280, 0.201),
    _row("A-2C9R3T5W", 198, 137, 34, 0.125, 0.230, 0.190),
    _row("A-4F7H2J6N", 214, 159, 50, 0.182, 0.295, 0.198),
    _row("A-5A2X8Y3Z", 252, 222, 79, 0.259, 0.373, 0.212),
    _row("A-6D4P9S2V", 176, 111, 28, 0.112, 0.220, 0.204),
    _row("A-7E3B5C8D", 243, 192, 48, 0.152, 0.252, 0.206),
    _few("A-8B8F4G6H"),
    _row("A-9C3L5M7P", 221, 155, 41, 0.140, 0.242, 0.200),
    _row("A-A42Q8R3S", 207, 160, 44, 0.163, 0.274, 0.209),
    _few("A-B55T7U9W"),
)


def _of_action(opportunities: int, presented: int, accepted: int, low: float, high: float) -> Figures:
    """The same of an action, for which nothing is promised."""
    return figures(opportunities, presented, accepted, low, high).model_copy(update={"follow_up_kept": Rate()})


ACTIONS = (
    ActionRow(
        action_id="instalment_check",
        title="Abschlag prüfen und anpassen",
        kind=ActionKind.SERVICE,
        figures=_of_action(1204, 951, 402, 0.307, 0.361),
    ),
    ActionRow(
        action_id="price_guarantee",
        title="Preisgarantie für zwei Jahre mit jährlicher Überprüfung",
        kind=ActionKind.RETENTION,
        figures=_of_action(988, 703, 143, 0.124, 0.169),
    ),
    ActionRow(
        action_id="heat_pump_tariff",
        title="Wärmepumpentarif",
        kind=ActionKind.SALES,
        figures=_of_action(214, 121, 18, 0.054, 0.129),
    ),
)
OBJECTIONS = (
    ObjectionRow(
        objection_id="too_expensive",
        title="Zu teuer",
        raised=31,
        accepted=rate(5, 31, 0.071, 0.326),
        declined=rate(22, 31, 0.534, 0.839),
        others=rate(184, 402, 0.410, 0.506),
        comparison=Comparison(statement=ReviewStatement.ABOVE, expected=0.458, difference=0.252, low=0.070, high=0.386),
    ),
    ObjectionRow(
        objection_id="think_it_over",
        title="Muss ich überlegen",
        raised=36,
        accepted=rate(9, 36, 0.138, 0.411),
        declined=rate(11, 36, 0.180, 0.469),
        others=rate(121, 391, 0.266, 0.357),
        comparison=Comparison(
            statement=ReviewStatement.NO_RELIABLE_DIFFERENCE, expected=0.309, difference=-0.004, low=-0.17, high=0.21
        ),
    ),
    ObjectionRow(
        objection_id="has_other",
        title="Habe schon etwas",
        raised=33,
        accepted=rate(4, 33, 0.048, 0.273),
        declined=rate(19, 33, 0.408, 0.728),
        others=rate(88, 140, 0.546, 0.704),
        comparison=Comparison(
            statement=ReviewStatement.NO_RELIABLE_DIFFERENCE, expected=0.629, difference=-0.053, low=-0.29, high=0.17
        ),
    ),
    ObjectionRow(
        objection_id="new_customers",
        title="Neukunden bekommen mehr",
        raised=30,
        accepted=rate(10, 30, 0.192, 0.512),
        declined=rate(17, 30, 0.392, 0.726),
        others=HIDDEN,
        comparison=Comparison(statement=ReviewStatement.TOO_FEW),
    ),
)


def head(chosen: ReviewFilter, mode: ReviewMode = ReviewMode.COACHING) -> ReviewHead:
    """What the sample team is reviewed by."""
    coaching = mode is ReviewMode.COACHING
    return ReviewHead(
        team_id="dresden",
        team="Team Strom Dresden",
        mode=mode,
        agreement="BV 2026/07" if coaching else None,
        until=date(2026, 12, 31) if coaching else None,
        filter=chosen,
        least_group=7,
        least_presentations=30,
        level=0.95,
        notice="Nicht für Vergütung oder Abmahnung.",
        may_export=True,
        counted_until=datetime(2026, 10, 26, 4, 0, tzinfo=UTC),
    )


def team_review(chosen: ReviewFilter | None = None, mode: ReviewMode = ReviewMode.COACHING) -> TeamReview:
    """The sample team; by agent only where the mode allows it."""
    return TeamReview(
        head=head(chosen or ReviewFilter(period=PERIOD), mode),
        total=figures(2481, 1839, 511, 0.191, 0.223),
        agents=AGENTS if mode is ReviewMode.COACHING else (),
        actions=ACTIONS,
    )


def agent_review(agent: str, chosen: ReviewFilter | None = None) -> AgentReview:
    """One agent of the sample team."""
    return AgentReview(
        head=head(chosen or ReviewFilter(period=PERIOD)),
        row=next(row for row in AGENTS if row.agent == agent),
        actions=ACTIONS[:2],
        funnel=Funnel(shown=214, addressed=159, decided=124, accepted=50, completed=38),
        objections=OBJECTIONS,
        not_addressed=Reasons(
            counts=(("NOT_ADDRESSED_MOOD", 24), ("NOT_ADDRESSED_TIME", 19), ("NOT_ADDRESSED_UNSUITABLE", 12)), hidden=3
        ),
        notes=(
            CoachingNote(
                note_id=UUID(int=1),
                at=datetime(2026, 10, 16, 9, 30, tzinfo=UTC),
                by_agent=False,
                text="Preiseinwand – erst Nutzen nennen, dann Vergleich je Tag.",
            ),
        ),
    )


ARMS = (
    ArmRow(arm="ranked", rate=rate(143, 988, 0.124, 0.169), lift=0.051, low=0.004, high=0.079, needed=702),
    ArmRow(arm="without_levers", rate=rate(6, 48, 0.059, 0.245), lift=0.031, low=-0.057, high=0.151, needed=1810),
    ArmRow(arm="random", rate=Rate(hidden=True)),
    ArmRow(arm="nothing", rate=rate(20, 214, 0.061, 0.140)),
)


def action_review(action_id: str, asked: ActionAsked | None = None) -> ActionReview:
    """One action of the sample site, over all teams."""
    row = next(row for row in ACTIONS if row.action_id == action_id)
    return ActionReview(
        action_id=row.action_id,
        title=row.title,
        kind=row.kind,
        period=PERIOD if asked is None else asked.period,
        counted_until=datetime(2026, 10, 26, 4, 0, tzinfo=UTC),
        figures=row.figures,
        funnel=Funnel(shown=988, addressed=703, decided=548, accepted=143, completed=109),
        objections=tuple(
            one.model_copy(update={"others": HIDDEN, "comparison": Comparison(statement=ReviewStatement.TOO_FEW)})
            for one in OBJECTIONS
        ),
        not_addressed=Reasons(counts=(("NOT_ADDRESSED_TIME", 88), ("NOT_ADDRESSED_MOOD", 61))),
        declined=Reasons(counts=(("DECLINED_PRICE", 140), ("DECLINED_NO_NEED", 97)), hidden=4),
        arms=ARMS,
    )


ACCESSES = (
    Access(
        at=datetime(2026, 10, 16, 9, 12, tzinfo=UTC),
        by="A-LEAD2345",
        role=Role.TEAM_LEAD,
        reason=ReviewReason.COACHING_TALK,
        note="Gespräch am 16. Oktober",
        team="Team Strom Dresden",
        agent="A-4F7H2J6N",
        period=PERIOD,
    ),
)
CHOICES = ReviewChoices(
    mode=ReviewMode.COACHING,
    agreement="BV 2026/07",
    until=date(2026, 12, 31),
    may_export=True,
    may_see_site=True,
    teams=(Named(code="dresden", title="Team Strom Dresden"), Named(code="leipzig", title="Team Gas Leipzig")),
    actions=tuple(Named(code=row.action_id, title=row.title) for row in ACTIONS),
    queues=("strom", "gas"),
    concerns=(Named(code="bill", title="Rechnung"), Named(code="move", title="Umzug")),
    first_day=LAST - timedelta(days=120),
    last_day=LAST + timedelta(days=2),
)


OWNER_CHOICES = CHOICES.model_copy(update={"teams": (), "may_see_actions": True})


_READ_AT = datetime(2026, 10, 26, 9, 12, tzinfo=UTC)


def _read(minutes_before: int, operation: ReadOperation | None, basis: ReadBasis, **more: object) -> OwnRead:
    known = {"role": Role.AGENT, "reason": "", "contact_id": None, "together": 1}
    at = _READ_AT - timedelta(minutes=minutes_before)
    return OwnRead.model_validate({"at": at, "operation": operation, "basis": basis, **known, **more})


OWN_LOG = OwnAudit(
    reads=(
        _read(0, ReadOperation.SETTLE_CALLER, ReadBasis.CONTACT),
        _read(1, ReadOperation.START_CONTACT, ReadBasis.CONTACT, together=3),
        _read(95, ReadOperation.SEARCH_CUSTOMERS, ReadBasis.REASON, reason="Rückruf & <Zusage>", together=12),
        _read(1500, ReadOperation.OPEN_FOLLOW_UPS, ReadBasis.TASK, together=4),
        _read(1600, None, ReadBasis.CONTACT),
    ),
    next="earlier",
    looks=(
        AuditLook(
            at=_READ_AT - timedelta(days=40),
            by="Petra Datenschutz",
            role=Role.CONSENT_OFFICER,
            reason="Anfrage eines Kunden",
            about="Anna Agentin",
        ),
    ),
)
EARLIER_LOG = OwnAudit(reads=(_read(9000, ReadOperation.READ_WHY, ReadBasis.CONTACT),), looks=OWN_LOG.looks)


class FakeReviewBackend:
    """Answers with the sample team, and remembers what it was asked; `fails` makes it unreachable."""

    def __init__(self, choices: ReviewChoices = CHOICES) -> None:
        self.offered = choices
        self.asked: list[TeamAsked | AgentAsked | OwnAsked | ExportAsked | NoteWritten] = []
        self.asked_of_actions: list[tuple[str, ActionAsked]] = []
        self.asked_of_site: list[tuple[str, Period | None]] = []
        self.fails = False

    def _take(self, what: TeamAsked | AgentAsked | OwnAsked | ExportAsked | NoteWritten) -> None:
        if self.fails:
            raise BackendOffline
        self.asked.append(what)

    def choices(self) -> ReviewChoices:
        if self.fails:
            raise BackendOffline
        return self.offered

    def team(self, asked: TeamAsked) -> TeamReview:
        self._take(asked)
        return team_review(asked.filter)

    def agent(self, asked: AgentAsked) -> AgentReview:
        self._take(asked)
        return agent_review(asked.agent, asked.filter)

    def own(self, asked: OwnAsked) -> OwnReview:
        self._take(asked)
        return OwnReview(mode=ReviewMode.COACHING, review=agent_review("A-4F7H2J6N", asked.filter), accesses=ACCESSES)

    def own_log(self, earlier: str | None) -> OwnAudit:
        if self.fails:
            raise BackendOffline
        return OWN_LOG if earlier is None else EARLIER_LOG

    def action(self, action_id: str, asked: ActionAsked) -> ActionReview:
        if self.fails:
            raise BackendOffline
        self.asked_of_actions.append((action_id, asked))
        return action_review(action_id, asked)

    def site_weeks(self, period: Period | None) -> SiteFigures:
        self._take_site("weeks", period)
        return site_figures(period)

    def talk_time(self, period: Period | None) -> TalkTime:
        self._take_site("talk time", period)
        return talk_time(period)

    def journey_flow(self, period: Period | None) -> JourneyFlow:
        self._take_site("flow", period)
        return journey_flow(period)

    def _take_site(self, what: str, period: Period | None) -> None:
        if self.fails:
            raise BackendOffline
        self.asked_of_site.append((what, period))

    def write_note(self, note: NoteWritten) -> None:
        self._take(note)

    def export(self, asked: ExportAsked) -> bytes:
        self._take(asked)
        return b"a file"
