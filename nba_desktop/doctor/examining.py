"""Everything the panel needs, looked at in turn."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from nba_desktop import paths
from nba_desktop.adapters.flight.recorder import FOLDER
from nba_desktop.adapters.network.proxies import routes_of
from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.policy import machine_policy
from nba_desktop.adapters.secrets import Secrets, token_name
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_loading import load_in_force
from nba_desktop.doctor import checks, local_store
from nba_desktop.doctor.checks import Finding
from nba_desktop.domain.errors import SecretsError

_ANSWER_MS: Final = 1_000


def examine(settings_file: Path, data_dir: Path, token: str | None, secret: str | None) -> list[Finding]:
    """Look at everything the panel needs; `token` and `secret` replace those of the keyring."""
    # Qt and requests take longer to load than everything else here.
    from nba_desktop.adapters.single_instance import SingleInstance, session_key
    from nba_desktop.doctor import machine

    # What the policy asks for and nobody gives shows beside the file only.
    policy = load_in_force(settings_file, machine_policy()).policy
    finding, settings = checks.check_settings(settings_file, policy)
    instance = SingleInstance(paths.runtime_dir(), session_key())
    embedded = settings is not None and settings.backend.mode == "embedded"
    findings = [
        machine.check_versions(machine.system_sqlite() if embedded else ""),
        machine.check_policy(policy),
        # Of a policy that cannot be relied on the settings would say the same again.
        *(() if policy.error is not None else (finding,)),
        checks.check_display(sys.platform, checks.environment()),
        machine.check_fonts(paths.resource("fonts")),
        machine.check_instance(instance.standing(_ANSWER_MS)),
    ]
    if settings is not None:
        findings += _link_findings(settings, token, secret)
    store = local_store.local_store(data_dir, settings, Secrets())
    left = (local_store.check_sealed(data_dir), local_store.check_set_aside(data_dir))
    findings += [
        machine.check_disk(data_dir),
        *([local_store.check_store(store, settings)] if settings is not None else []),
        local_store.check_outbox(store),
        *(one for one in left if one is not None),
    ]
    if settings is not None:
        findings.append(checks.check_recorder(store.folder / FOLDER, settings, store.key))
    return findings


def _link_findings(settings: Settings, token: str | None, secret: str | None) -> list[Finding]:
    from nba_desktop.doctor import identity, proxy, site_backend, telephony_link

    backend, telephony = settings.backend, settings.telephony
    site = backend.url if backend.mode == "site" else None
    wanted: dict[str, str] = {}
    openid = site is not None and settings.sign_in.method == "openid"
    if site and token is None and not openid:
        wanted[token_name(site)] = f"`nba-desktop token set --backend {site}`"
    if telephony_link.needs_secret(telephony) and secret is None:
        wanted[telephony.secret_name] = f"`nba-desktop secret set {telephony.secret_name}`"
    keyring = Secrets()
    given = [name for name, one in (("token", token), ("secret", secret)) if one is not None]
    routes = routes_of(settings.network, keyring)
    token = token or (_read(keyring, token_name(site)) if site and not openid else None)
    secret = secret or (_read(keyring, telephony.secret_name) if telephony_link.needs_secret(telephony) else None)
    return [
        checks.check_keyring(wanted, keyring.read, given, signs_in=openid),
        *(proxy.check_proxy(what, url, settings.network, routes) for what, url in proxy.reached(settings).items()),
        *(
            _site_findings(site, token, routes)
            if site
            else (checks.check_embedded_backend(), site_backend.check_clock(None))
        ),
        *((identity.check_sign_in(settings.sign_in, routes),) if openid else ()),
        identity.line_of_who_signs_in()
        if openid and token is None and telephony.source == "hub"
        else telephony_link.check_telephony(telephony, site, token, secret, keyring, routes),
        checks.check_scheme(),
    ]


def _site_findings(url: str, token: str | None, routes: Routes | None) -> list[Finding]:
    from nba_desktop.doctor import links, site_backend

    asked = site_backend.ask(url, routes=routes)
    return [
        site_backend.check_certificate(url, routes=routes),
        site_backend.check_readiness(url, asked) or links.check_backend(url, token, routes),
        site_backend.check_clock(None if asked is None else asked.ahead),
    ]


def _read(keyring: Secrets, name: str) -> str | None:
    try:
        return keyring.read(name)
    except SecretsError:
        return None
