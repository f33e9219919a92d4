"""Words for a team's review: shares with their counts, periods, comparisons, reasons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ResponseCode, ReviewMode, ReviewReason, ReviewStatement, Role
from nba_desktop.contract.review import Access, AgentRow, Comparison, Duration, Period, Rate, Reasons, ReviewHead
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.response_words import response_reason

translate = QCoreApplication.translate
NOTHING = "–"


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


def weeks_words(period: Period, formats: Formats) -> str:
    """A period with its length."""
    weeks = ((period.last - period.first).days + 1) // 7
    return translate("texts", "{weeks} weeks: {period}").format(weeks=weeks, period=period_words(period, formats))


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
    return row.name or row.agent


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


def difference(comparison: Comparison, formats: Formats) -> str:
    """The interval of a difference in points: (−1.9 to +9.9 points); empty without one."""
    if comparison.low is None or comparison.high is None:
        return ""
    return translate("texts", "({low} to {high} points)").format(
        low=formats.signed_points(comparison.low), high=formats.signed_points(comparison.high)
    )


def access_words(access: Access, formats: Formats) -> str:
    """Who looked, when, what for and at which days."""
    words = translate("texts", "{day}, {time}: {who} {code} – {reason}, {period}").format(
        day=formats.full_date(formats.local_day(access.at)),
        time=formats.time(access.at),
        who=role_words(access.role),
        code=access.by,
        reason=reason_words(access.reason),
        period=period_words(access.period, formats),
    )
    if access.note:
        words = translate("texts", "{access} (“{note}”)").format(access=words, note=access.note)
    return translate("texts", "{access}, as a file").format(access=words) if access.exported else words
