"""The review of recommendations by team leads, and the page on which an agent sees the same about himself.

Rates carry their counts: whoever reads one can check it. What is too small to be shown has no figure at all, and
neither has what would give it away by subtraction.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from nba_desktop.contract.base import FIRST_DAY, LAST_DAY, Answer, Code, Count, Language, Moment, Said
from nba_desktop.contract.codes import (
    ActionKind,
    ConsentChannel,
    ConsentPurpose,
    ContactChannel,
    ReviewMode,
    ReviewReason,
    ReviewStatement,
    Role,
)

SHORTEST_DAYS = 28
"""A period is four weeks at least: no day, no week of one person."""

AgentCode = Annotated[str, StringConstraints(min_length=1, max_length=16)]
"""An agent's pseudonym, as the consent proof names him."""

Reference = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Period(Said):
    """Days of the site's calendar, the first and the last included.

    What the review counts are the fixed blocks of four weeks around them that are over; an answer names those. For the
    site's figures it is whole weeks, from the Monday of the first to the Sunday of the last.
    """

    first: date
    last: date

    @model_validator(mode="after")
    def _long_enough(self) -> Self:
        if self.last < self.first:
            raise ValueError("'last' is before 'first'")
        if (self.last - self.first).days + 1 < SHORTEST_DAYS:
            raise ValueError(f"a period is {SHORTEST_DAYS} days or longer: 'last' is too near to 'first'")
        return self


def _reckonable(period: Period) -> Period:
    if not FIRST_DAY <= period.first <= period.last <= LAST_DAY:
        raise ValueError(f"a period lies between {FIRST_DAY} and {LAST_DAY}")
    return period


AskedPeriod = Annotated[Period, AfterValidator(_reckonable)]
"""A period that somebody asks for: none from before or after all calendars."""


class ReviewFilter(Said):
    """What of the calls counts; None is everything. `concern` is the contact reason."""

    period: AskedPeriod
    action_id: Code | None = None
    queue: Annotated[str, StringConstraints(max_length=64)] | None = None
    concern: Code | None = None


class Rate(Answer):
    """A share with its counts and its 95 % interval by Wilson, all of them shares of 1; without trials there is none.

    `hidden` says that there are too few to show, or that they would give another figure away.
    """

    successes: Count | None = None
    trials: Count | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    hidden: bool = False


class Duration(Answer):
    """A mean of seconds over some calls; without calls there is none."""

    calls: Count | None = None
    mean_s: float | None = None
    hidden: bool = False


class Handling(Answer):
    """Average handling time and its parts, of one kind of call."""

    talk: Duration = Duration()
    hold: Duration = Duration()
    after_call_work: Duration = Duration()
    handling: Duration = Duration()


class Figures(Answer):
    """The rates of some calls; what each counts is the glossary's.

    `opportunities` is None where there are too few to show. `per_opportunity` and its parts leave out the calls of the
    arm in which nothing is shown. `conversion` is of the presentations whose time to be confirmed is over. Of an
    action, or under a filter of one, a call is its recommendation, and `coverage` is of the addressed alone.
    `follow_up_kept` is of what was promised for a day of the period that is over; actions have no row of it.
    """

    calls: Count | None = None
    opportunities: Count | None = None
    presentation: Rate = Rate()
    offer: Rate = Rate()
    acceptance: Rate = Rate()
    per_opportunity: Rate = Rate()
    conversion: Rate = Rate()
    coverage: Rate = Rate()
    consent_asked: Rate = Rate()
    consent_granted: Rate = Rate()
    consent_confirmed: Rate = Rate()
    follow_up_kept: Rate = Rate()
    with_action: Handling = Handling()
    without_action: Handling = Handling()


class Comparison(Answer):
    """Acceptance per opportunity beside what the others reach with the same mix of actions and contact reasons.

    `expected` is a share; `difference`, `low` and `high` are points of it (Mantel–Haenszel, within one action
    Newcombe) at the level the page names. `not_compared` opportunities are of a mix that nobody else had.
    """

    statement: ReviewStatement
    expected: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    not_compared: Count = 0


class Named(Answer):
    """Something to choose from, with its words."""

    code: str
    title: str


class AgentRow(Answer):
    """One agent's line; he is named where the mode allows it, else by his pseudonym only.

    `counted` are the parts of the page's period that his figures are of, where that is not all of it.
    """

    agent: AgentCode
    name: str = ""
    figures: Figures
    comparison: Comparison
    counted: tuple[Period, ...] = ()

    @property
    def shown_as(self) -> str:
        """The words the line begins with."""
        return self.name or self.agent

    @property
    def place(self) -> tuple[str, str]:
        """What lines are ordered by: the alphabet of what is shown, and never what somebody reaches."""
        letters = unicodedata.normalize("NFKD", self.shown_as.casefold())
        return "".join(one for one in letters if not unicodedata.combining(one)), self.agent


