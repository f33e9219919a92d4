"""Write the bill of materials of a release, as CycloneDX 1.6.

    sbom.py panel BUNDLE --out FILE        the locked packages, and the native libraries that lie in the bundle
    sbom.py backend PACKAGES --out FILE    the locked packages that are installed in the folder

The same release gives the same bytes: the serial number is made from the content, the time is SOURCE_DATE_EPOCH. A
package's hashes are those of the lock file: one of them is that of the file it was installed from. `scope: excluded`
says that a locked package is not in this build, because it is for another system or nothing needs it at run time. What
is compiled into a package is below it, as far as its own bill says so.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import os
import sys
import tomllib
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.utils import canonicalize_name
from sbom_parts import (
    ROOT,
    Bundle,
    Facts,
    Locked,
    Native,
    PartsError,
    distributions,
    facts,
    locked,
    wheels_own_bills,
    wheels_own_libraries,
)

NAMESPACE = uuid.UUID("6a8f2c1e-3d52-5b7e-8f0e-2f9b6d1c4a70")
LOCKS = ROOT / "packaging" / "locks"


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the bill of materials of a release.")
    parser.add_argument("product", choices=("panel", "backend"))
    parser.add_argument("folder", type=Path, help="the panel's bundle, or the folder with the backend's packages")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    try:
        text = panel_bom(options.folder) if options.product == "panel" else backend_bom(options.folder)
    except PartsError as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(text, encoding="utf-8", newline="\n")
    return 0


def panel_bom(folder: Path) -> str:
    """The bill of materials of the panel's bundle. Raises `PartsError`."""
    bundle, known = Bundle(folder), facts()
    release = Release("nba-desktop", locked(LOCKS / "panel.txt"), bundle.packages(), bundle.installed, known)
    natives = [native_component(one) for one in bundle.natives(known)]
    data = [data_component(entry) for entry in known.table["data"]]
    return written(release, [*natives, *data, icons_component()])


def backend_bom(folder: Path) -> str:
    """The bill of materials of the backend, of the packages that are installed in the folder. Raises `PartsError`."""
    installed = distributions(folder)
    lock = locked(LOCKS / "backend.txt")
    strange = sorted(
        f"{name} {one.version}"
        for name, one in installed.items()
        if not any((name, one.version) == (entry.name, entry.version) for entry in lock)
    )
    if strange or not installed:
        raise PartsError(f"{folder} holds what the backend's lock does not: {', '.join(strange) or 'nothing at all'}")
    # The lock is of one environment for both programs; the backend has none of the panel's packages.
    own = tuple(one for one in lock if one.name in installed and one.version == installed[one.name].version)
    return written(Release("nba-desktop-backend", own, installed.keys(), installed, facts()), [])


@dataclass(frozen=True)
class Release:
    """The packages of a program: the locked ones, those of them that are in it, and where their metadata are."""

    name: str
    locked: tuple[Locked, ...]
    packages: Collection[str]
    installed: Mapping[str, Distribution]
    facts: Facts


