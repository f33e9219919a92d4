"""The provider for trying single sign-on by hand leaves nothing behind."""

from __future__ import annotations

import signal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.oidc.__main__ import until_ended


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl+C", "SIGTERM"])
def test_what_ends_it_removes_its_folder_and_its_handler(number: signal.Signals, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    went_on = False
    with until_ended(), TemporaryDirectory(dir=tmp_path):
        signal.raise_signal(number)
        went_on = True
    assert not went_on
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) is before
