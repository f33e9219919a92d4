"""Loading catalogues: every mistake has its file, line, column and words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.contract.codes import ConsentChannel, ResponseCode
from tests.fakes.decisions import SMALL_CATALOGUE

MISTAKES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "mistakes.yaml").read_text("utf-8"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=[one["name"] for one in MISTAKES])
def test_a_mistake_is_reported_where_it_stands(mistake: dict[str, Any], tmp_path: Path) -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    assert text.count(mistake["was"]) == 1
    file = tmp_path / "catalogue.yaml"
    file.write_text(text.replace(mistake["was"], mistake["is"]), encoding="utf-8")

    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(file)

    said = [str(error) for error in caught.value.errors]
    assert any(one.startswith(mistake["says"]) for one in said), "\n".join(said)


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    text = text.replace("kwh_year > 1000", "kwh_yer > 1000").replace(
        "Heizung von {boiler_year}", "Heizung von {boiler}"
    )
    text = text.replace("target: group/bill", "target: group/bil")
    (tmp_path / "catalogue.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(tmp_path)

    assert [error.line for error in caught.value.errors] == [18, 33, 67]
    assert str(caught.value).count("\n") == 2


def test_a_good_catalogue_has_a_version_of_its_content(tmp_path: Path) -> None:
    first = load_catalogue(SMALL_CATALOGUE)
    file = tmp_path / "catalogue.yaml"
    file.write_bytes(SMALL_CATALOGUE.read_bytes())
    assert load_catalogue(file).version == first.version
    assert len(first.version) == 12
    file.write_text(SMALL_CATALOGUE.read_text("utf-8").replace("percent: 25", "percent: 30"), encoding="utf-8")
    assert load_catalogue(file).version != first.version


def test_a_folder_is_one_catalogue(tmp_path: Path) -> None:
    site, _, actions = SMALL_CATALOGUE.read_text("utf-8").partition("actions:\n")
    first, _, second = actions.partition("  - id: SALE")
    (tmp_path / "site.yaml").write_text(site, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("actions:\n" + first, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("actions:\n  - id: SALE" + second, encoding="utf-8")

    loaded = load_catalogue(tmp_path)

    assert [action.action_id for action in loaded.actions] == ["SERVICE", "SALE", "SIDE", "EXPERT", "CONSENT"]
    (tmp_path / "b.yaml").write_text(
        "actions:\n  - id: SALE" + second.replace("base_rate: 0.9", "base_rate: x"), "utf-8"
    )
    with pytest.raises(CatalogueErrors, match=r"b\.yaml:32:16: "):
        load_catalogue(tmp_path)


def test_a_key_that_stands_in_two_files_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(SMALL_CATALOGUE.read_bytes())
    (tmp_path / "b.yaml").write_text("timezone: Europe/Berlin\n", encoding="utf-8")
    with pytest.raises(CatalogueErrors, match=r"b\.yaml:1:1: 'timezone' stands in a\.yaml too"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\x00", "the file is not UTF-8 text"),
        (b"- just\n- a list\n", "the file has no keys"),
        (b"a: 1\nb: [", "this is not YAML"),
        (b"a: " + b"[\n" * 1_000_000, "catalogue.yaml:50:1: more than 50 levels are nested"),
        (b"x: !!python/object/apply:os.system [true]\n", "unknown key 'x'"),
        (b"a: \x01", "this is not YAML"),
        (
            b"a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
            b"d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
            b"f: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
            "this holds more than 200000 values",
        ),
    ],
    ids=["empty", "binary", "a list", "cut off", "nested", "a tag", "control character", "aliases of aliases"],
)
def test_a_file_that_is_no_catalogue_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_bytes(content)
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(file)
    assert says in str(caught.value)


def test_a_missing_file_and_an_empty_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(CatalogueErrors, match="the file cannot be read"):
        load_catalogue(tmp_path / "nothing.yaml")
    with pytest.raises(CatalogueErrors, match=r"holds no \.yaml file"):
        load_catalogue(tmp_path)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_bytes(b"# " + b"x" * 4_000_001)
    with pytest.raises(CatalogueErrors, match="larger than 4 MB"):
        load_catalogue(file)


def test_the_head_and_the_wordings_are_in_the_asked_language() -> None:
    loaded = load_catalogue(SMALL_CATALOGUE)
    head = loaded.head("en")
    assert (head.version, [one.label for one in head.concerns]) == (loaded.version, ["Bill", "Move"])
    assert head.concerns[0].synonyms == ("invoice",)
    (wording,) = loaded.wordings("de")
    assert wording.wording_id == "ADV_PHONE.de.v2"
    assert wording.text == "Darf Muster Energie anrufen? muster.example"
    assert wording.channels == (ConsentChannel.PHONE,)
    assert len(wording.text_sha256) == 64
    assert loaded.wordings("en")[0].text_sha256 != wording.text_sha256


def test_an_actions_cool_downs_override_the_sites() -> None:
    actions = {one.action_id: one for one in load_catalogue(SMALL_CATALOGUE).actions}
    assert actions["SALE"].cool_down[ResponseCode.THINKING] == 7
    assert actions["SERVICE"].cool_down[ResponseCode.THINKING] == 30


def test_margins_are_measured_by_the_catalogues_median_and_relative_values_are_kept() -> None:
    values = {one.action_id: one.value for one in load_catalogue(SMALL_CATALOGUE).actions}
    assert values == {"SERVICE": 1.2, "SALE": 1.0, "SIDE": 1.0, "EXPERT": 1.0, "CONSENT": 0.2}
