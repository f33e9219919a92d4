"""Words for the site's figures: ways by channel, lengths of calls, a week's figure for the ear."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.review import ChannelPath, Duration, SiteWeek, TalkBin
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.journey import channel_word
from nba_desktop.ui.texts.review_words import NOTHING

translate = QCoreApplication.translate

_ARROW: Final = " → "


def path_words(path: ChannelPath) -> str:
    """A way by its channels: E-mail → Portal."""
    return _ARROW.join(channel_word(channel) for channel in path.channels)


def bin_words(one: TalkBin, formats: Formats) -> str:
    """How long calls were."""
    if one.to_minutes is None:
        return translate("texts", "{minutes} min and longer").format(minutes=formats.number(one.from_minutes))
    return translate("texts", "{begin} to under {end} min").format(
        begin=formats.number(one.from_minutes), end=formats.number(one.to_minutes)
    )


def milliseconds(value: float, formats: Formats) -> str:
    """A short time: 870 ms."""
    return translate("texts", "{number} ms").format(number=formats.number(round(value)))


def mean_in_full(duration: Duration, words: str, formats: Formats) -> str:
    """A mean time with the number of its calls, for the ear."""
    if duration.mean_s is None or duration.calls is None:
        return translate("texts", "no calls")
    return translate("texts", "{time}, over {calls} calls").format(time=words, calls=formats.number(duration.calls))


def uplift_words(week: SiteWeek, formats: Formats) -> str:
    """The uplift of a week in points: +4.0."""
    return NOTHING if week.uplift is None else formats.signed_points(week.uplift / 100)


def uplift_in_full(week: SiteWeek, formats: Formats) -> str:
    """The same with its interval, for the ear."""
    if week.uplift is None or week.uplift_low is None or week.uplift_high is None:
        return translate("texts", "too few cases")
    return translate("texts", "{points} points, 95% interval {low} to {high}").format(
        points=formats.signed_points(week.uplift / 100),
        low=formats.signed_points(week.uplift_low / 100),
        high=formats.signed_points(week.uplift_high / 100),
    )
