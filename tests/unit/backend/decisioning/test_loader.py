"""Loading catalogues: every mistake has its file, line, column and words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.decisioning.loader import load_catalogue, load_catalogue_files, read_files
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.contract.codes import ConsentChannel, OutcomeCode, ResponseCode, Stage
from tests.cases import cases
from tests.fakes.decisions import SMALL_CATALOGUE

MISTAKES: list[dict[str, Any]] = cases(Path(__file__).parent / "cases" / "mistakes.yaml")


@pytest.mark.parametrize("mistake", MISTAKES, ids=[one["name"] for one in MISTAKES])
def test_a_mistake_is_reported_where_it_stands(mistake: dict[str, Any], tmp_path: Path) -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    if "was" in mistake:
        assert text.count(mistake["was"]) == 1
        text = text.replace(mistake["was"], mistake["is"])
    file = tmp_path / "catalogue.yaml"
    file.write_text(text + mistake.get("adds", ""), encoding="utf-8")

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


def mistakes_in(text: str) -> list[str]:
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue_files({"catalogue.yaml": text})
    return [str(error) for error in caught.value.errors]


def test_a_mistake_of_form_hides_no_mistake_of_meaning_elsewhere() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8").replace("    minutes: 2", "    minuts: 2")
    text = text.replace("dunning_level >= 1", "dunning_levl >= 1").replace("target: group/bill", "target: group/bil")

    assert mistakes_in(text) == [
        "catalogue.yaml:18:29: there is no group 'bil' – did you mean 'bill'?",
        "catalogue.yaml:23:5: 'minutes' is missing",
        "catalogue.yaml:27:5: unknown key 'minuts' – did you mean 'minutes'?",
        "catalogue.yaml:64:19: unknown attribute 'dunning_levl' – did you mean 'dunning_level'?",
    ]


def test_what_is_not_well_formed_is_not_missed_by_others() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    broken_action = text.replace(
        "kind: sales\n    group: heating\n    closing_form: on_call", "kind: 7\n    group: heating"
    )
    assert [one for one in mistakes_in(broken_action) if "there is no" in one or "no action" in one] == []
    broken_group = text.replace("{id: bill, issue: service,", "{id: bill, issue: servce,")
    assert mistakes_in(broken_group) == ["catalogue.yaml:126:23: unknown code 'servce' – did you mean 'service'?"]


def test_where_the_site_itself_is_not_well_formed_only_that_is_said() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8").replace("required: 2", "required: two")
    said = mistakes_in(text.replace("kwh_year > 1000", "kwh_yer > 1000"))
    assert len(said) == 1
    assert said[0].startswith("catalogue.yaml:3:66: ")


def test_no_files_are_no_catalogue() -> None:
    with pytest.raises(CatalogueErrors, match="there is no file"):
        load_catalogue_files({})


def test_texts_load_as_their_files_do(tmp_path: Path) -> None:
    site, _, actions = SMALL_CATALOGUE.read_text("utf-8").partition("actions:\n")
    (tmp_path / "site.yaml").write_bytes(b"\xef\xbb\xbf" + site.replace("\n", "\r\n").encode())
    (tmp_path / "Actions.yaml").write_text("actions:\n" + actions, "utf-8")

    files = read_files(tmp_path)

    assert list(files) == ["Actions.yaml", "site.yaml"]
    loaded = load_catalogue(tmp_path)
    backwards = load_catalogue_files(dict(reversed(files.items())))
    assert backwards.version == loaded.version
    assert backwards.entry == loaded.entry
    # Line ends and byte-order marks are the editor's, not the catalogue's.
    assert load_catalogue_files({"site.yaml": site, "Actions.yaml": "actions:\n" + actions}).version == loaded.version


def test_every_list_may_be_spread_over_files() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    more = """
groups: [{id: solar, issue: sales, label: {de: Sonne, en: Sun}}]
caps: [{target: group/heating, at_most: 1, days: 7}]
placements: [{id: home}]
personas: [{id: anybody, why: {de: A, en: A}, values: {}, expect: {never: [SALE]}}]
"""
    again = more.replace("home", "bills").replace("anybody", "nobody").replace("group/heating", "action/SIDE")
    again = again.replace("groups: [{id: solar, issue: sales", "groups: [{id: saving, issue: information")
    files = {
        "a.yaml": text.replace("    group: heating\n    strategic", "    group: solar\n    strategic"),
        "b.yaml": more,
        "c.yaml": again.replace("groups: [", "#"),
    }
    entry = load_catalogue_files(files).entry
    assert [len(one) for one in (entry.groups, entry.caps, entry.placements, entry.personas)] == [5, 2, 2, 2]


def test_a_sentence_never_says_what_is_known_only_afterwards() -> None:
    schema = {**ATTRIBUTES, "boiler_year": replace(ATTRIBUTES["boiler_year"], known="after")}
    with pytest.raises(CatalogueErrors, match="67:19: 'boiler_year' is known only after the decision"):
        load_catalogue_files(read_files(SMALL_CATALOGUE), schema)


def test_an_action_that_has_run_out_is_no_mistake() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8").replace("strategic: false", "valid_to: 2020-12-31")
    assert len(load_catalogue_files({"catalogue.yaml": text}).actions) == 5


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


def test_an_anchors_keys_are_taken_over_where_nothing_else_is_written() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    text = text.replace('title: {de: "Wartung"', 'title: &words {de: "Wartung"')
    taken = text.replace('title: {de: "Beratung", en: "Advice"}', 'title: {<<: *words, en: "Advice"}')
    actions = {one.action_id: one.entry for one in load_catalogue_files({"catalogue.yaml": taken}).actions}
    assert (actions["EXPERT"].title.de, actions["EXPERT"].title.en) == ("Wartung", "Advice")


def test_a_mistake_in_an_anchor_is_one_mistake() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8").replace('en: "Maintenance"}', 'en: "Maintenance {no_attribute}"}')
    text = text.replace('title: {de: "Wartung"', 'title: &words {de: "Wartung"')
    text = text.replace('title: {de: "Beratung", en: "Advice"}', "title: *words")
    assert mistakes_in(text) == ["catalogue.yaml:66:40: unknown name '{no_attribute}'"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a: &a {<<: *a}\n", "1:4: an anchor refers to itself"),
        ("a: {<<: [x]}\n", "1:10: there are no keys to take over – write <<: *name, the anchor of a mapping"),
        (
            "a: &a {k: 1}\nb: &b {<<: [*a,*a,*a,*a,*a,*a,*a,*a]}\nc: &c {<<: [*b,*b,*b,*b,*b,*b,*b,*b]}\n"
            "d: &d {<<: [*c,*c,*c,*c,*c,*c,*c,*c]}\ne: &e {<<: [*d,*d,*d,*d,*d,*d,*d,*d]}\n"
            "f: &f {<<: [*e,*e,*e,*e,*e,*e,*e,*e]}\ng: &g {<<: [*f,*f,*f,*f,*f,*f,*f,*f]}\n",
            "this holds more than 200000 values",
        ),
    ],
    ids=["itself", "no mapping", "mergers of mergers"],
)
def test_wrong_mergers_are_said(content: str, says: str) -> None:
    assert any(says in one for one in mistakes_in(content))


def test_more_concerns_than_the_model_takes_are_refused() -> None:
    entry = '  - {code: reason_%d, label: {de: "Grund", en: "Reason"}}\n'
    text = SMALL_CATALOGUE.read_text("utf-8")
    some, many = (
        text.replace("consent_wordings:\n", "".join(entry % n for n in range(count)) + "consent_wordings:\n", 1)
        for count in (100, 300)
    )
    assert len(load_catalogue_files({"catalogue.yaml": some}).entry.concerns) == 102
    (said,) = mistakes_in(many)
    assert re.fullmatch(
        r"catalogue\.yaml:5:3: the model cannot learn with this: the features have \d+ classes, at most 512 .+"
        r" – list fewer concerns, or use 'attributes_off'",
        said,
    )


def test_a_key_that_stands_in_two_files_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(SMALL_CATALOGUE.read_bytes())
    (tmp_path / "b.yaml").write_text("timezone: Europe/Berlin\n", encoding="utf-8")
    with pytest.raises(CatalogueErrors, match=r"b\.yaml:1:1: 'timezone' stands in a\.yaml:2 too"):
        load_catalogue(tmp_path)


ANYTHING = [None, True, -1, 10**25, 2.5, "", "a b", "x" * 700, [], [1], ["a", "b", "c"], {}, {"a": 1}, [[None]]]


def places(content: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path, *(place for step, one in inside for place in places(one, (*path, step)))]


@given(st.data())
def test_whatever_is_written_anywhere_is_told_in_plain_words(data: st.DataObject) -> None:
    content = cases(SMALL_CATALOGUE)
    *outer, last = data.draw(st.sampled_from(places(content)[1:]))
    around = content
    for step in outer:
        around = around[step]
    around[last] = data.draw(st.sampled_from(ANYTHING))
    said = ""
    try:
        load_catalogue_files({"catalogue.yaml": yaml.safe_dump(content, allow_unicode=True)})
    except CatalogueErrors as errors:
        said = str(errors)
    assert not [word for word in ("nput", "valid ", "should", "instance", "NoneType") if word in said]


def test_an_entry_twice_is_one_mistake_of_the_later_file_whatever_the_entry_holds() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    again = "groups: [{id: bill, issue: sales, skills: [flying], label: {de: A, en: A}}]\nskills: [energy_advice]\n"
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue_files({"a.yaml": text, "b.yaml": again})
    place = text.partition("{id: bill,")[0].count("\n") + 1
    assert str(caught.value) == (
        f"b.yaml:1:15: the group 'bill' is here twice – it stands in a.yaml:{place} already: rename or remove it"
    )


def test_entries_under_a_key_that_is_written_twice_are_not_missed_by_others() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8")
    halves = text.replace("  - {id: price, issue: retention", "groups:\n  - {id: price, issue: retention")
    (said,) = mistakes_in(halves)
    assert "the key 'groups' is here twice – catalogue.yaml:125 has it, too: keep one" in said


def test_what_looks_like_a_part_and_is_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "catalogue.yaml").write_bytes(SMALL_CATALOGUE.read_bytes())
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "ci.yaml").touch()
    (tmp_path / "notes.txt").touch()
    assert list(read_files(tmp_path)) == ["catalogue.yaml"]
    (tmp_path / "boiler_subsidy.yml").touch()
    (tmp_path / "old" / "more").mkdir(parents=True)
    (tmp_path / "old" / "more" / "a.yaml").touch()
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(tmp_path)
    assert [str(one) for one in caught.value.errors] == [
        "boiler_subsidy.yml:1:1: this file is not read – name it boiler_subsidy.yaml",
        "old/more/a.yaml:1:1: folders in the folder are not read – move the file up",
    ]


def test_a_part_of_a_catalogue_is_said_to_be_one() -> None:
    actions = "actions:\n" + SMALL_CATALOGUE.read_text("utf-8").partition("actions:\n")[2]
    assert mistakes_in(actions) == ["catalogue.yaml:1:1: this is a part of a catalogue – check its folder"]


def test_a_file_of_another_encoding_is_told_where_it_begins(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_bytes("a: ä\nb: öu\n".encode() + "c: Wärme".encode("latin-1"))
    with pytest.raises(CatalogueErrors) as caught:
        load_catalogue(file)
    assert str(caught.value) == ("catalogue.yaml:3:5: the file is not UTF-8 text – save the file as UTF-8")


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


GROUPED = """
groups:
  - id: heating
    issue: sales
    label: {de: Heizung, en: Heating}
    skills: [energy_advice]
    eligibility:
      - {id: no_gas, requires: has_gas, otherwise: {de: Kein Gas, en: No gas}}
    suitability:
      - {id: trouble, excludes: days_since_trouble <= 7, otherwise: {de: Ärger, en: Trouble}}
    cool_down: {THINKING: 9, DECLINED_NO_NEED: 90}
  - {id: bill, issue: service, label: {de: Rechnung, en: Bill}}
  - {id: price, issue: retention, label: {de: Preis, en: Price}}
  - {id: consent, issue: consent, label: {de: Einwilligung, en: Consent}}
