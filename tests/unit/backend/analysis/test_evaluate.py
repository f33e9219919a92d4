"""`backend evaluate`: files of other systems, our own decisions, tables, JSON, and what is said to bad input."""

from __future__ import annotations

import argparse
import json
import lzma
import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nba_desktop.backend.analysis.bandit_file import Columns, read_bandit_file
from nba_desktop.backend.analysis.decision_log import (
    ArmCount,
    FunnelCount,
    LoggedCandidate,
    LoggedDecision,
    LoggedExposure,
    OffPolicyRows,
    best_by_propensity,
    uniform_random,
    without_levers,
)
from nba_desktop.backend.analysis.evaluate import add_arguments, evaluate_file, evaluate_log, plan_for, run
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.uplift import NotYet, Uplift

MOMENT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def evaluate(*arguments: str, decisions: Iterable[LoggedDecision] = ()) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(arguments), lambda _options: decisions)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


GOOD = "reward;propensity;action;age\n1;0.5;call;40\n0;0.25;mail;50\n0;0.25;letter;30\n1;0.5;call;20\n"


# Files


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "xz"])
def test_a_file_is_read_whatever_separates_its_cells(tmp_path: Path, delimiter: str, packed: bool) -> None:
    data = ("\ufeff" + GOOD.replace(";", delimiter)).encode()
    path = tmp_path / ("log.csv.xz" if packed else "log.csv")
    path.write_bytes(lzma.compress(data) if packed else data)
    log = read_bandit_file(path, Columns(context=("age",)))
    assert log.rewards.tolist() == [1, 0, 0, 1]
    assert log.propensities.tolist() == [0.5, 0.25, 0.25, 0.5]
    assert [log.action_names[place] for place in log.actions] == ["call", "mail", "letter", "call"]
    assert log.features.tolist() == [[40], [50], [30], [20]]
    assert log.targets is None
    assert log.clusters is None


def test_words_of_a_context_become_columns_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", 'reward,propensity,action,place\n1,1,a,"Köln, Nord"\n0,1,a,Bonn\n1,1,a,Bonn\n')
    log = read_bandit_file(path, Columns(context=("place",), customer="place"))
    assert log.features.tolist() == [[0, 1], [1, 0], [1, 0]]
    assert log.clusters is not None
    assert log.clusters.tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the first line is empty; it must name the columns"),
        ("reward,propensity,action\n", "there are no rows"),
        ("reward,propensty,action\n1,1,a\n", "there is no column 'propensity': did you mean 'propensty'?"),
        ("x,y\n1,1\n", "there is no column 'reward': there are 'x', 'y'"),
        ("reward,reward,propensity,action\n1,1,1,a\n", "the first line names 'reward' 2 times"),
        ("reward,propensity,action\n1,1,a\n1,1\n", ", row 3: 2 cells, but the first line names 3"),
        ("reward,propensity,action\n1,1,a\n\nyes,1,a\n", ", row 4, column 'reward': the cell is not a number"),
        ("reward,propensity,action\n1,1,a\n,1,a\n", ", row 3, column 'reward': the cell is empty"),
        ("reward,propensity,action\n1,1,a\nnan,1,a\n", ", row 3, column 'reward': the cell is not a number"),
        ("reward,propensity,action\n1,0.5,a\n1,0.0,a\n", ", row 3, column 'propensity': 0.0: a propensity is above 0"),
        ("reward,propensity,action\n1,-1,a\n1,1.5,a\n", ", row 2, column 'propensity': -1: a propensity is above 0"),
        ("reward,propensity,action\n1,-1,a\n1,1.5,a\n", "(1 more rows are like it)"),
        ('reward,propensity,action\n1,1,"a\n', "this is not a CSV file"),
    ],
    ids=[
        "empty", "no-rows", "typing-mistake", "other-columns", "twice", "short-row", "word", "blank", "nan",
        "propensity-zero", "propensity-negative", "how-many", "open-quote",
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path / "log.csv", text)
    with pytest.raises(EvaluationError) as caught:
        evaluate("--file", str(path))
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("none.csv", None, "cannot be read: No such file or directory"),
        ("latin.csv", "reward,propensity,action\n1,1,K\xf6ln\n".encode("latin-1"), "this is not UTF-8 text"),
        ("plain.csv.xz", b"reward,propensity,action\n", "the packed file is damaged"),
        ("short.csv.xz", lzma.compress(GOOD.encode() * 1000)[:-40], "the packed file is damaged"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, name: str, data: bytes | None, said: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(EvaluationError) as caught:
        evaluate("--file", str(tmp_path / name))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--target", "age"), "row 2, column 'age': 40: a target probability lies between 0 and 1"),
        (("--target-action", "fax"), "column 'action': 'fax' was never done; there are 'call', 'letter', 'mail'"),
        (("--context", "agee"), "there is no column 'agee': did you mean 'age'?"),
        (("--customer", "action", "--target-action", "call"), None),
    ],
)
def test_options_that_do_not_fit_the_file_are_named(tmp_path: Path, options: tuple[str, ...], said: str | None) -> None:
    path = write(tmp_path / "log.csv", GOOD)
    if said is None:
        assert evaluate("--file", str(path), *options) == 0
        return
    with pytest.raises(EvaluationError) as caught:
        evaluate("--file", str(path), *options)
    assert said in str(caught.value)


