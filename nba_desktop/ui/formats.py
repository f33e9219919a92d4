"""Dates, times, money, numbers and telephone numbers in the words of the locale."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

import phonenumbers
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from nba_desktop.contract.base import Language, Params

_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOCALES: Final = {
    "de": QLocale(QLocale.Language.German, QLocale.Country.Germany),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
_REGION: Final = "DE"
"""Numbers of this country are shown in national form."""


def local_now() -> datetime:
    """The present moment in the workstation's time zone."""
    return datetime.now().astimezone()


# To take a number apart takes as long as to paint it, and the one on the screen is asked for with every state.
@lru_cache(maxsize=32)
def _read_out(raw: str, e164: str) -> str:
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return raw or e164
    home = phonenumbers.region_code_for_country_code(parsed.country_code or 0) == _REGION
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


class Formats:
    """How one language writes values; `now` gives the present moment with its zone."""

    def __init__(self, language: Language, now: Callable[[], datetime] = local_now) -> None:
        self.language = language
        self.now = now
        self._locale = _LOCALES[language]

    def today(self) -> date:
        """The present day."""
        return self.now().date()

    def local_day(self, moment: datetime) -> date:
        """The day of a moment in the workstation's time zone."""
        return moment.astimezone(self.now().tzinfo).date()

    def day(self, moment: date | datetime) -> str:
        """A short day: Today, Yesterday, 12. Sep, or 12. Sep 24 in another year."""
        that = self.local_day(moment) if isinstance(moment, datetime) else moment
        today = self.today()
        if that == today:
            return QCoreApplication.translate("formats", "Today")
        if that == today - timedelta(days=1):
            return QCoreApplication.translate("formats", "Yesterday")
        return self.plain_day(that)

    def day_within(self, moment: date | datetime) -> str:
        """A short day that does not begin what is said: today, yesterday, 12. Sep."""
        that = self.local_day(moment) if isinstance(moment, datetime) else moment
        days = (self.today() - that).days
        return self.days_ago(days) if days in (0, 1) else self.plain_day(that)

    def plain_day(self, that: date) -> str:
        """A short day without relative words: 12. Sep, or 12. Sep 24 in another year."""
        month = self._locale.standaloneMonthName(that.month, QLocale.FormatType.ShortFormat)[:3]
        dot = "." if self.language == "de" else ""
        year = "" if that.year == self.today().year else f" {that.year % 100:02d}"
        return f"{that.day}{dot} {month}{year}"

    def month(self, that: date) -> str:
        """A month by name: November 2026."""
        return f"{self._locale.standaloneMonthName(that.month, QLocale.FormatType.LongFormat)} {that.year}"

    def clock(self, that: time) -> str:
        """A time of day that belongs to no zone: 14:30."""
        return self._locale.toString(QTime(that.hour, that.minute), "HH:mm")

    def weekday(self, that: date) -> str:
        """The short name of a day's weekday: Mo, Mon."""
        return self._locale.standaloneDayName(that.isoweekday(), QLocale.FormatType.ShortFormat).rstrip(".")

    def full_date(self, that: date) -> str:
        """A day in digits, with its year: 31.12.2026, 31/12/2026."""
        pattern = "dd.MM.yyyy" if self.language == "de" else "dd/MM/yyyy"
        return self._locale.toString(QDate(that.year, that.month, that.day), pattern)

    def date(self, that: date) -> str:
        """A day in full: 1. Januar, or 1. Januar 2027 in another year."""
        pattern = "d. MMMM" if self.language == "de" else "d MMMM"
        pattern += "" if that.year == self.today().year else " yyyy"
        return self._locale.toString(QDate(that.year, that.month, that.day), pattern)

    def time(self, moment: datetime) -> str:
        """A time of day: 14:32."""
        local = moment.astimezone(self.now().tzinfo)
        return self._locale.toString(QTime(local.hour, local.minute), "HH:mm")

    def days_ago(self, days: int) -> str:
        """How long ago: today, yesterday, 5 days ago."""
        if days <= 0:
            return QCoreApplication.translate("formats", "today")
        if days == 1:
            return QCoreApplication.translate("formats", "yesterday")
        return QCoreApplication.translate("formats", "{days} days ago").format(days=days)

    def duration(self, seconds: float) -> str:
        """A running time: 03:12, from one hour on 1:03:12; never negative."""
        whole = max(0, int(seconds))
        hours, rest = divmod(whole, 3600)
        clock = f"{rest // 60:02d}:{rest % 60:02d}"
        return f"{hours}:{clock}" if hours else clock

    def number(self, value: float) -> str:
        """A number with the language's separators, without needless decimals."""
        if float(value).is_integer():
            return self._locale.toString(int(value))
        return self._locale.toString(float(value), "f", 2).rstrip("0")

    def percent(self, value: float) -> str:
        """A share, given in percent: 34 %, 34%."""
        return f"{self.number(round(value))}\u00a0%" if self.language == "de" else f"{self.number(round(value))}%"

    def share(self, value: float) -> str:
        """A share of 1 in percent, with one decimal: 22,1 %, 22.1%."""
        return f"{self.points(value)}\u00a0%" if self.language == "de" else f"{self.points(value)}%"

    def points(self, value: float) -> str:
        """A share of 1 as points of a percentage, with one decimal: 22,1."""
        return self._locale.toString(100 * value, "f", 1)

    def signed_points(self, value: float) -> str:
        """A difference of shares of 1 in points, always with its sign."""
        sign = "\u2212" if value < 0 else "+"
        return f"{sign}{self.points(abs(value))}"

    def signed_percent(self, value: float) -> str:
        """A change in percent, always with its sign."""
        sign = "\u2212" if value < 0 else "+"
        return f"{sign}{self.percent(abs(value))}"

    def factor(self, value: float) -> str:
        """A factor around 1, always with two decimals so that factors can be compared: 0,85."""
        return self._locale.toString(float(value), "f", 2)

    def money(self, eur: float) -> str:
        """An amount in euro, with cents only where there are some: 84 €, 84,50 €."""
        digits = 0 if float(eur).is_integer() else 2
        amount = self._locale.toString(abs(float(eur)), "f", digits)
        sign = "\u2212" if eur < 0 else ""
        return f"{sign}{amount}\u00a0€" if self.language == "de" else f"{sign}€{amount}"

    def money_range(self, low: float, high: float) -> str:
        """A range in thousands of euro: 1,1–1,5 T€; below one thousand in euro."""
        if high < 1000:
            if self.language == "de":
                return f"{self.number(low)}–{self.number(high)}\u00a0€"
            return f"€{self.number(low)}–{self.number(high)}"
        thousands = [self._locale.toString(round(value / 1000, 1), "f", 1) for value in (low, high)]
        return f"{thousands[0]}–{thousands[1]}\u00a0T€" if self.language == "de" else f"€{thousands[0]}–{thousands[1]}k"

    def phone(self, raw: str, e164: str | None) -> str:
        """A telephone number as one reads it out: national at home, else international."""
        return raw if e164 is None else _read_out(raw, e164)

    def value(self, name: str, value: str | int | float | bool) -> str:
        """A parameter of a sentence by its name and form: `*_eur` is money, an ISO date a day."""
        if isinstance(value, str):
            return self.date(date.fromisoformat(value)) if _ISO_DATE.fullmatch(value) else value
        if name.endswith("_eur"):
            return self.money(value)
        return self.number(value)

    def params(self, params: Params) -> dict[str, str]:
        """The parameters of a sentence as words; a missing one is left out."""
        return {name: self.value(name, value) for name, value in params.items() if value is not None}
