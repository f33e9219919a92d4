"""The campaign manager's guide: what it tells a reader to do works as it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.decisioning.conditions import parse_condition
from tests.fakes.decisions import RESOURCES, ROOT, SAMPLE_CATALOGUE

GUIDE = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]
CONDITIONS = [
    condition
    for row in re.findall(r"^\| (`[^|]*`) \| [^|]* \|$", GUIDE.partition("**Conditions**")[2], re.MULTILINE)
    for condition in re.findall(r"`([^`]+)`", row)
    if re.search(r"[=<>(]| in |^not |^home_owner$", condition) and condition != "not in"
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "my-catalogue"
    shutil.copytree(SAMPLE_CATALOGUE, folder)
    return folder


def test_the_examples_mistake_is_told_as_the_guide_says(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "boiler_subsidy.yaml").write_text(EXAMPLE, encoding="utf-8")
    assert main(["catalogue", "check", str(copy)], RESOURCES) == 2
    said = capsys.readouterr().err
    assert re.search(r"boiler_subsidy\.yaml:\d+:\d+: no touchpoint has the type 'boiler_subsidy_asked'", said)


def test_without_its_mistake_the_example_passes_and_helmut_sees_it(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mended = re.sub(r" *- id: asked_already\n.*\n.*\n", "", EXAMPLE)
    (copy / "boiler_subsidy.yaml").write_text(mended, encoding="utf-8")
    assert main(["catalogue", "check", str(copy)], RESOURCES) == 0
    asked = ["--customer", "K-104776", "--concern", "heating", "--solved", "--language", "en"]
    assert main(["catalogue", "try", str(copy), *asked], RESOURCES) == 0
    ranked = capsys.readouterr().out.partition("RANK")[2].partition("PRIORITY =")[0]
    assert "INF_BOILER_SUBSIDY" in ranked


def test_the_guide_shows_conditions() -> None:
    assert len(CONDITIONS) >= 10


@pytest.mark.parametrize("source", CONDITIONS)
def test_every_condition_of_the_guide_can_be_written(source: str) -> None:
    parse_condition(source, ATTRIBUTES)
