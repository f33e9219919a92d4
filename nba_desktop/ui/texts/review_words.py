"""Words for a team's review: shares with their counts, periods, comparisons, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ResponseCode, ReviewMode, ReviewReason, ReviewStatement, Role
from nba_desktop.contract.review import (
    Access,
    AgentRow,
    Comparison,
    Duration,
    Period,
    Rate,
    Reasons,
    ReviewChoices,
    ReviewHead,
)
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.response_words import response_reason

translate = QCoreApplication.translate
NOTHING = "–"
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of day where only the rest of a look is compared."""


def share(rate: Rate, formats: Formats) -> str:
    """A rate as a share, or a dash where there is none to show."""
    return NOTHING if rate.value is None or rate.hidden else formats.share(rate.value)


def limits(rate: Rate, formats: Formats) -> str:
    """The interval of a rate: 72.3–75.8; empty without one."""
    if rate.low is None or rate.high is None or rate.hidden:
        return ""
    return f"{formats.points(rate.low)}–{formats.points(rate.high)}"


def counts(rate: Rate, formats: Formats) -> str:
    """What a rate was computed from: 51 of 231; or why it is not there."""
    if rate.hidden:
        return translate("texts", "too few to show")
    if rate.successes is None or rate.trials is None:
        return ""
    return translate("texts", "{successes} of {trials}").format(
        successes=formats.number(rate.successes), trials=formats.number(rate.trials)
    )


def rate_in_full(rate: Rate, formats: Formats) -> str:
    """A rate with everything that is known of it, in one sentence for the ear."""
    if rate.value is None or rate.hidden:
        return counts(rate, formats) or translate("texts", "no calls")
    words = translate("texts", "{share}, {counts}").format(share=share(rate, formats), counts=counts(rate, formats))
    interval = limits(rate, formats)
    if not interval:
        return words
    return translate("texts", "{rate}, 95% interval {interval}").format(rate=words, interval=interval)


def reasons_words(reasons: Reasons, formats: Formats) -> str:
    """How often each reason was given: No time 19 · Unsuitable 12; empty without any."""
    known = {one.value: one for one in ResponseCode}
    words = [
        f"{response_reason(known[code]) if code in known else code} {formats.number(count)}"
        for code, count in reasons.counts
    ]
    if reasons.hidden:
        words.append(translate("texts", "others {count}").format(count=formats.number(reasons.hidden)))
    return " · ".join(words)


def mean(duration: Duration, formats: Formats) -> str:
    """A mean time as minutes and seconds, or a dash."""
    if duration.mean_s is None or duration.hidden:
        return NOTHING
    return formats.duration(duration.mean_s)


def period_words(period: Period, formats: Formats) -> str:
    """A period by its first and last day: 28. Sep – 25. Okt."""
    return f"{formats.plain_day(period.first)} – {formats.plain_day(period.last)}"


def counted_words(periods: Sequence[Period], formats: Formats) -> str:
    """What of a page's period figures are of, where that is not all of it; else nothing."""
    if not periods:
        return ""
    said = ", ".join(period_words(one, formats) for one in periods)
    return translate("texts", "counted: {periods}").format(periods=said)


def length_words(period: Period) -> str:
    """How long a period is, where the days that are counted are not its own."""
    return translate("texts", "{weeks} weeks").format(weeks=_weeks(period))


def blocks_words() -> str:
    """Why other days are counted than those that are over."""
    return translate("texts", "Counted are whole blocks of four weeks that are over")


def _weeks(period: Period) -> int:
    return ((period.last - period.first).days + 1) // 7


def weeks_words(period: Period, formats: Formats) -> str:
    """A period with its length."""
    return translate("texts", "{weeks} weeks: {period}").format(
        weeks=_weeks(period), period=period_words(period, formats)
    )


def mode_words(head: ReviewHead, formats: Formats) -> str:
    """How far the review goes, and by what agreement."""
    match head.mode:
        case ReviewMode.TEAM_ONLY:
            return translate("texts", "Team view – no figures of one person")
        case ReviewMode.OFF:
            return translate("texts", "The review is switched off")
        case ReviewMode.COACHING:
            if head.agreement is None or head.until is None:
                return translate("texts", "Coaching view")
            return translate("texts", "Coaching view · {agreement} until {day}").format(
                agreement=head.agreement, day=formats.full_date(head.until)
            )


def reason_words(reason: ReviewReason) -> str:
    """What figures are looked at for."""
    return {
        ReviewReason.COACHING_TALK: translate("texts", "Coaching talk"),
        ReviewReason.OWN_REQUEST: translate("texts", "At the agent’s own request"),
        ReviewReason.DATA_CHECK: translate("texts", "Check of the data"),
    }[reason]


