"""The child process that finds a proxy: a script of the site's, or a system that looks for one, may take for ever.

Either would stop every thread of the panel meanwhile, since neither lets other Python run. The child ends itself when
it takes too long, also when the panel is gone by then.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from typing import Any, Final

LIMIT_S: Final = 5.0
LARGEST_SCRIPT: Final = 1024 * 1024

BROKEN: Final = "broken"
FAILED: Final = "failed"

_MOST_MEMORY: Final = 1024 * 1024 * 1024


def run() -> int:
    """Read one question from standard input, and write the answer, both JSON.

    A question has the `url` and how long it may take as `limit_s`, and the `script` of a proxy.pac with the `host` it
    is asked about, unless the system is meant. An answer has the `ways`, or as `problem` whether the script is `broken`
    or `failed` on this address.
    """
    with open(os.devnull, "w") as nowhere:
        question = json.loads(sys.stdin.buffer.read())
        # It is the one watch that needs no turn at running Python.
        faulthandler.dump_traceback_later(float(question["limit_s"]), exit=True, file=nowhere)
        sys.stdout.write(json.dumps(_answer(question)))
        sys.stdout.flush()
        faulthandler.cancel_dump_traceback_later()
    return 0


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    url, script = str(question["url"]), question.get("script")
    if script is not None:
        return _by_script(str(script), url, str(question["host"]))
    from nba_desktop.adapters.network.system_ways import system_ways

    return {"ways": system_ways(url)}


def _by_script(script: str, url: str, host: str) -> dict[str, Any]:
    import dukpy
    from pypac.parser import MalformedPacError, PACFile, parse_pac_value

    class Confined(dukpy.JSInterpreter):  # type: ignore[misc]  # dukpy has no types
        """Without what dukpy gives to scripts of one's own: the files and the environment of whoever runs it."""

        def __init__(self) -> None:
            super().__init__()
            for name in [one for one in self._funcs if one.startswith("dukpy.") and ".log." not in one]:
                del self._funcs[name]
            self.evaljs("delete globalThis.process; delete globalThis.require; void 0")

    # PACFile has no other way to be given one, and this process does nothing else.
    dukpy.JSInterpreter = Confined
    _limit_memory()
    try:
        pac = PACFile(script)
    except MalformedPacError:
        return {"problem": BROKEN}
    try:
        said = pac.find_proxy_for_url(url, host)
    except dukpy.JSRuntimeError:
        return {"problem": FAILED}
    return {"ways": parse_pac_value(said)} if isinstance(said, str) else {"problem": FAILED}


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
