"""Run by the bundle before the program: takes what the bootloader and its hooks left there out of the environment.

The loader has read its variables, and Qt finds its plugins by the `qt.conf` that the hooks have made. A browser that
the panel opens must not be linked to the bundle's libraries nor load its plugins, and a second start of the bundle
must not take itself for a worker of this one.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
for _name in [name for name in os.environ if name.startswith("_PYI_")]:
    del os.environ[_name]
for _name in ("OPENSSL_MODULES", "QML2_IMPORT_PATH", "QT_PLUGIN_PATH"):
    os.environ.pop(_name, None)
