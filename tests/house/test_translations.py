"""The message catalogues are complete and fresh, and every visible word of the panel is in them."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUES = ("nba_de.ts", "nba_en.ts")

# Qt methods and classes whose words a person reads.
VISIBLE = re.compile(
    r"^set(Text|Title|ToolTip|StatusTip|WhatsThis|WindowTitle|PlaceholderText|AccessibleName|AccessibleDescription"
    r"|InformativeText|TabText|Prefix|Suffix)$|^Q(Label|PushButton|CheckBox|RadioButton|GroupBox|Action|ToolButton)$"
)


@dataclass(frozen=True)
class Message:
    """One entry of a catalogue; `forms` has one text, or one per plural form."""

    context: str
    source: str
    plural: bool
    state: str
    forms: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.context}: {self.source!r} → {self.forms}"


def messages(catalogue: str) -> list[Message]:
    found = []
    for context in ET.parse(ROOT / "translations" / catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            plural = message.get("numerus") == "yes"
            forms = (
                [form.text or "" for form in translation.iter("numerusform")] if plural else [translation.text or ""]
            )
            found.append(
                Message(
                    context=context.findtext("name", ""),
                    source=message.findtext("source", ""),
                    plural=plural,
                    state=translation.get("type", "finished"),
                    forms=tuple(forms),
                )
            )
    return found


def panel_sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "nba_desktop").rglob("*.py")):
        if "backend" not in path.relative_to(ROOT).parts:
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def calls_of(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield called_name(node), node


def test_the_catalogues_are_fresh(tmp_path: Path) -> None:
    for catalogue in CATALOGUES:
        shutil.copy(ROOT / "translations" / catalogue, tmp_path)
    subprocess.run(["sh", str(ROOT / "packaging" / "translations.sh"), str(tmp_path)], check=True, timeout=50)
    stale = [c for c in CATALOGUES if (tmp_path / c).read_bytes() != (ROOT / "translations" / c).read_bytes()]
    assert not stale, f"run `make translations` and fill in what is new: {stale}"


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_message_is_translated(catalogue: str) -> None:
    entries = messages(catalogue)
    assert entries, f"{catalogue} has no message at all"
    unfinished = [str(m) for m in entries if m.state != "finished" or not all(form.strip() for form in m.forms)]
    assert not unfinished


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_translation_has_the_placeholders_of_its_source(catalogue: str) -> None:
    def placeholders(text: str) -> list[str]:
        return sorted(re.findall(r"\{[^{}]*\}", text))

    wrong = [str(m) for m in messages(catalogue) if any(placeholders(f) != placeholders(m.source) for f in m.forms)]
    assert not wrong


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_a_plural_shows_its_number(catalogue: str) -> None:
    # The first form may say "one" in a word.
    wrong = [str(m) for m in messages(catalogue) if m.plural and not all("%n" in form for form in m.forms[1:])]
    assert not wrong


def test_german_says_sie_and_keeps_its_typography() -> None:
    rules = {
        "says du": r"\b([Dd]u|[Dd]ein(e[mnrs]?)?|[Dd]ir|[Dd]ich|[Ee]uch|[Ee]uer)\b",
        "straight quotation marks": r'"|\B\'\w|[“‟][^„]*„',
        "a hyphen for a dash": r" - | -- ",
        "three dots for an ellipsis": r"\.\.\.",
    }
    wrong = [
        f"{rule}: {message}"
        for message in messages("nba_de.ts")
        for rule, pattern in rules.items()
        if any(re.search(pattern, form) for form in message.forms)
    ]
    assert not wrong


def test_german_ends_like_its_source() -> None:
    # An ellipsis, a colon or a question mark carries meaning on a button or a label.
    wrong = [
        str(m)
        for m in messages("nba_de.ts")
        for mark in "…:?"
        if any(form.rstrip().endswith(mark) != m.source.rstrip().endswith(mark) for form in m.forms)
    ]
    assert not wrong


def test_a_message_is_a_plain_text_when_it_is_looked_up() -> None:
    # The extraction takes an f-string silently; the finished text is then never found while the program runs.
    wrong = [
        f"{path}:{call.lineno}"
        for path, tree in panel_sources()
        for name, call in calls_of(tree)
        if name in ("tr", "QT_TRANSLATE_NOOP", "QT_TR_NOOP") or (name == "translate" and "ui" in path.parts)
        if any(isinstance(a, ast.JoinedStr | ast.BinOp | ast.Call) for a in call.args[: 1 if name == "tr" else 2])
    ]
    assert not wrong


def test_no_message_is_looked_up_within_an_f_string() -> None:
    # The extraction does not look there: the message is in no catalogue, and stays English without a word.
    wrong = {
        f"{path}:{call.lineno}"
        for path, tree in panel_sources()
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for name, call in calls_of(text)
        if name in ("tr", "translate")
    }
    assert not wrong


def test_no_visible_word_goes_around_the_translation() -> None:
    wrong = [
        f"{path}:{call.lineno}: {argument.value!r}"
        for path, tree in panel_sources()
        for name, call in calls_of(tree)
        if VISIBLE.match(name)
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        if re.search(r"[^\W\d_]{2}", argument.value.replace("NBA Desktop", ""))
    ]
    assert not wrong
