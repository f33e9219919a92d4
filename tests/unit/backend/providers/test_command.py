"""`providers check`: the file, and with a customer what becomes of asking; no value is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from tests.fakes.backend_services import open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE
from tests.fakes.decisions import RESOURCES
from tests.unit.backend.providers.other_systems import OtherSystems

CATALOGUE = PORTAL_CATALOGUE.read_text(encoding="utf-8").replace(
    '"Posten erklären"', '"Posten erklären, {fix_saving_eur} sparen"'
)


def test_a_file_is_checked_and_tried_without_showing_a_value(
    tmp_path: Path, systems: OtherSystems, capsys: pytest.CaptureFixture[str]
) -> None:
    def check(*options: str) -> tuple[int, str]:
        code = main(["providers", "check", str(file), "--data", str(tmp_path), *options], RESOURCES)
        return code, "".join(capsys.readouterr())

    catalogue, file = tmp_path / "catalogue.yaml", tmp_path / "providers.yaml"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    file.write_text(
        f"""\
        timeout_ms: 5000
        providers:
          - name: tariffs
            url: {systems.url}/quotes/{{customer_no}}
            attributes: {{fix_saving_eur: saving, boiler_year: built}}
        """,
        encoding="utf-8",
    )
    with open_services(tmp_path, catalogue):
        assert check() == (
            0,
            "provider  attribute       used by the live catalogue\n"
            "tariffs   fix_saving_eur  yes\n"
            "tariffs   boiler_year     no: never asked for\n",
        )
        systems.say("quotes", {"saving": 4711})
        code, said = check("--customer", "K-104233")
        assert (code, "fix_saving_eur  tariffs   answered" in said, "4711" in said) == (0, True, False)
        assert "ms of at most 5000 ms" in said
        systems.say("quotes", status=500)
        code, said = check("--customer", "K-104233")
        assert (code, "fix_saving_eur  tariffs   failed" in said) == (1, True)
        code, said = check("--customer", "K-0")
        assert (code, "no customer has that number" in said) == (2, True)
        file.write_text(file.read_text("utf-8").replace("timeout_ms", "timeout"), encoding="utf-8")
        code, said = check()
        assert (code, "unknown key 'timeout'" in said) == (2, True)
