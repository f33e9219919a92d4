"""Write what the installer's sources leave open: the bundle's files as components, the product's version and code.

    harvest.py BUNDLE --icon FILE --out DIR

`DIR/payload.wxs` has one component per file, `DIR/product.wxi` the definitions that nba-desktop.wxs includes. The same
bundle gives the same bytes: ids and GUIDs are made from the paths inside the bundle, so a file keeps its component from
version to version, as Windows Installer demands. Paths are relative to DIR, where the compiler is to be started.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tomllib
import uuid
import xml.etree.ElementTree as ET
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
WIX = "http://schemas.microsoft.com/wix/2006/wi"
# Never changes: every id of the installer hangs on it.
NAMESPACE = uuid.UUID("d8a3b3d0-2b0f-5a0c-9a4e-6f1f6f0f3c52")
# nba-desktop.wxs has this one itself, with its shortcut.
PROGRAM = "nba-desktop.exe"


class HarvestError(Exception):
    """The bundle or the version cannot be made into an installer; the text says why."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the installer's list of files from a bundle.")
    parser.add_argument("bundle", type=Path, help="the folder that was built, with nba-desktop.exe in it")
    parser.add_argument("--icon", type=Path, required=True, help="the program's icon, an .ico file")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    parser.add_argument("--version", help="instead of the one in pyproject.toml")
    options = parser.parse_args()
    try:
        harvest(options.bundle, options.icon, options.out, options.version or project_version())
    except HarvestError as error:
        print(f"harvest: {error}", file=sys.stderr)
        return 1
    return 0


def harvest(bundle: Path, icon: Path, out: Path, version: str) -> None:
    """Write `payload.wxs` and `product.wxi` into `out`. Raises `HarvestError`."""
    files = files_of(bundle)
    out.mkdir(parents=True, exist_ok=True)
    payload = _relative(bundle, out)
    _write(out / "payload.wxs", payload_of(files, payload))
    definitions = {
        "Version": msi_version(version),
        "ProductCode": product_code(version),
        "Payload": payload,
        "Icon": _relative(icon, out),
    }
    lines = "".join(f'  <?define {name} = "{value}"?>\n' for name, value in definitions.items())
    (out / "product.wxi").write_text(f"<Include>\n{lines}</Include>\n", encoding="utf-8", newline="\n")


def files_of(bundle: Path) -> list[PurePosixPath]:
    """Every file below `bundle`, as paths inside it, in one order. Raises `HarvestError`."""
    if not (bundle / PROGRAM).is_file():
        raise HarvestError(f"{bundle} has no {PROGRAM}; build the bundle on Windows first")
    paths = sorted(bundle.rglob("*"), key=lambda path: path.relative_to(bundle).as_posix())
    links = [str(path) for path in paths if path.is_symlink()]
    if links:
        raise HarvestError(f"links cannot be installed: {', '.join(links)}")
    files = [PurePosixPath(path.relative_to(bundle).as_posix()) for path in paths if path.is_file()]
    seen: dict[str, PurePosixPath] = {}
    for file in files:
        other = seen.setdefault(str(file).lower(), file)
        if other != file:
            raise HarvestError(f"{other} and {file} are one file on Windows")
    return files


def payload_of(files: list[PurePosixPath], payload: str) -> ET.Element:
    """The fragment with a component for each file, the tree of folders, and the group `Payload` of them all."""
    root = ET.Element("Wix", xmlns=WIX)
    fragment = ET.SubElement(root, "Fragment")
    folders = {PurePosixPath("."): ET.SubElement(fragment, "DirectoryRef", Id="INSTALLFOLDER")}
    group = ET.SubElement(fragment, "ComponentGroup", Id="Payload")
    for file in files:
        if str(file) == PROGRAM:
            continue
        for folder in reversed(file.parents[:-1]):
            if folder not in folders:
                folders[folder] = ET.SubElement(
                    folders[folder.parent], "Directory", Id=_id("d", folder), Name=folder.name
                )
        component = ET.SubElement(
            folders[file.parent], "Component", Id=_id("c", file), Guid=_guid("file", file), Win64="yes"
        )
        ET.SubElement(component, "File", Id=_id("f", file), Name=file.name, Source=f"{payload}/{file}", KeyPath="yes")
        ET.SubElement(group, "ComponentRef", Id=_id("c", file))
    return root


def msi_version(version: str) -> str:
    """The version as Windows Installer compares it: three numbers. Raises `HarvestError`."""
    found = re.fullmatch(r"(\d{1,3})\.(\d{1,3})\.(\d{1,5})", version)
    if not found or int(found[1]) > 255 or int(found[2]) > 255 or int(found[3]) > 65535:
        raise HarvestError(f"version {version!r} is not X.Y.Z with X and Y up to 255 and Z up to 65535")
    return version


def product_code(version: str) -> str:
    """One code per version: what is built twice is one product, every other version is an upgrade or a downgrade."""
    return str(uuid.uuid5(NAMESPACE, f"product {version}")).upper()


def project_version() -> str:
    """The version that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _id(kind: str, path: PurePosixPath) -> str:
    return kind + uuid.uuid5(NAMESPACE, f"{kind} {str(path).lower()}").hex


def _guid(kind: str, path: PurePosixPath) -> str:
    return str(uuid.uuid5(NAMESPACE, f"{kind} {str(path).lower()}")).upper()


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _write(path: Path, root: ET.Element) -> None:
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