household_cool_down: {ACCEPTED_DONE: 30}
caps:
  - {target: issue/sales, at_most: 3, days: 30}
  - {target: group/heating, at_most: 2, days: 30}
  - {target: action/SIDE, counts: shown, at_most: 1, days: 7}
"""


@pytest.fixture(scope="module")
def grouped() -> dict[str, Action]:
    text = (
        SMALL_CATALOGUE.read_text("utf-8")
        .partition("groups:")[0]
        .replace("    cool_down: {THINKING: 7}", "    cool_down: {THINKING: 7}\n    skills: [energy_advice, gas]")
    )
    return {one.action_id: one for one in load_catalogue_files({"catalogue.yaml": text + GROUPED}).actions}


def test_a_groups_rules_come_before_the_actions_own_within_each_stage(grouped: dict[str, Action]) -> None:
    assert [(stage, rule.entry.id) for stage, rule in grouped["SALE"].rules] == [
        (Stage.ELIGIBILITY, "no_gas"),
        (Stage.SUITABILITY, "trouble"),
        (Stage.SUITABILITY, "arrears"),
    ]
    assert [rule.entry.id for _, rule in grouped["SIDE"].rules] == ["no_gas", "trouble"]
    assert [rule.entry.id for _, rule in grouped["SERVICE"].rules] == ["use_unknown"]


def test_the_more_special_cool_down_wins(grouped: dict[str, Action]) -> None:
    sale = grouped["SALE"]
    assert sale.cool_down[ResponseCode.THINKING] == 7
    assert sale.cool_down[ResponseCode.DECLINED_NO_NEED] == 90
    assert sale.cool_down[ResponseCode.WRONG_DATA] == "forever"
    assert grouped["SIDE"].cool_down[ResponseCode.THINKING] == 9
    assert sale.household_cool_down == {ResponseCode.ACCEPTED_DONE: 30}


def test_an_action_needs_its_groups_skills_and_its_own_each_once(grouped: dict[str, Action]) -> None:
    assert grouped["SALE"].skills == ("energy_advice", "gas")
    assert grouped["SIDE"].skills == ("energy_advice",)
    assert grouped["SERVICE"].skills == ()


def test_an_action_has_the_caps_that_aim_at_it(grouped: dict[str, Action]) -> None:
    assert [cap.target for cap in grouped["SIDE"].caps] == ["issue/sales", "group/heating", "action/SIDE"]
    assert [cap.target for cap in grouped["SALE"].caps] == ["issue/sales", "group/heating"]
    assert grouped["SERVICE"].caps == ()


def test_outcomes_may_have_cool_downs() -> None:
    text = SMALL_CATALOGUE.read_text("utf-8").replace("WRONG_DATA: forever", "REVOKED: 60")
    action = load_catalogue_files({"catalogue.yaml": text}).actions[0]
    assert action.cool_down[OutcomeCode.REVOKED] == 60


def test_the_catalogue_knows_what_its_conditions_ask_of_journeys() -> None:
    condition = 'count(touchpoints, type="complaint", within=90) == 0'
    text = SMALL_CATALOGUE.read_text("utf-8").replace("dunning_level >= 1", f"{condition} or {condition}")
    loaded = load_catalogue_files({"catalogue.yaml": text})
    assert [one.key for one in loaded.queries] == ['count(touchpoints, type="complaint", within=90)']
    assert load_catalogue(SMALL_CATALOGUE).queries == ()


def test_margins_are_measured_by_the_catalogues_median_and_relative_values_are_kept() -> None:
    values = {one.action_id: one.value for one in load_catalogue(SMALL_CATALOGUE).actions}
    assert values == {"SERVICE": 1.2, "SALE": 1.0, "SIDE": 1.0, "EXPERT": 1.0, "CONSENT": 0.2}
    dearer = SMALL_CATALOGUE.read_text("utf-8").replace("margin_eur_year: 200, years: 1", "margin_eur_year: 500")
    actions = {one.action_id: one for one in load_catalogue_files({"catalogue.yaml": dearer}).actions}
    assert (actions["SIDE"].value, actions["SIDE"].median_eur) == (2.5, 200)
    assert actions["SERVICE"].value == 1.2
