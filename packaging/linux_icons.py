"""Draw an SVG icon in the sizes of the hicolor theme: `linux_icons.py ICON.svg FOLDER`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def main(icon: Path, theme: Path) -> None:
    renderer = QSvgRenderer(str(icon))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        folder = theme / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        image.save(str(folder / f"{icon.stem}.png"))
    folder = theme / "scalable" / "apps"
    folder.mkdir(parents=True)
    shutil.copyfile(icon, folder / icon.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
