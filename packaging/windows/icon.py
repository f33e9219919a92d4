"""Write the program's icon as an .ico file, from the drawing that the panel shows: `icon.py OUT`."""

from __future__ import annotations

import argparse
import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "nba-desktop.svg"
# What Windows asks for, from the corner of a window to the large tiles of its explorer.
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the program's icon for Windows.")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(icon_of([_picture(size) for size in SIZES]))
    application.quit()
    return 0


def icon_of(pictures: list[bytes]) -> bytes:
    """The icon file of these pictures: a directory of them, then the PNG files themselves, one per entry of `SIZES`."""
    place = 6 + 16 * len(pictures)
    directory = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(SIZES, pictures, strict=True):
        # A byte holds no 256; the format writes it as 0.
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return directory + b"".join(pictures)


def _picture(size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


if __name__ == "__main__":
    sys.exit(main())