def role_words(role: Role) -> str:
    """Who somebody is."""
    return {
        Role.AGENT: translate("texts", "Agent"),
        Role.TEAM_LEAD: translate("texts", "Team lead"),
        Role.ACTION_OWNER: translate("texts", "Action owner"),
        Role.ANALYST: translate("texts", "Analyst"),
        Role.CONSENT_OFFICER: translate("texts", "Data-protection officer"),
        Role.ADMIN: translate("texts", "Administrator"),
        Role.WORKS_COUNCIL: translate("texts", "Works council"),
        Role.MACHINE: translate("texts", "Another system"),
    }[role]


def agent_words(row: AgentRow) -> str:
    """An agent by name where it is known, else by pseudonym."""
    return row.shown_as


def statement_words(comparison: Comparison) -> str:
    """What a comparison comes to."""
    return {
        ReviewStatement.ABOVE: translate("texts", "above expectation"),
        ReviewStatement.BELOW: translate("texts", "below expectation"),
        ReviewStatement.NO_RELIABLE_DIFFERENCE: translate("texts", "no reliable difference"),
        ReviewStatement.TOO_FEW: translate("texts", "too few calls"),
    }[comparison.statement]


def placement(rate: Rate, comparison: Comparison, formats: Formats) -> str:
    """An agent's acceptance beside what the others reach with the same mix."""
    if rate.value is None or rate.hidden or comparison.expected is None:
        return translate("texts", "Too few calls to compare.")
    return translate(
        "texts", "Acceptance per opportunity {share} – expected with the same mix of actions and reasons {expected}."
    ).format(share=share(rate, formats), expected=formats.share(comparison.expected))


def level_words(level: float, formats: Formats) -> str:
    """How sure an interval is, in percent, without the sign: 99."""
    return formats.number(round(100 * level, 1))


def difference(comparison: Comparison, level: float, formats: Formats) -> str:
    """The interval of a difference in points: (99% interval −1.9 to +9.9 points); empty without one."""
    if comparison.low is None or comparison.high is None:
        return ""
    return translate("texts", "({level}% interval {low} to {high} points)").format(
        level=level_words(level, formats),
        low=formats.signed_points(comparison.low),
        high=formats.signed_points(comparison.high),
    )


def accesses_words(accesses: Sequence[Access], choices: ReviewChoices | None, formats: Formats) -> list[str]:
    """Who looked at an agent or his team, when, what for and at what; the same look again on a day is counted."""
    looks: dict[tuple[date, Access], list[datetime]] = {}
    for one in accesses:
        key = formats.local_day(one.at), one.model_copy(update={"at": _ANY_TIME})
        looks.setdefault(key, []).append(one.at)
    return [_look_words(day, sorted(times), look, choices, formats) for (day, look), times in looks.items()]


def _look_words(
    day: date, times: Sequence[datetime], look: Access, choices: ReviewChoices | None, formats: Formats
) -> str:
    when = translate("texts", "{day}, {time}").format(day=formats.full_date(day), time=formats.time(times[0]))
    if len(times) > 1:
        when = translate("texts", "{day}, {first}–{last}, {count} times").format(
            day=formats.full_date(day),
            first=formats.time(times[0]),
            last=formats.time(times[-1]),
            count=formats.number(len(times)),
        )
    words = translate("texts", "{when}: {who} {code} – {reason}, {period}").format(
        when=when,
        who=role_words(look.role),
        code=look.by,
        reason=reason_words(look.reason),
        period=period_words(look.period, formats),
    )
    at = translate("texts", "the whole team") if look.agent is None else translate("texts", "your figures")
    words = " · ".join((words, at, *_filter_words(look, choices)))
    if look.note:
        words = translate("texts", "{access} (“{note}”)").format(access=words, note=look.note)
    return translate("texts", "{access}, as a file").format(access=words) if look.exported else words


def _filter_words(look: Access, choices: ReviewChoices | None) -> list[str]:
    """What somebody looked at alone; by its code, where it has no name any more."""
    actions = {} if choices is None else {one.code: one.title for one in choices.actions}
    concerns = {} if choices is None else {one.code: one.title for one in choices.concerns}
    words = []
    if look.action_id is not None:
        title = actions.get(look.action_id, look.action_id)
        words.append(translate("texts", "action {action}").format(action=title))
    if look.queue is not None:
        words.append(translate("texts", "queue {queue}").format(queue=look.queue))
    if look.concern is not None:
        title = concerns.get(look.concern, look.concern)
        words.append(translate("texts", "contact reason {reason}").format(reason=title))
    return words