def written(release: Release, others: list[Component]) -> str:
    """The bill as JSON, checked against its schema."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    root = Component(
        name=release.name,
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=release.name,
        licenses=_licences(project["license"]),
        purl=PackageURL("generic", None, release.name, project["version"]),
    )
    packages = {(one.name, one.version): package_component(release, one) for one in release.locked}
    bom = Bom(components=[*packages.values(), *others])
    bom.metadata.component = root
    bom.metadata.timestamp = datetime.datetime.fromtimestamp(
        int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600")), tz=datetime.UTC
    )
    for one in release.locked:
        needing = [packages[other.name, other.version] for other in release.locked if other.name in one.needed_by]
        for component in needing:
            bom.register_dependency(component, [packages[one.name, one.version]])
        if "nba-desktop" in one.needed_by or not needing:
            bom.register_dependency(root, [packages[one.name, one.version]])
    bom.register_dependency(root, others)
    # Made from everything else, which is why it is set last.
    bom.serial_number = uuid.UUID(int=0)
    bom.serial_number = uuid.uuid5(NAMESPACE, JsonV1Dot6(bom).output_as_string())
    text = JsonV1Dot6(bom).output_as_string(indent=2) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise PartsError(f"the bill of materials does not follow its schema: {wrong}")
    return text


def package_component(release: Release, one: Locked) -> Component:
    """A package from the registry of Python packages, with what is compiled into it."""
    installed = release.installed.get(one.name)
    return Component(
        name=one.name,
        version=one.version,
        bom_ref=f"{one.name}=={one.version}",
        scope=ComponentScope.REQUIRED if one.name in release.packages and one.wanted_here else ComponentScope.EXCLUDED,
        hashes=_hashes(one.hashes),
        licenses=_licences(release.facts.licence_of(one.name, installed)),
        purl=PackageURL("pypi", None, one.name, one.version),
        components=[
            *(inside_package(one, installed) if installed and installed.version == one.version else []),
            *(inside_by_hand(one, entry) for entry in release.facts.inside_of(one.name)),
        ],
    )


def inside_package(one: Locked, installed: Distribution) -> list[Component]:
    """What the wheel itself says that it holds, such as the OpenSSL of `cryptography`, and the libraries beside it."""
    found = {}
    for bill in wheels_own_bills(installed):
        for entry in bill.get("components", []):
            # Qualifiers name places on the machine that built the wheel.
            given = PackageURL.from_string(entry["purl"]) if entry.get("purl") else None
            purl = given and PackageURL(given.type, given.namespace, given.name, given.version)
            if given and (given.type, canonicalize_name(given.name)) == ("pypi", one.name):
                continue
            reference = f"{one.name}=={one.version}/{purl or entry['name']}"
            found[reference] = Component(
                name=entry["name"],
                version=entry.get("version"),
                bom_ref=reference,
                licenses=_licences_said(entry),
                purl=purl,
            )
    for path in wheels_own_libraries(installed):
        name = f"{path.parent.name}/{path.name}"
        found[name] = Component(
            name=name,
            type=ComponentType.FILE,
            bom_ref=f"{one.name}=={one.version}/{name}",
            hashes=_hashes([hashlib.sha256(path.read_bytes()).hexdigest()]),
        )
    return list(found.values())


def inside_by_hand(one: Locked, entry: Mapping[str, str]) -> Component:
    """What is compiled into a package, as packaging/sbom.toml says."""
    purl = PackageURL("generic", None, entry["name"].lower(), entry["version"])
    return Component(
        name=entry["name"],
        version=entry["version"],
        bom_ref=f"{one.name}=={one.version}/{purl}",
        licenses=_licences(entry["licence"]),
        purl=purl,
    )


def native_component(one: Native) -> Component:
    """A native library of the bundle, with the hashes of its files as they are shipped."""
    if one.package:
        purl = PackageURL("deb", "debian", one.package, one.version)
    else:
        purl = PackageURL("generic", None, one.name.lower().replace(" ", "-"), one.version)
    return Component(
        name=one.name,
        version=one.version,
        bom_ref=f"native:{one.package or one.name}",
        scope=ComponentScope.REQUIRED,
        hashes=_hashes(one.hashes.values()),
        licenses=_licences(one.licence),
        purl=purl,
        properties=[Property(name="nba-desktop:file", value=file) for file in sorted(one.hashes)],
    )


def data_component(entry: dict[str, str]) -> Component:
    """Data of others, such as a typeface."""
    return Component(
        name=entry["name"],
        type=ComponentType.DATA,
        bom_ref=f"data:{entry['name']}",
        scope=ComponentScope.REQUIRED,
        licenses=_licences(entry["licence"]),
        properties=[Property(name="nba-desktop:folder", value=entry["folder"])],
    )


def icons_component() -> Component:
    """The panel's own icons."""
    return data_component({"name": "NBA Desktop icons", "licence": "Apache-2.0", "folder": "resources/icons"})


def _hashes(hashes: Collection[str]) -> list[HashType]:
    return [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes]


def _licences(expression: str) -> list[License]:
    return [LicenseFactory().make_from_string(expression)]


def _licences_said(entry: dict[str, Any]) -> list[License]:
    said = [one.get("expression") or one.get("license", {}).get("id") for one in entry.get("licenses", [])]
    # A list of several is allowed for names alone; who says one thing says an expression.
    return _licences(said[0]) if len(said) == 1 and said[0] else []


if __name__ == "__main__":
    sys.exit(main())