class ActionRow(Answer):
    """One action's line over all the agents that are reviewed; `kind` is None of one the catalogue has no more.

    `counted` are the parts of the page's period that one agent's figures of it are of, where that is not all of it.
    """

    action_id: Code
    title: str
    kind: ActionKind | None = None
    figures: Figures
    counted: tuple[Period, ...] = ()


class ReviewHead(Answer):
    """What is reviewed, by what rules.

    `agreement` and `until` name the works agreement that allows figures of one person, None without one. `notice` is
    the site's sentence of what the review may not be used for. `level` is that of the comparisons' intervals.
    `left_out_weeks` of the period are not counted, because too few would be behind their figures.
    """

    team_id: Code
    team: str
    mode: ReviewMode
    agreement: str | None = None
    until: date | None = None
    filter: ReviewFilter
    least_group: Count
    least_presentations: Count
    level: float
    notice: str
    may_export: bool
    counted_until: Moment
    left_out_weeks: Count = 0


class TeamReview(Answer):
    """The review of a team: all together, by agent where the mode allows it, and by action."""

    head: ReviewHead
    total: Figures
    agents: tuple[AgentRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()


class Reasons(Answer):
    """How often each code was given, most often first; too few are left out and counted in `hidden`."""

    counts: tuple[tuple[Code, Count], ...] = ()
    hidden: Count = 0


class ObjectionRow(Answer):
    """An objection that was raised to actions, and what followed.

    `declined` is the share of the actions it was raised to that were declined then; `others` is the same of the other
    agents, `comparison` sets the two side by side.
    """

    objection_id: Code
    title: str
    raised: Count
    accepted: Rate
    declined: Rate
    others: Rate
    comparison: Comparison


class Funnel(Answer):
    """How many recommendations came how far; None where there are too few to show."""

    shown: Count | None = None
    addressed: Count | None = None
    decided: Count | None = None
    accepted: Count | None = None
    completed: Count | None = None


class CoachingNote(Answer):
    """What lead and agent wrote down; both read it."""

    note_id: UUID
    at: Moment
    by_agent: bool
    text: str


class Access(Answer):
    """Somebody looked at figures of a person or a team."""

    at: Moment
    by: str
    role: Role
    reason: ReviewReason
    note: str = ""
    team: str
    agent: AgentCode | None = None
    period: Period
    action_id: Code | None = None
    queue: str | None = None
    concern: Code | None = None
    exported: bool = False


class AgentReview(Answer):
    """Everything the review says of one agent: what his lead sees, he sees."""

    head: ReviewHead
    row: AgentRow
    actions: tuple[ActionRow, ...] = ()
    funnel: Funnel = Funnel()
    objections: tuple[ObjectionRow, ...] = ()
    not_addressed: Reasons = Reasons()
    notes: tuple[CoachingNote, ...] = ()


class OwnReview(Answer):
    """An agent's own page: his review, and who looked at it. Without a mode that allows it there is no review."""

    mode: ReviewMode
    review: AgentReview | None = None
    accesses: tuple[Access, ...] = ()


class TeamAsked(Said):
    """What a lead asks for. Each asking is written down with its reason, and shown to whom it is about."""

    team_id: Code
    filter: ReviewFilter
    reason: ReviewReason
    note: Annotated[str, StringConstraints(max_length=200)] = ""


class AgentAsked(TeamAsked):
    """The same of one agent of the team."""

    agent: AgentCode


class OwnAsked(Said):
    """What an agent asks for about himself; needs no reason."""

    filter: ReviewFilter


class ActionAsked(Said):
    """What an action owner asks for about one action; no person is in the answer, and none is asked for."""

    period: AskedPeriod
    queue: Annotated[str, StringConstraints(max_length=64)] | None = None
    concern: Code | None = None


class NoteWritten(Said):
    """A line for both: the lead's about an agent of his team, or with `agent` None the agent's own."""

    note_id: UUID
    agent: AgentCode | None = None
    text: Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class ReviewChoices(Answer):
    """What can be reviewed by whoever asks: his teams, actions over all teams, the site, and what to filter by.

    Queues and days are those of his teams; of whoever leads none and answers for actions, those of all.
    """

    mode: ReviewMode
    agreement: str | None = None
    until: date | None = None
    may_export: bool = False
    may_see_site: bool = False
    may_see_actions: bool = False
    teams: tuple[Named, ...] = ()
    actions: tuple[Named, ...] = ()
    queues: tuple[str, ...] = ()
    concerns: tuple[Named, ...] = ()
    first_day: date | None = None
    last_day: date | None = None


class ExportAsked(TeamAsked):
    """The same figures as a file: of the team, or with `agent` of one of its agents."""

    format: Literal["csv", "xlsx", "pdf"]
    agent: AgentCode | None = None


class ArmRow(Answer):
    """One group of an action's experiment: its rate, and the lift over the group without the action."""

    arm: Code
    rate: Rate
    lift: float | None = None
    low: float | None = None
    high: float | None = None
    needed: Count | None = None


class ActionReview(Answer):
    """What a campaign manager sees of one action: no person, and nothing below the least group.

    `left_out_teams` are not counted: their own pages hide it.
    `needed` of an arm is how many cases in each group would find the lift that is seen with a power of 80 %.
    """

    action_id: Code
    title: str
    kind: ActionKind | None = None
    period: Period
    counted_until: Moment
    figures: Figures
    left_out_teams: Count = 0
    funnel: Funnel = Funnel()
    objections: tuple[ObjectionRow, ...] = ()
    not_addressed: Reasons = Reasons()
    declined: Reasons = Reasons()
    arms: tuple[ArmRow, ...] = ()


class ConsentRates(Answer):
    """Consents of one purpose and channel in a week, one for each call.

    Asked of the calls in which a consent was missing; granted of the asked; of the granted those that the customer
    confirmed apart since, where that is needed, and those that he has withdrawn since.
    """

    purpose: ConsentPurpose
    channel: ConsentChannel
    asked: Rate = Rate()
    granted: Rate = Rate()
    confirmed: Rate = Rate()
    withdrawn: Rate = Rate()


class SiteWeek(Answer):
    """The site's figures of one week, that begins on `monday`; a figure that nobody can know is not there.

    `first_contact_resolution` is there once the time for a repeat is over, and `uplift` (percentage points by which
    customers complete more with recommendations than without, with its 95 % interval) once the time to confirm is and
    both groups have enough cases. `service_level` and `abandoned` are of the calls that a telephone system reported to
    the backend. `panel_latency_p95_ms` is from the event that asked for recommendations until they were painted.
    """

    monday: date
    calls: Count
    handling: Handling = Handling()
    first_contact_resolution: Rate = Rate()
    transferred: Rate = Rate()
    service_level: Rate = Rate()
    abandoned: Rate = Rate()
    decision_availability: Rate = Rate()
    panel_latency_p95_ms: float | None = None
    uplift: float | None = None
    uplift_low: float | None = None
    uplift_high: float | None = None
    consent_asked: Rate = Rate()
    consents: tuple[ConsentRates, ...] = ()


class SiteFigures(Answer):
    """The site week by week, oldest first; `repeat_days` is the time within which a repeated contact counts.

    `left_out_weeks` are not among them, because fewer agents than the least group worked in them.
    """

    period: Period
    repeat_days: Count
    service_seconds: Count
    weeks: tuple[SiteWeek, ...]
    left_out_weeks: Count = 0
    counted_until: Moment | None = None


class TalkBin(Answer):
    """Opportunity calls of some length, from `from_minutes` to below `to_minutes` (None: no end), and those won."""

    from_minutes: Count
    to_minutes: Count | None = None
    acceptance: Rate = Rate()


class TalkTime(Answer):
    """Acceptance by talk time. It is a correlation: calls also last longer because something is being agreed."""

    period: Period
    bins: tuple[TalkBin, ...]


class ChannelPath(Answer):
    """The channels by which customers came before they called, oldest first; `media_breaks` are those calls in which
    one of these contacts made them change the channel."""

    channels: tuple[ContactChannel, ...]
    calls: Count
    media_breaks: Rate


class RuleRate(Answer):
    """How many calls a declared rule of the journey found something before, a media break or a `repeat`.

    `names` is what the rule is called, by language.
    """

    code: str
    names: dict[Language, str] = Field(default_factory=dict)
    repeat: bool = False
    calls: Rate = Rate()


class JourneyFlow(Answer):
    """Which ways lead to calls: at most `steps` contacts within `days` before one, most frequent first.

    `without` calls had no contact before. The rarest ways are left out, and those of fewer customers than the least
    group; their calls are counted in `hidden`. `rules` look at the same days.
    """

    period: Period
    days: Count
    steps: Count
    calls: Count
    without: Count
    paths: tuple[ChannelPath, ...] = ()
    hidden: Count = 0
    rules: tuple[RuleRate, ...] = ()
