"""Run by the bundle before the program: takes the bootloader's variables out of the environment.

The loader has read them. A browser that the panel opens must not be linked to the bundle's libraries, and a second
start of the bundle must not take itself for a worker of this one.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
for _name in [name for name in os.environ if name.startswith("_PYI_")]:
    del os.environ[_name]
