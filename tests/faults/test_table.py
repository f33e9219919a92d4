"""The table of the faults names tests that exist, and the document tells of every one of them."""

from __future__ import annotations

import re

import pytest

from tests.faults.run import main
from tests.faults.table import DOCUMENT, ROOT, Fault, load_faults

FAULTS = load_faults()


def test_there_are_twenty_in_their_order() -> None:
    assert [fault.number for fault in FAULTS] == list(range(1, 21))


def test_a_fault_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["run.py", "--only", "99"])
    assert main() == 2
    assert "there is no fault 99: faults 1 to 20" in capsys.readouterr().err


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.number))
def test_what_shows_a_fault_is_there(fault: Fault) -> None:
    assert fault.tests or fault.programs
    for test in (*fault.tests, *fault.also):
        file, _, name = test.partition("[")[0].partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {name or 'test_'}", text, re.MULTILINE), test
    for program in fault.programs:
        assert (ROOT / "tests" / "faults" / f"{program}.py").is_file()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.number))
def test_the_document_tells_of_it(fault: Fault) -> None:
    begin = re.escape(f"| {fault.number} | {fault.fault} | {fault.expected} | ")
    end = re.escape(f' | `make test-faults ARGS="--only {fault.number}"` |')
    assert re.search(rf"^{begin}.+{end}$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
