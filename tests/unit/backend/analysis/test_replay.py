"""Replay: a campaign file through decide, response and learn, and every mistake in file or mapping by its place."""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
from pathlib import Path

import numpy as np
import pytest
import yaml

from nba_desktop.backend.analysis.replay import add_arguments, replay, run
from nba_desktop.backend.analysis.replay_mapping import load_mapping
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.errors import CatalogueErrors, EvaluationError
from tests.bench.decisions.quality import MAPPINGS

CALLS = """\
about: calls of a campaign
time: {order: file, span_days: 90}
period: month
actions:
  - {id: OFFER, kind: sales, group: offers}
response: {column: result, yes: bought}
known_after: [seconds]
features:
  - {column: region, type: category, choices: [north, south]}
  - {column: age, type: number, edges: [30, 60], missing: ["-1"]}
  - {column: member, type: bool, yes: x}
"""

ARMS = """\
about: an experiment with random arms
time: {order: none, span_days: 14}
action_column: arm
actions:
  - {id: GOOD, kind: sales, group: offers, logged_as: a}
  - {id: BAD, kind: sales, group: offers, logged_as: b}
response: {column: clicked, yes: "1"}
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def calls(rows: int = 1200, seed: int = 1) -> str:
    """Buyers are members of the south; every second month twice as many buy."""
    rng = np.random.default_rng(seed)
    lines = ["region,age,member,seconds,month,result"]
    for row in range(rows):
        south, member, month = rng.random() < 0.5, rng.random() < 0.5, row // 300
        bought = rng.random() < (0.1 + 0.3 * south * member) * (1 + month % 2)
        lines.append(
            f"{'south' if south else 'north'},{rng.integers(20, 80)},{'x' if member else ''},"
            f"{400 if bought else 60},{'may' if month % 2 else 'june'},{'bought' if bought else 'no'}"
        )
    return "\n".join(lines) + "\n"


def arms(rows: int = 3000) -> str:
    rng = np.random.default_rng(3)
    lines = ["arm,clicked"]
    for _ in range(rows):
        arm = "ab"[int(rng.integers(2))]
        lines.append(f"{arm},{int(rng.random() < (0.5 if arm == 'a' else 0.1))}")
    return "\n".join(lines) + "\n"


def test_a_campaign_in_time_order_is_predicted_and_then_learnt(tmp_path: Path) -> None:
    report = replay(written(tmp_path, "calls.csv", calls()), written(tmp_path, "calls.yaml", CALLS))
    (one,) = report.passes
    assert one.rows == one.counted == 1200
    assert one.rate == pytest.approx(report.logged_rate)
    assert one.auc is not None
    assert one.auc > 0.65
    assert one.within_auc is not None
    assert one.within_auc > 0.62
    assert one.ece < 0.06
    # Labels shuffled inside the periods leave nothing to be learnt inside them.
    assert report.shuffled_within_auc == pytest.approx(0.5, abs=0.06)


def test_predictions_know_nothing_of_the_row_itself(tmp_path: Path) -> None:
    """The first row is predicted by the prior alone, whatever its answer."""
    header, *rows = calls(40).splitlines()
    mapping = written(tmp_path, "calls.yaml", CALLS)
    losses = []
    for answer in ("bought", "no"):
        first = rows[0].rsplit(",", 1)[0] + "," + answer
        data = written(
            tmp_path, "calls.csv", "\n".join([header, first]) + "\n" + rows[1].rsplit(",", 1)[0] + ",bought\n"
        )
        losses.append(replay(data, mapping).passes[0])
    # Half a chance for the first row both times, and a second row that is expected more after a yes than after a no.
    assert losses[0].log_loss < np.log(2) < losses[1].log_loss


def test_of_random_arms_only_the_rows_that_were_chosen_count(tmp_path: Path) -> None:
    report = replay(written(tmp_path, "arms.csv", arms()), written(tmp_path, "arms.yaml", ARMS), orders=3)
    assert len(report.passes) == 3
    assert report.best_fixed == pytest.approx(0.5, abs=0.03)
    assert report.logged_rate == pytest.approx(0.3, abs=0.03)
    assert report.mean_rate > 0.46
    assert report.worst_rate == min(one.rate for one in report.passes)
    for one in report.passes:
        assert 0.4 < one.counted / one.rows < 0.6
        assert one.shares["GOOD"] > 0.9
        assert sum(one.shares.values()) == pytest.approx(1)


def test_the_same_seed_gives_the_same_figures(tmp_path: Path) -> None:
    data, mapping = written(tmp_path, "arms.csv", arms(600)), written(tmp_path, "arms.yaml", ARMS)
    rates = [replay(data, mapping, seed=seed).mean_rate for seed in (5, 5, 6)]
    assert rates[0] == rates[1] != rates[2]


@pytest.mark.parametrize("mode", ["beta", "fixed"])
def test_the_other_modes_run_the_same_path(tmp_path: Path, mode: str) -> None:
    data, mapping = written(tmp_path, "arms.csv", arms(800)), written(tmp_path, "arms.yaml", ARMS)
    report = replay(data, mapping, settings=LearningSettings(mode=mode))  # type: ignore[arg-type]
    assert report.passes[0].counted > 300
    assert (report.mean_rate > 0.4) == (mode == "beta" or report.passes[0].shares["GOOD"] == 1)


def test_packed_files_and_other_separators_are_the_same_file(tmp_path: Path) -> None:
    mapping = written(tmp_path, "calls.yaml", CALLS)
    text = calls(200)
    plain = replay(written(tmp_path, "calls.csv", text), mapping).passes[0]
    with gzip.open(tmp_path / "calls.csv.gz", "wt", encoding="utf-8") as file:
        file.write(text)
    with lzma.open(tmp_path / "calls.csv.xz", "wt", encoding="utf-8") as file:
        file.write(text)
    semicolons = written(tmp_path, "semicolons.csv", text.replace(",", ";"))
    other = written(tmp_path, "other.yaml", CALLS + 'file: {separator: ";"}\n')
    for data, declared in (
        (tmp_path / "calls.csv.gz", mapping),
        (tmp_path / "calls.csv.xz", mapping),
        (semicolons, other),
    ):
        assert replay(data, declared).passes[0].log_loss == plain.log_loss


def test_rows_with_moments_are_put_in_their_order(tmp_path: Path) -> None:
    header, *rows = calls(300).splitlines()
    dated = [f"{row},2026-01-{1 + place // 24:02}T{place % 24:02}:00:00" for place, row in enumerate(rows)]
    mapping = written(
        tmp_path, "calls.yaml", CALLS.replace("{order: file, span_days: 90}", "{order: column, column: at}")
    )
    straight = written(tmp_path, "straight.csv", "\n".join([f"{header},at", *dated]) + "\n")
    mixed = written(tmp_path, "mixed.csv", "\n".join([f"{header},at", *reversed(dated)]) + "\n")
    assert replay(straight, mapping).passes[0].log_loss == replay(mixed, mapping).passes[0].log_loss


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("known_after: [seconds]", "known_after: [age]", r"10:14: 'age' is known only after the decision"),
        ("column: region", "column: result", r"'result' is known only after the decision and cannot be a feature"),
        ("column: region", "column: regoin", r"9:14: calls\.csv has no column 'regoin' – did you mean 'region'\?"),
        ("choices: [north, south]", "choises: [north, south]", r"9:38: unknown key 'choises'"),
        ("type: bool, yes: x", "type: bool", "'yes' is the value that means true"),
        ("edges: [30, 60]", "edges: [60, 30]", "the edges are finite numbers that rise"),
        ("type: category", "type: colour", r"unknown code 'colour' – one of 'category', 'number' or 'bool'"),
        ("span_days: 90", "span_days: -1", "greater than 0"),
        ("order: file, span_days: 90", "order: file", "'span_days' says how many days"),
        ("order: file, span_days: 90", "order: column", "'column' names the moment's column"),
        ("group: offers}", "group: offers}\n  - {id: TWO, kind: sales, group: offers}", "'action_column' says which"),
        ("response: {column: result, yes: bought}\n", "", "'response' is missing"),
        ("about: calls of a campaign", "about: [", "this is not YAML"),
    ],
)
def test_a_mistake_in_the_mapping_is_named_with_its_place(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    assert before in CALLS
    mapping = written(tmp_path, "calls.yaml", CALLS.replace(before, after))
    with pytest.raises(CatalogueErrors, match=message) as caught:
        replay(written(tmp_path, "calls.csv", calls(20)), mapping)
    assert str(caught.value).startswith("calls.yaml:")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no column 'result'"),
        (calls(1).splitlines()[0] + "\n", "calls.csv has no rows"),
        (calls(5).replace("bought", "sold"), "no row has 'bought' in column 'result'"),
        (calls(5) + "north,old,x,1,may,no\n", "calls.csv, line 7, column 'age': 'old' is no number"),
        (calls(5) + "north,30\n", "calls.csv, line 7: the row has not as many cells"),
        (calls(5) + "north,30,x,1,may,no,more\n", "calls.csv, line 7: the row has not as many cells"),
    ],
)
def test_a_mistake_in_the_data_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    mapping = written(tmp_path, "calls.yaml", CALLS)
    with pytest.raises((EvaluationError, CatalogueErrors), match=message):
        replay(written(tmp_path, "calls.csv", text), mapping)


def test_an_arm_nobody_declared_is_named(tmp_path: Path) -> None:
    data = written(tmp_path, "arms.csv", "arm,clicked\na,1\nc,0\n")
    with pytest.raises(EvaluationError, match=r"arms\.csv, line 3, column 'arm': no action is 'logged_as' 'c'"):
        replay(data, written(tmp_path, "arms.yaml", ARMS))


@pytest.mark.parametrize("name", ["gone.csv", "broken.csv.gz", "broken.csv.xz", "latin.csv"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    if name != "gone.csv":
        (tmp_path / name).write_bytes("größe,result\n".encode("latin-1"))
    with pytest.raises(EvaluationError, match=name):
        replay(tmp_path / name, written(tmp_path, "calls.yaml", CALLS))


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


def test_the_command_prints_a_table_or_one_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, mapping = written(tmp_path, "calls.csv", calls(300)), written(tmp_path, "calls.yaml", CALLS)
    words = ("--data", str(data), "--mapping", str(mapping))
    assert run(arguments(*words)) == 0
    table = capsys.readouterr().out
    assert "log-loss" in table
    assert "AUC inside the periods" in table
    assert run(arguments(*words, "--json")) == 0
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert found["passes"][0]["counted"] == 300
    assert found["settings"]["mode"] == "bayes"


def test_the_command_says_what_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = written(tmp_path, "calls.yaml", CALLS.replace("column: age", "column: agee"))
    words = ("--data", str(written(tmp_path, "calls.csv", calls(5))), "--mapping", str(mapping))
    assert run(arguments(*words)) == 2
    assert "did you mean 'age'?" in capsys.readouterr().err
    assert run(arguments(*words, "--orders", "0")) == 2


@pytest.mark.parametrize("mapping", sorted(MAPPINGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_mappings_of_the_benchmark_are_sound(mapping: Path) -> None:
    entry, _ = load_mapping(mapping)
    assert entry.features


def test_the_talk_time_of_a_call_is_refused_as_a_feature(tmp_path: Path) -> None:
    content = yaml.safe_load((MAPPINGS / "bank.yaml").read_text("utf-8"))
    content["features"].append({"column": "duration", "type": "number", "edges": [60, 300]})
    with pytest.raises(CatalogueErrors, match="'duration' is known only after the decision"):
        load_mapping(written(tmp_path, "bank.yaml", yaml.safe_dump(content)))
