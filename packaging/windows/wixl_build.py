"""Compile the installer with wixl, for the test on Linux; the product's own comes from WiX 3 on Windows.

    wixl_build.py FOLDER OUT.msi

FOLDER holds what harvest.py wrote. wixl knows neither conditions of components, nor transitive ones, nor secure
properties. They are taken out of the sources for it and written into its database afterwards, so that the tables are
those that WiX makes of the same sources.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

SOURCES = (Path(__file__).with_name("nba-desktop.wxs"), Path(__file__).with_name("url-scheme.wxs"))
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"
# Bits of Component.Attributes: the key path is a value of the 64-bit registry; the condition is asked again later.
OF_THE_REGISTRY_64_BIT = 4 + 256
TRANSITIVE = 64
LIMIT_S = 120


class BuildError(Exception):
    """wixl or msibuild refused; the text is theirs."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Compile the installer with wixl.")
    parser.add_argument("folder", type=Path, help="the folder with payload.wxs and product.wxi")
    parser.add_argument("out", type=Path, help="the installer to write")
    options = parser.parse_args()
    try:
        build(options.folder, options.out)
    except BuildError as error:
        print(f"wixl: {error}", file=sys.stderr)
        return 1
    return 0


def build(folder: Path, out: Path) -> None:
    """Compile FOLDER's product into `out`. Raises `BuildError`."""
    updates: list[str] = []
    secure: list[str] = []
    for source in SOURCES:
        # Instructions to the preprocessor, such as the include file, are kept.
        parser = ET.XMLParser(target=ET.TreeBuilder(insert_pis=True))
        root = ET.fromstring(source.read_text(encoding="utf-8"), parser)
        updates += _without_conditions(root)
        secure += _without_secure(root)
        ET.register_namespace("", WIX[1:-1])
        (folder / source.name).write_text(ET.tostring(root, encoding="unicode"), encoding="utf-8")
    _run(
        folder, "wixl", "-a", "x64", "-I", ".", "-o", str(out.resolve()), *(one.name for one in SOURCES), "payload.wxs"
    )
    if secure:
        known = _properties(folder, out)["SecureCustomProperties"]
        names = ";".join([known, *secure])
        updates.append(f"UPDATE `Property` SET `Value` = '{names}' WHERE `Property` = 'SecureCustomProperties'")
    for update in updates:
        _run(folder, "msibuild", str(out.resolve()), "-q", update)


def _without_conditions(root: ET.Element) -> list[str]:
    updates = []
    for component in root.iter(f"{WIX}Component"):
        name = component.attrib["Id"]
        condition = component.find(f"{WIX}Condition")
        if condition is not None:
            text = (condition.text or "").strip().replace("'", "''")
            updates.append(f"UPDATE `Component` SET `Condition` = '{text}' WHERE `Component` = '{name}'")
            component.remove(condition)
        if component.attrib.pop("Transitive", "no") == "yes":
            if component.find(f"{WIX}RegistryValue[@KeyPath='yes']") is None:
                raise BuildError(f"{name}: only a component whose key path is a registry value is made transitive here")
            attributes = OF_THE_REGISTRY_64_BIT + TRANSITIVE
            updates.append(f"UPDATE `Component` SET `Attributes` = {attributes} WHERE `Component` = '{name}'")
    return updates


def _without_secure(root: ET.Element) -> list[str]:
    return [one.attrib["Id"] for one in root.iter(f"{WIX}Property") if one.attrib.pop("Secure", "no") == "yes"]


def _properties(folder: Path, msi: Path) -> dict[str, str]:
    lines = _run(folder, "msiinfo", "export", str(msi.resolve()), "Property").splitlines()[3:]
    return dict(line.split("\t", 1) for line in lines)


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    # wixl warns of what it does not know and goes on; the installer would miss it.
    if done.returncode or "WARNING" in done.stderr or "CRITICAL" in done.stderr:
        raise BuildError(f"{' '.join(command)}\n{done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
