"""What differs between two catalogues, as a campaign manager reads it."""

from __future__ import annotations

from nba_desktop.backend.catalogues.diff import as_text, differences
from nba_desktop.backend.decisioning.loader import load_catalogue_files
from tests.unit.backend.catalogues.contents import BASE, PERSONAS


def diff(old: str, new: str) -> str:
    before, after = (load_catalogue_files({"catalogue.yaml": text}).entry for text in (old, new))
    return as_text(differences(before, after))


def test_the_same_content_does_not_differ_however_it_is_written() -> None:
    assert diff(BASE, BASE + "# a remark\n") == ""
    assert diff(BASE, BASE.replace("minutes: 1", "minutes:   1")) == ""


def test_a_changed_action_is_told_field_by_field_with_old_and_new() -> None:
    new = (
        BASE.replace("base_rate: 0.6", "base_rate: 0.65")
        .replace("value: {relative: 1}", "value: {relative: 2}")
        .replace('en: "Explain the bill"', 'en: "Explain the new bill"')
        .replace("    minutes: 1", "    minutes: 2\n    valid_to: 2026-12-31")
    )
    assert diff(BASE, new).splitlines() == [
        "changed: action SRV_BILL",
        "    minutes: 1 → 2",
        "  factors",
        "    base_rate: 0.6 → 0.65",
        "    value / relative: 1.0 → 2.0",
        "  policies",
        "    valid_to: – → “2026-12-31”",
        "  texts",
        "    title / en: “Explain the bill” → “Explain the new bill”",
    ]


def test_a_rule_is_told_by_its_name() -> None:
    rule = "    eligibility: [{id: OWNER, requires: home_owner, otherwise: {de: Mieter, en: tenant}}]\n"
    old = BASE.replace("    minutes: 1\n", f"    minutes: 1\n{rule}")
    new = old.replace("requires: home_owner", "requires: home_owner and kwh_year > 1000")
    assert diff(old, new).splitlines() == [
        "changed: action SRV_BILL",
        "  rules",
        "    eligibility / OWNER / requires: “home_owner” → “home_owner and kwh_year > 1000”",
    ]
    assert "eligibility / OWNER / requires: – → “home_owner”" in diff(BASE, old)
    assert "eligibility / OWNER / requires: “home_owner” → –" in diff(old, BASE)


def test_what_the_site_is_told_is_told_together() -> None:
    new = BASE.replace("cool_down: {DECLINED_NO_NEED: 180}", "cool_down: {DECLINED_NO_NEED: 90}").replace(
        "  required: 2", "  required: 3"
    )
    assert diff(BASE, new).splitlines() == [
        "changed: the whole catalogue",
        "  policies",
        "    security / required: 2 → 3",
        "    cool_down / DECLINED_NO_NEED: 180 → 90",
    ]


def test_added_and_removed_things_are_named_and_added_ones_shown() -> None:
    text = diff(BASE, BASE + PERSONAS)
    assert text.startswith("added: persona CURIOUS\n")
    assert "expect / shown: SRV_BILL" in text
    assert diff(BASE + PERSONAS, BASE) == "removed: persona CURIOUS"


def test_another_order_of_steps_is_a_difference_and_an_added_one_moves_nothing() -> None:
    first = '      - {id: explain, text: {de: "Posten erklären", en: "Explain the items"}}\n'
    second = '      - {id: ask, text: {de: "Fragen", en: "Ask"}}\n'
    assert first in BASE
    old, new = BASE.replace(first, first + second), BASE.replace(first, second + first)
    assert diff(old, new).splitlines() == [
        "changed: action SRV_BILL",
        "  texts",
        "    steps / order: explain, ask → ask, explain",
    ]
    assert "order" not in diff(BASE, old)


def test_things_of_one_name_are_told_apart() -> None:
    lever = "levers:\n" + '  - {id: A, target: issue/service, percent: 10, why: {de: "Weil", en: "Because"}}\n'
    caps = "caps:\n" + "".join(
        f"  - {{target: action/SRV_BILL, counts: {fact}, at_most: 1, days: 7}}\n" for fact in ("shown", "addressed")
    )
    text = diff(BASE, (BASE + lever).replace("caps:\n", caps))
    assert [line for line in text.splitlines() if line.startswith("added")] == [
        "added: cap action/SRV_BILL shown 7",
        "added: cap action/SRV_BILL addressed 7",
        "added: lever A",
    ]
    assert "percent: 10 → 25" in diff(BASE + lever, BASE + lever.replace("percent: 10", "percent: 25"))
