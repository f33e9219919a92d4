"""From the site's weeks to what is drawn and written of them: one trend for each figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose
from nba_desktop.contract.review import ConsentRates, Duration, Rate, SiteFigures, SiteWeek
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.plots import Trend, TrendPoint
from nba_desktop.ui.texts.consent_words import consent_channel, consent_purpose
from nba_desktop.ui.texts.review_words import NOTHING, counts, mean, rate_in_full, share
from nba_desktop.ui.texts.site_words import mean_in_full, milliseconds, uplift_in_full, uplift_words

translate = QCoreApplication.translate

_Key = tuple[ConsentPurpose, ConsentChannel]


class Trends:
    """Makes the trends of some weeks; a week that was left out is a gap in each."""

    def __init__(self, figures: SiteFigures, formats: Formats) -> None:
        self._figures = figures
        self._formats = formats
        by_monday = {week.monday: week for week in figures.weeks}
        self._weeks = tuple((monday, by_monday.get(monday)) for monday in _mondays(figures))

    def all(self) -> tuple[Trend, ...]:
        """Return every trend, in the order in which they are read."""
        none = translate("texts", "No figures in these weeks.")
        unheard = translate("texts", "No telephone system reports its calls to the backend.")
        in_time = translate("texts", "Answered within {seconds} s").format(seconds=self._figures.service_seconds)
        resolved = translate("texts", "First contact resolution ({days} days)").format(days=self._figures.repeat_days)
        return (
            self._numbers(translate("texts", "Calls"), lambda week: week.calls),
            self._times(translate("texts", "Average talk time"), lambda week: week.handling.talk, none),
            self._times(
                translate("texts", "Average handle time"),
                lambda week: week.handling.handling,
                translate("texts", "Hold and after-call work are not measured at this site."),
            ),
            self._rates(resolved, lambda week: week.first_contact_resolution, none),
            self._rates(translate("texts", "Transfers"), lambda week: week.transferred, none),
            self._rates(in_time, lambda week: week.service_level, unheard),
            self._rates(translate("texts", "Abandoned by the caller"), lambda week: week.abandoned, unheard),
            self._rates(translate("texts", "Recommendations available"), lambda week: week.decision_availability, none),
            self._latency(),
            self._uplift(),
            self._rates(translate("texts", "Consent asked"), lambda week: week.consent_asked, none),
            *(trend for key in self._consent_keys() for trend in self._consents(key)),
        )

    def _points(self, point: Callable[[SiteWeek], TrendPoint]) -> tuple[TrendPoint, ...]:
        gone = translate("texts", "too few to show")
        return tuple(
            TrendPoint(self._formats.plain_day(monday), NOTHING, gone) if week is None else point(week)
            for monday, week in self._weeks
        )

    def _numbers(self, title: str, of_week: Callable[[SiteWeek], int]) -> Trend:
        formats = self._formats

        def point(week: SiteWeek) -> TrendPoint:
            words = formats.number(of_week(week))
            return TrendPoint(formats.plain_day(week.monday), words, words, float(of_week(week)))

        return Trend(title, self._points(point), formats.number, translate("texts", "No figures in these weeks."))

    def _times(self, title: str, of_week: Callable[[SiteWeek], Duration], empty: str) -> Trend:
        formats = self._formats

        def point(week: SiteWeek) -> TrendPoint:
            words = mean(of_week(week), formats)
            spoken = mean_in_full(of_week(week), words, formats)
            return TrendPoint(formats.plain_day(week.monday), words, spoken, of_week(week).mean_s)

        return Trend(title, self._points(point), formats.duration, empty)

    def _rates(self, title: str, of_week: Callable[[SiteWeek], Rate], empty: str) -> Trend:
        formats = self._formats

        def point(week: SiteWeek) -> TrendPoint:
            rate = of_week(week)
            words, spoken = share(rate, formats), rate_in_full(rate, formats)
            day = formats.plain_day(week.monday)
            return TrendPoint(day, words, spoken, rate.value, rate.low, rate.high, counts(rate, formats))

        return Trend(title, self._points(point), lambda one: formats.percent(100 * one), empty, of_all=True)

    def _latency(self) -> Trend:
        formats = self._formats

        def point(week: SiteWeek) -> TrendPoint:
            value = week.panel_latency_p95_ms
            words = NOTHING if value is None else milliseconds(value, formats)
            return TrendPoint(formats.plain_day(week.monday), words, words, value)

        return Trend(
            translate("texts", "Panel shown within (95% of calls)"),
            self._points(point),
            lambda one: milliseconds(one, formats),
            translate("texts", "No panel has measured it in these weeks."),
        )

    def _uplift(self) -> Trend:
        formats = self._formats

        def point(week: SiteWeek) -> TrendPoint:
            spoken = uplift_in_full(week, formats)
            day = formats.plain_day(week.monday)
            return TrendPoint(day, uplift_words(week, formats), spoken, week.uplift, week.uplift_low, week.uplift_high)

        return Trend(
            translate("texts", "Uplift over the control group, in points"),
            self._points(point),
            lambda one: formats.signed_points(one / 100),
            translate("texts", "Too few calls without recommendations to compare with."),
        )

    def _consent_keys(self) -> tuple[_Key, ...]:
        found = {(one.purpose, one.channel) for week in self._figures.weeks for one in week.consents}
        return tuple(key for key in ((p, c) for p in ConsentPurpose for c in ConsentChannel) if key in found)

    def _consents(self, key: _Key) -> tuple[Trend, ...]:
        about = translate("texts", "{channel}, {purpose}").format(
            channel=consent_channel(key[1]), purpose=consent_purpose(key[0])
        )
        none = translate("texts", "No figures in these weeks.")

        def of(part: Callable[[ConsentRates], Rate]) -> Callable[[SiteWeek], Rate]:
            def rate(week: SiteWeek) -> Rate:
                return next((part(one) for one in week.consents if (one.purpose, one.channel) == key), Rate())

            return rate

        trends = (
            self._rates(
                translate("texts", "Consent given: {about}").format(about=about), of(lambda one: one.granted), none
            ),
            self._rates(
                translate("texts", "Consent confirmed: {about}").format(about=about),
                of(lambda one: one.confirmed),
                none,
            ),
            self._rates(
                translate("texts", "Consent withdrawn since: {about}").format(about=about),
                of(lambda one: one.withdrawn),
                none,
            ),
        )
        # By some channels nothing is confirmed apart.
        return tuple(trend for trend in trends if trend is trends[0] or trend.last is not None)


def _mondays(figures: SiteFigures) -> tuple[date, ...]:
    weeks = ((figures.period.last - figures.period.first).days + 1) // 7
    return tuple(figures.period.first + timedelta(weeks=week) for week in range(weeks))
