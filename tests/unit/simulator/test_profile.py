"""A day's shape is read from a file, of one day or of many, or it is said what is wrong with it."""

from __future__ import annotations

import lzma
from datetime import date
from pathlib import Path

import pytest

from nba_desktop.paths import resource
from nba_desktop.simulator.profile import DayProfile, ProfileError, load_profile

MANY_DAYS = "DateTime,Calls\n2026-03-02 07:00:00,10\n2026-03-02 07:05:00,20\n2026-03-03 07:00:00,30\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "day.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_day_is_a_call_centres_and_says_that_it_is_invented() -> None:
    path = resource("telephony", "day_profile.csv")
    profile = load_profile(path)
    assert path.read_text(encoding="utf-8").startswith("# Invented")
    assert (profile.begin_s, profile.end_s, profile.bin_s) == (8 * 3600, 20 * 3600, 300)
    # More in the morning than at noon, more in the afternoon than in the evening.
    hour = [profile.expected(at * 3600, at * 3600 + 3600) for at in range(8, 20)]
    assert hour[2] > hour[4] < hour[6] > hour[11]


def test_of_many_days_the_mean_one_is_taken_or_the_one_asked_for(tmp_path: Path) -> None:
    file = written(tmp_path, MANY_DAYS)
    assert load_profile(file) == DayProfile(7 * 3600, 300, (20.0, 10.0))
    assert load_profile(file, date(2026, 3, 2)).calls == (10.0, 20.0)
    packed = tmp_path / "day.csv.xz"
    packed.write_bytes(lzma.compress(MANY_DAYS.encode()))
    assert load_profile(packed) == load_profile(file)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        # Two rows of one bin, such as two queues, are of one day.
        ("DateTime,Calls\n2026-03-02 07:00,10\n2026-03-02 07:00,5\n2026-03-02 07:05,4\n", (15.0, 4.0)),
        # Several days that are not named.
        ("Time,Calls\n07:00,10\n07:05,4\n07:00,20\n", (15.0, 2.0)),
    ],
)
def test_the_mean_is_of_all_days_there_are(text: str, calls: tuple[float, ...], tmp_path: Path) -> None:
    assert load_profile(written(tmp_path, text)).calls == calls


def test_parts_of_bins_count_in_part() -> None:
    profile = DayProfile(0, 300, (30.0, 60.0, 0.0))
    assert profile.expected(150, 450) == pytest.approx(45.0)
    assert profile.expected(-100, 10_000) == pytest.approx(90.0)
    assert profile.busiest_per_s(300) == pytest.approx(0.2)
    assert profile.busiest_per_s(3600) == pytest.approx(0.1)


def test_a_bin_in_which_nobody_called_may_be_missing(tmp_path: Path) -> None:
    assert load_profile(written(tmp_path, "Time,Calls\n08:00,1\n08:05,2\n08:15,3\n")).calls == (1.0, 2.0, 0.0, 3.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "needs the columns"),
        ("When,Calls\n08:00,1\n", "needs the columns"),
        ("Time,Calls\n", "holds no calls"),
        ("Time,Calls\n08:00,0\n08:05,0\n", "no calls"),
        ("Time,Calls\n8 o'clock,1\n", "row 2"),
        ("Time,Calls\n08:00,1\n28:05,1\n", "row 3"),
        ("Time,Calls\n08:00,-1\n", "row 2"),
        ("Time,Calls\n08:00,nan\n", "row 2"),
        ("Time,Calls\n08:00\n", "row 2"),
        ("Time,Calls\n08:00,1\n08:05,1\n08:12,1\n", "different lengths"),
    ],
)
def test_a_file_that_is_no_profile_says_why(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ProfileError, match=words):
        load_profile(written(tmp_path, text))


def test_a_missing_file_or_day_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot be read"):
        load_profile(tmp_path / "none.csv")
    with pytest.raises(ProfileError, match="of 2026-03-09"):
        load_profile(written(tmp_path, MANY_DAYS), date(2026, 3, 9))
    damaged = tmp_path / "damaged.csv.xz"
    damaged.write_bytes(b"no xz at all")
    with pytest.raises(ProfileError, match="cannot be read"):
        load_profile(damaged)
