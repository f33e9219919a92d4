"""What the repository's own files say is true, and they say nothing they should not."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Put together from parts, so that this file does not find itself.
UNWANTED = {
    "unfinished work": r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|NotImplemented" r"Error)\b",
    "a package registry": r"\b(py" r"pi\.org|python" r"hosted\.org|registry\.npm" r"js\.org|deb\.debian" r"\.org)",
    "a path of one machine": r"(?<![\w./-])/(wo" r"rk|home|ro" r"ot|Users)/\w",
    "an issue's number": r"(?i)\bissues? " r"#?\d|\b(fixes|closes) #\d",
}

DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("docs/**/*.md")),
]

# Folders that commands make and documents speak of.
MADE = ("dist", "build", "demo-out", ".venv")


def files() -> list[Path]:
    """Every file that is or is about to be committed."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True, timeout=30,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_says(what: str) -> None:
    pattern = re.compile(UNWANTED[what])
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in files()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_names_only_what_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"", text)
    here = (ROOT / document).parent
    missing = [
        target for pair in links for target in pair if target and ":" not in target and not (here / target).exists()
    ]
    # A map says `ui/texts/` below the heading of the package.
    known = [f"/{path.relative_to(ROOT).as_posix()}" for path in files()]
    for name in re.findall(r"`([\w.-]+/[\w./-]*)`", text):
        if name.split("/")[0] not in MADE and not any(f"/{name}" in path for path in known):
            missing.append(name)
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_names_only_commands_that_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", (ROOT / document).read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert named <= targets


def test_what_is_run_as_a_command_can_be_run() -> None:
    listed = [path for path in files() if text_of(path).startswith("#!")]
    assert listed
    assert [str(path.relative_to(ROOT)) for path in listed if not path.stat().st_mode & 0o100] == []
