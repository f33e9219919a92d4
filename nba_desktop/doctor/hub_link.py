"""The backend's stream of calls tried for real, as the panel listens to it."""

from __future__ import annotations

from typing import Final

import requests
from pydantic import ValidationError

from nba_desktop.adapters.cti.hub_stream import HubStreamSettings, HubStreamSource
from nba_desktop.adapters.http_session import new_session
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.contract.calls import HubSources
from nba_desktop.doctor.checks import Finding
from nba_desktop.doctor.proxy import PROXY_DOWN
from nba_desktop.doctor.trial import try_source
from nba_desktop.domain.errors import SecretsError, SettingsError

_CHECK: Final = "telephony"
_CONNECT_S: Final = 3.0
_TOTAL_S: Final = 6.0

_DOWN: Final = {
    "connection_refused": ("nothing listens there", "check host and port of backend.url, and that the backend runs"),
    "host_not_found": ("the name is not known on the network", "check backend.url"),
    "network": ("the network failed", "check the network and the firewall"),
    "closed": ("the other side closed the connection", "check that host and port of backend.url are the backend's"),
    "no_answer": (
        "no stream came in time, or a proxy in front of it says that the backend does not answer",
        "check that the backend runs, and that the proxy passes server-sent events on without waiting",
    ),
    "login_refused": (
        "the token is refused, or is not an agent's",
        "have a new one made on the server (`nba-desktop-backend token create --role agent`) and store it with "
        "`nba-desktop token set --backend URL`",
    ),
    "not_the_service": (
        "what answers is not the backend's stream of calls",
        "check backend.url; a captive portal or another web server may stand in between, or an older backend",
    ),
    "panel_too_old": ("it is newer than this panel understands", "have NBA Desktop updated on this machine"),
    "backend_too_old": ("it is older than this panel understands", "have the backend updated"),
    "silent": ("it fell silent", "check the network, and that no proxy holds the stream back"),
    "tls_unavailable": ("this machine's Qt cannot encrypt", "install the system's TLS library (OpenSSL)"),
    "tls_untrusted": ("its certificate is signed by nobody this machine trusts", "install the site's root certificate"),
    "tls_wrong_host": ("its certificate is for another name", "use the name in the certificate in backend.url"),
    "tls_expired": ("its certificate has expired", "have it renewed; a clock that is fast does the same"),
    "tls_not_yet_valid": ("its certificate is not valid yet", "set this machine's clock, or have it looked at"),
    "tls_failed": ("the TLS handshake failed", "check that the port speaks TLS 1.2 or newer"),
    **PROXY_DOWN,
}


def check_hub(url: str, token: str, limit_ms: int = 12_000, routes: Routes | None = None) -> Finding:
    """Listen to the backend's calls as the panel does, and ask whether any telephone user stands for this agent."""
    try:
        settings = HubStreamSettings(url, token)
    except SettingsError as error:
        return Finding(_CHECK, False, str(error), "correct backend.url in the settings")
    except SecretsError as error:
        way_out = "store the token anew with `nba-desktop token set --backend URL`"
        return Finding(_CHECK, False, str(error), way_out)
    where = f"the backend at {settings.url}"
    link, has_snapshot = try_source(lambda: HubStreamSource(settings, routes=routes), limit_ms)
    if link.state == "down":
        says, way_out = _DOWN.get(link.detail, ("it could not be reached", "check the network and the firewall"))
        return Finding(_CHECK, False, f"{where}: {says}", way_out)
    if not has_snapshot:
        return Finding(_CHECK, False, f"{where}: {_DOWN['no_answer'][0]}", _DOWN["no_answer"][1])
    return _of_sources(where, _sources(settings, routes))


def _of_sources(where: str, known: HubSources | None) -> Finding:
    if known is None:
        return Finding(
            _CHECK,
            False,
            f"{where} tells calls, but not which telephone systems report to it",
            "ask its administrator whether panel and backend have the same version",
        )
    if not known.sources:
        return Finding(
            _CHECK,
            False,
            f"{where} tells calls, but no telephone system reports to it: no call will ever come up",
            "have one connected, on the server: `nba-desktop-backend hook create SOURCE --dialect …`, or `nba-desktop "
            "backend hook create …` where the Python package runs it",
        )
    mine = [f"{one.source} ({one.dialect})" for one in known.sources if one.mine]
    if not mine:
        names = ", ".join(one.source for one in known.sources)
        return Finding(
            _CHECK,
            False,
            f"{where} tells calls, but no telephone user of {names} stands for the agent {known.agent_id}: no call "
            "will ever come up",
            f"have one mapped, on the server: `nba-desktop-backend hook map {known.sources[0].source} --user … --agent "
            f"{known.agent_id}`, or `nba-desktop backend hook map …` where the Python package runs it",
            (known.agent_id,),
        )
    says = f"{where} tells the calls of {known.agent_id} at {', '.join(mine)}"
    return Finding(_CHECK, True, says, private=(known.agent_id,))


def _sources(settings: HubStreamSettings, routes: Routes | None) -> HubSources | None:
    """What the backend listens to; None when it does not say."""
    with new_session(_TOTAL_S, routes) as session:
        try:
            answer = session.get(
                f"{settings.url}/v1/stream/sources",
                headers={"Authorization": f"Bearer {settings.bearer.value}"},
                timeout=(_CONNECT_S, _TOTAL_S),
            )
            return HubSources.model_validate_json(answer.content) if answer.status_code == 200 else None
        except (requests.RequestException, OSError, ValidationError):
            return None