def test_too_many_words_are_no_context(tmp_path: Path) -> None:
    rows = "".join(f"1,0.5,a,name{n}\n" for n in range(101))
    path = write(tmp_path / "log.csv", "reward,propensity,action,who\n" + rows)
    with pytest.raises(EvaluationError, match="101 different values are too many for a context"):
        evaluate_file(path, Columns(context=("who",)))


def test_what_a_file_says_about_a_word_that_should_be_a_number_is_not_repeated(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", "reward,propensity,action\n1,1,a\nErika Muster,1,a\n")
    with pytest.raises(EvaluationError) as caught:
        evaluate("--file", str(path))
    assert "Erika" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--file", "x", "--data", "y"), "not allowed with"),
        ((), "required"),
        (("--file", "x", "--clip", "0"), "a number above 0 is needed"),
        (("--file", "x", "--target", "a", "--target-uniform"), "not allowed with"),
        (("--data", "x", "--since", "yesterday"), "a day like 2026-11-30"),
    ],
)
def test_options_that_cannot_be_are_refused(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SystemExit):
        evaluate(*options)
    assert said in capsys.readouterr().err


def bandit_rows(n: int, seed: int = 1) -> str:
    """A log of two actions, chosen with .8 and .2 and worth .1 and .3."""
    rng = np.random.default_rng(seed)
    rows = ["reward,propensity,action,chance,who"]
    for number in range(n):
        good = rng.random() < 0.2
        reward = int(rng.random() < (0.3 if good else 0.1))
        rows.append(f"{reward},{0.2 if good else 0.8},{'b' if good else 'a'},{1.0 if good else 0.0},c{number // 2}")
    return "\n".join(rows) + "\n"


def test_a_file_is_evaluated_for_an_action_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "log.csv", bandit_rows(4000))
    assert evaluate("--file", str(path), "--target-action", "b", "--json") == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    report = json.loads(out)
    assert (report["rows"], report["actions"], report["target"]) == (4000, 2, "always b")
    assert [one["estimator"] for one in report["estimates"]] == ["IPS", "SNIPS", "DR"]
    for one in report["estimates"]:
        assert one["low"] <= 0.3 <= one["high"]
        assert one["reliable"] is True
        assert one["effective_n"] == pytest.approx(800, rel=0.1)


def test_a_column_of_target_probabilities_gives_the_same_without_dr(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", bandit_rows(1000))
    by_action = evaluate_file(path, Columns(), "b")
    by_column = evaluate_file(path, Columns(target="chance"))
    assert by_column.estimates == by_action.estimates[:2]
    assert "DR needs the whole target policy" in by_column.note
    assert by_action.note == ""


def test_customers_widen_what_is_not_independent(tmp_path: Path) -> None:
    once = bandit_rows(2000).splitlines()
    path = write(tmp_path / "log.csv", "\n".join([once[0], *(line for line in once[1:] for _ in range(4))]))
    alone, together = evaluate_file(path, Columns(), "b"), evaluate_file(path, Columns(customer="who"), "b")
    for one, clustered in zip(alone.estimates[:2], together.estimates[:2], strict=True):
        assert clustered.value == pytest.approx(one.value)
        assert clustered.high - clustered.low > 1.5 * (one.high - one.low)
        assert clustered.effective_n < one.effective_n


def test_a_worthless_estimate_is_flagged_on_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "log.csv", "reward,propensity,action\n1,0.0001,a\n" + "0,0.9999,b\n" * 500)
    assert evaluate("--file", str(path), "--clip", "1000") == 0
    out = capsys.readouterr().out
    assert "Target policy: any of 2 actions alike" in out
    assert "NOT RELIABLE: 501 rows weigh as much as" in out
    assert "weights limited to 1000 in 1 rows: biased" in out


def test_a_target_that_the_log_never_saw_is_refused_with_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", "reward,propensity,action,t\n1,0.5,a,0\n0,0.5,b,0\n")
    with pytest.raises(EvaluationError) as caught:
        evaluate("--file", str(path), "--target", "t")
    assert str(caught.value) == f"{path}: {NO_OVERLAP}"


NO_OVERLAP = "the target policy takes none of the logged actions: the log says nothing about it"


# Our own decisions

