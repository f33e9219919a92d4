"""Walk through every view of the panel in every look, save the contact sheets, and name what is wrong.

`make contact-sheet` runs it. The last line is JSON: how many views were seen, and how many of each fault.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT))


def main() -> int:
    options = _options()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tests.widget.ui.walk.sheets import ContactSheet
    from tests.widget.ui.walk.walk import HEIGHTS, LANGUAGES, SCALES, THEMES, WIDTHS, Complaint, Look, Walk

    app = QApplication([])
    found: Counter[str] = Counter()
    seen: dict[str, Complaint] = {}
    views = 0
    for language in options.language or LANGUAGES:
        walk = Walk(app, language)
        chosen = [view for view in walk.views if not options.view or any(word in view.name for word in options.view)]
        looks = itertools.product(options.theme or THEMES, options.scale or SCALES, options.width or WIDTHS)
        for theme, scale, width in looks:
            sheet = ContactSheet(f"{language} · {theme} · {width} px · text {scale:.0%}")
            for height in options.height or HEIGHTS:

                def seen_one(panel: object, view: object, look: Look, sheet: ContactSheet = sheet) -> None:
                    sheet.add(panel, f"{view.name} · {look.height}")  # type: ignore[arg-type,attr-defined]

                look = Look(theme, width, height, scale)
                complaints = list(walk.look_at(look, chosen, None if options.no_sheets else seen_one))
                views += len(chosen)
                for complaint in complaints:
                    found[complaint.fault.kind] += 1
                    seen.setdefault(f"{complaint.fault}", complaint)
                print(f"{language} {look}: {len(chosen)} views, {len(complaints)} faults", file=sys.stderr)
            if not options.no_sheets:
                sheet.save(options.out / f"{language}-{theme}-{width}-{scale:g}.png")
        walk.close()
    for complaint in seen.values():
        print(complaint)
    kinds = ("clipped", "overlapping", "outside", "small", "nameless")
    print(json.dumps({"views": views, **{kind: found[kind] for kind in kinds}}))
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "contact-sheet")
    parser.add_argument("--language", action="append", choices=["de", "en"])
    parser.add_argument("--theme", action="append", choices=["light", "dark"])
    parser.add_argument("--width", action="append", type=int)
    parser.add_argument("--height", action="append", type=int)
    parser.add_argument("--scale", action="append", type=float)
    parser.add_argument("--view", action="append", help="only views whose name holds this")
    parser.add_argument("--no-sheets", action="store_true", help="look for faults only")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