SALE = LoggedCandidate("SALE", propensity=0.1, priority=0.2, levers=2.0)
BONUS = LoggedCandidate("BONUS", propensity=0.3, priority=0.15)
HELP = LoggedCandidate("HELP", propensity=0.9, priority=0.9, service=True)


def decision(number: int, arm: Arm = Arm.RANKED, customer: str | None = None, *slate: LoggedExposure) -> LoggedDecision:
    return LoggedDecision(f"D{number}", customer or f"C{number}", MOMENT, arm, (SALE, BONUS, HELP), slate)


def answered(label: float | None, action: str = "SALE", chance: float = 0.5, completed: bool = False) -> LoggedExposure:
    return LoggedExposure(action, chance, shown=True, addressed=True, responded=True, label=label, completed=completed)


def test_the_funnel_counts_each_fact_for_itself_and_no_service() -> None:
    count = FunnelCount()
    count.add(decision(1, Arm.RANKED, None, answered(1.0, completed=True), LoggedExposure("BONUS", 0.5, shown=True)))
    count.add(decision(2, Arm.RANKED, None, LoggedExposure("SALE", 0.5), answered(1.0, "HELP")))
    count.add(decision(3, Arm.NOTHING))
    # Completed on the portal although nobody said that it was addressed.
    count.add(decision(4, Arm.RANKED, None, LoggedExposure("SALE", 0.5, completed=True)))
    count.add(replace(decision(5), candidates=(HELP,)))
    found = count.result()
    assert (found.decisions, found.opportunities, found.recommended) == (5, 4, 4)
    assert (found.shown, found.addressed, found.responded, found.completed) == (2, 1, 1, 2)


def arm_decisions(arm: Arm, accepted: int, opportunities: int, start: int) -> list[LoggedDecision]:
    return [
        decision(start + n, arm, None, *([answered(1.0 if n < accepted else 0.0)] if arm is not Arm.NOTHING else []))
        for n in range(opportunities)
    ]


def test_arms_are_compared_by_opportunity_and_hidden_below_the_plan() -> None:
    count = ArmCount()
    for one in (
        *arm_decisions(Arm.RANKED, 60, 200, 0),
        *arm_decisions(Arm.RANDOM, 40, 200, 1000),
        *arm_decisions(Arm.WITHOUT_LEVERS, 5, 20, 2000),
        *arm_decisions(Arm.NOTHING, 0, 200, 3000),
        replace(decision(1), candidates=(HELP,)),
    ):
        count.add(one)
    assert [(one.arm, one.customers, one.opportunities, one.accepted) for one in count.result()] == [
        (Arm.RANKED, 200, 200, 60),
        (Arm.WITHOUT_LEVERS, 20, 20, 5),
        (Arm.RANDOM, 200, 200, 40),
        (Arm.NOTHING, 200, 200, 0),
    ]
    found = {(one.against, one.outcome): one.result for one in count.comparisons(planned=200)}
    against_random = found[Arm.RANDOM, "accepted"]
    assert isinstance(against_random, Uplift)
    assert (round(against_random.low, 1), round(against_random.high, 1)) == (1.5, 18.3)
    assert found[Arm.WITHOUT_LEVERS, "accepted"] == NotYet(200, 200, 20)
    against_nothing = found[Arm.NOTHING, "accepted"]
    assert isinstance(against_nothing, Uplift)
    assert against_nothing.ratio is None
    assert len(found) == 6


def test_what_was_not_addressed_or_means_neither_is_an_opportunity_and_no_acceptance() -> None:
    count = ArmCount()
    count.add(decision(1, Arm.RANKED, None, LoggedExposure("SALE", 0.5, shown=True)))
    count.add(decision(2, Arm.RANKED, None, answered(None)))
    count.add(decision(3, Arm.RANKED, None, answered(1.0, "HELP")))
    assert (count.result()[0].opportunities, count.result()[0].accepted) == (3, 0)


def test_repeats_of_one_customer_do_not_reach_the_plan() -> None:
    count = ArmCount()
    for arm in (Arm.RANKED, Arm.RANDOM):
        for n in range(200):
            yes = 1.0 if n % 20 < 10 else 0.0
            count.add(decision(n, arm, f"{arm}{n % 20}", answered(yes)))
    found = next(one.result for one in count.comparisons(planned=100) if one.against is Arm.RANDOM)
    assert isinstance(found, NotYet)
    assert found.treated == pytest.approx(20, rel=0.1)


def test_target_policies_choose_what_they_say() -> None:
    candidates = (SALE, BONUS)
    assert best_by_propensity(candidates, 1) == {"BONUS": 1.0}
    assert without_levers(candidates, 1) == {"BONUS": 1.0}
    assert uniform_random(candidates, 1) == {"SALE": 0.5, "BONUS": 0.5}
    assert uniform_random(candidates, 3) == {"SALE": 1.0, "BONUS": 1.0}
    assert best_by_propensity(candidates, 2) == {"BONUS": 1.0, "SALE": 1.0}


def explored(n: int, seed: int = 4) -> list[LoggedDecision]:
    """SALE is shown with .7 and accepted by .1, BONUS with .3 and by .3."""
    rng = np.random.default_rng(seed)
    found: list[LoggedDecision] = []
    for number in range(n):
        bonus = rng.random() < 0.3
        yes = float(rng.random() < (0.3 if bonus else 0.1))
        shown = answered(yes, "BONUS", 0.3) if bonus else answered(yes, "SALE", 0.7)
        found.append(decision(number, Arm.RANKED, None, shown, answered(1.0, "HELP", 1.0)))
    return found


def test_other_policies_are_valued_near_what_they_are_worth() -> None:
    report = evaluate_log(explored(4000), plan_for(0.1, 2.0, 0.8))
    worth = {"best_by_propensity": 0.3, "uniform_random": 0.2, "without_levers": 0.3}
    assert [one.policy for one in report.policies] == list(worth)
    for value in report.policies:
        assert value.problem == ""
        assert len(value.estimates) == 3
        for one in value.estimates:
            assert one.rows == 4000
            assert one.reliable
            assert one.low <= worth[value.policy] <= one.high


def test_the_rows_of_a_slate_weigh_by_the_slots_they_share() -> None:
    rows = OffPolicyRows({"uniform": uniform_random})
    third = LoggedCandidate("THIRD", propensity=0.2, priority=0.1)
    for number in range(2):
        shown = (answered(1.0, "SALE", 0.5), answered(0.0, "BONUS", 0.8), LoggedExposure("THIRD", 0.5))
        rows.add(replace(decision(number, Arm.RANKED, None, *shown), candidates=(SALE, BONUS, third)))
    ips, snips, robust = rows.result()[0].estimates
    sale, bonus = (2 / 3) / 0.5, (2 / 3) / 0.8
    assert ips.rows == 4
    assert ips.value == pytest.approx(sale / 2)
    assert snips.value == pytest.approx(sale / (sale + bonus))
    expected = (2 / 3) * (0.1 + 0.3 + 0.2) / 2
    assert robust.value == pytest.approx(expected + (sale * (1 - 0.1) + bonus * (0 - 0.3)) / 2)


@pytest.mark.parametrize("chance", [0.0, -0.1, 1.2, math.nan])
def test_a_chance_of_being_shown_that_cannot_be_is_refused_with_its_decision(chance: float) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate_log([decision(7, Arm.RANKED, None, answered(1.0, "SALE", chance))], plan_for(0.1, 2.0, 0.8))
    assert str(caught.value).startswith("decision D7, action SALE: the probability of having been shown is ")


def test_an_action_that_was_shown_but_was_no_candidate_is_named() -> None:
    with pytest.raises(EvaluationError, match="decision D7, action GHOST: it was shown but is not among"):
        evaluate_log([decision(7, Arm.RANKED, None, answered(1.0, "GHOST"))], plan_for(0.1, 2.0, 0.8))


def test_an_empty_log_is_said_to_be_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate("--data", "anywhere") == 0
    out = capsys.readouterr().out
    assert "hidden: 0 and 0 of 3841 planned cases" in out
    assert "no estimate: 0 rows cannot be evaluated" in out


def test_the_log_is_reported_as_tables_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    decisions = [*explored(400), *arm_decisions(Arm.RANDOM, 20, 400, 9000)]
    options = ("--data", "anywhere", "--smallest-effect", "10", "--base-rate", "0.2")
    assert evaluate(*options, decisions=decisions) == 0
    table = capsys.readouterr().out
    assert "opportunities         800" in table
    assert "accepted   against random" in table
    assert "ratio" in table
    assert "Target policy: without_levers" in table
    assert evaluate(*options, "--json", decisions=iter(decisions)) == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert report["funnel"]["opportunities"] == 800
    assert report["plan"] == {"base_rate": 0.2, "smallest_effect_points": 10.0, "power": 0.8, "per_arm": 294}
    shown = {one["against"]: one["hidden"] for one in report["comparisons"] if one["outcome"] == "accepted"}
    assert shown == {"without_levers": True, "random": False, "nothing": True}
    assert {one["policy"] for one in report["policies"]} == {"best_by_propensity", "uniform_random", "without_levers"}


def test_the_days_reach_who_reads_the_log() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    seen: list[tuple[date, date]] = []

    def read(options: argparse.Namespace) -> Iterable[LoggedDecision]:
        seen.append((options.since, options.until))
        return ()

    run(parser.parse_args(["--data", "d", "--since", "2026-10-01", "--until", "2026-12-31"]), read)
    assert seen == [(date(2026, 10, 1), date(2026, 12, 31))]
