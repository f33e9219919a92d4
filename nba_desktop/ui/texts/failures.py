"""What went wrong, in a sentence that says what it means for the agent and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice
from nba_desktop.ui.texts.key_words import kept_key_words, native_key
from nba_desktop.ui.texts.sign_in_words import sign_in_failure

translate = QCoreApplication.translate


def failure(code: FailureCode) -> str:
    """The short reason why something is not there, without a full stop."""
    match code:
        case FailureCode.OFFLINE:
            return translate("texts", "no connection to the backend")
        case FailureCode.TIMEOUT:
            return translate("texts", "the backend does not answer")
        case FailureCode.SERVER_FAULT:
            return translate("texts", "the backend has a fault")
        case FailureCode.UNAUTHORISED:
            return translate("texts", "the backend does not accept this workstation")
        case FailureCode.FORBIDDEN:
            return translate("texts", "the backend does not allow your account to send entries")
        case FailureCode.REFUSED:
            return translate("texts", "the backend has refused the request")
        case FailureCode.NOT_OUR_BACKEND:
            return translate("texts", "something else answers in the backend’s place")
        case FailureCode.CERTIFICATE_UNTRUSTED:
            return translate("texts", "the backend’s certificate is not trusted")
        case FailureCode.CERTIFICATE_WRONG_HOST:
            return translate("texts", "the backend’s certificate is for another host")
        case FailureCode.CERTIFICATE_EXPIRED:
            return translate("texts", "the backend’s certificate has expired")
        case FailureCode.CERTIFICATE_NOT_YET_VALID:
            return translate("texts", "the backend’s certificate is not valid yet")
        case FailureCode.NOT_ENCRYPTED:
            return translate("texts", "no encrypted line to the backend")
        case FailureCode.PROXY_AWAY:
            return translate("texts", "the proxy does not answer")
        case FailureCode.PROXY_SIGN_IN:
            return translate("texts", "the proxy wants a sign-in")
        case FailureCode.PROXY_ACCOUNT:
            return translate("texts", "the proxy refused the account")
        case FailureCode.PROXY_REFUSED:
            return translate("texts", "the proxy does not let the panel through")
        case FailureCode.PROXY_RULE:
            return translate("texts", "the rule for the proxy cannot be used")
        case FailureCode.PANEL_TOO_OLD:
            return translate("texts", "this program is too old for the backend")
        case FailureCode.BACKEND_TOO_OLD:
            return translate("texts", "the backend is too old for this program")
        case FailureCode.TOO_LATE:
            return translate("texts", "it took too long")
        case FailureCode.DISK_FULL:
            return translate("texts", "the disk is full")
        case FailureCode.DISK_UNWRITABLE:
            return translate("texts", "the disk cannot be written")
        case FailureCode.STORE_DAMAGED:
            return translate("texts", "the local store is damaged")
        case FailureCode.STORE_KEY_LOST:
            return translate("texts", "the key of the local store is another one")
        case FailureCode.STORE_NOT_ENCRYPTED:
            return translate("texts", "the local store is not encrypted")
        case FailureCode.STORE_IN_MEMORY:
            return translate("texts", "the local store is only in memory")
        case FailureCode.STORE_FORBIDDEN:
            return translate("texts", "there is no key for the local store")
        case FailureCode.STORE_LEFT_SEALED:
            return translate("texts", "entries are left that only the site can open")
        case FailureCode.SITE_KEY_UNUSABLE:
            return translate("texts", "the site’s public key cannot be used")
        case FailureCode.KEYRING_MISSING:
            return translate("texts", "no password store on this workstation")
        case FailureCode.KEYRING_NOT_ALLOWED:
            return translate("texts", "the password store found here is not safe enough")
        case FailureCode.KEYRING_LOCKED:
            return translate("texts", "the password store is locked")
        case FailureCode.KEYRING_SILENT:
            return translate("texts", "the password store does not answer")
        case FailureCode.KEYRING_NO_TOKEN:
            return translate("texts", "no access token stored")
        case FailureCode.SETTINGS_INVALID:
            return translate("texts", "a settings file cannot be used")
        case FailureCode.POLICY_INVALID:
            return translate("texts", "the policy of this machine cannot be used")
        case FailureCode.SETTING_LOCKED:
            return translate("texts", "your IT department has set this")
        case FailureCode.CALL_URL_INVALID:
            return translate("texts", "not a call address")
        case FailureCode.BACKEND_NOT_STARTED:
            return translate("texts", "the backend did not start")
        case FailureCode.LOGIN_REFUSED:
            return translate("texts", "the telephone system refuses the login")
        case FailureCode.RIGHTS_MISSING:
            return translate("texts", "the account at the telephone system lacks rights")
        case FailureCode.SIGN_IN_NEEDED:
            return translate("texts", "you are not signed in to the telephone system")
        case FailureCode.SIGN_IN_ENDED:
            return translate("texts", "your sign-in has ended")
        case FailureCode.SIGN_IN_UNANSWERED:
            return translate("texts", "no answer came from the browser")
        case FailureCode.SIGN_IN_REFUSED:
            return translate("texts", "the sign-in was refused")
        case FailureCode.SIGN_IN_UNREACHABLE:
            return translate("texts", "the sign-in service does not answer")
        case FailureCode.SIGN_IN_UNTRUSTED:
            return translate("texts", "the answer of the sign-in service cannot be trusted")
        case FailureCode.SIGN_IN_CLOCK:
            return translate("texts", "the clock of this workstation is wrong")
        case FailureCode.SIGN_IN_NO_BROWSER:
            return translate("texts", "no browser could be opened")
        case FailureCode.SIGN_OUT_IN_CALL:
            return translate("texts", "a call is still on the screen")
        case FailureCode.TLS_UNTRUSTED:
            return translate("texts", "the telephone system’s certificate is not trusted")
        case FailureCode.TLS_WRONG_HOST:
            return translate("texts", "the telephone system’s certificate is for another host")
        case FailureCode.TLS_EXPIRED:
            return translate("texts", "the telephone system’s certificate has expired")
        case FailureCode.TLS_NOT_YET_VALID:
            return translate("texts", "the telephone system’s certificate is not valid yet")
        case FailureCode.TLS_FAILED:
            return translate("texts", "no encrypted line to the telephone system")
        case FailureCode.DOCK_INNER_EDGE | FailureCode.DOCK_IMPOSSIBLE:
            return translate("texts", "no room can be kept free at this edge of the screen")
        case FailureCode.CALL_GOES_ON:
            return translate("texts", "a call is still on the screen")
        case FailureCode.HOTKEY_TAKEN:
            return translate("texts", "another program has this key")
        case FailureCode.HOTKEY_IMPOSSIBLE:
            return translate("texts", "this key cannot be used everywhere")
        case FailureCode.KEY_UNUSABLE:
            return translate("texts", "this key cannot be used")
        case FailureCode.PREFERENCES_DAMAGED | FailureCode.PREFERENCES_UNWRITABLE:
            return translate("texts", "the preferences cannot be kept")
        case FailureCode.PRACTICE_UNAVAILABLE:
            return translate("texts", "the practice cannot be started")
        case FailureCode.REVIEW_UNAVAILABLE:
            return translate("texts", "the review cannot be started")
        case FailureCode.REVIEW_OPEN:
            return translate("texts", "the review is open already")
        case FailureCode.CRM_NOT_OPENED:
            return translate("texts", "the CRM cannot be opened")


def notice_words(notice: Notice) -> str:
    """What the agent must know, with the way out."""
    params = dict(notice.params)
    match notice.code:
        case FailureCode.OFFLINE | FailureCode.TIMEOUT | FailureCode.SERVER_FAULT | FailureCode.TOO_LATE:
            return translate("texts", "The backend is away. What you enter is kept here and sent later.")
        case FailureCode.UNAUTHORISED:
            return translate("texts", "The backend does not accept this workstation. Please inform your administrator.")
        case FailureCode.NOT_OUR_BACKEND:
            return translate("texts", "Something else answers in the backend’s place. Please check the network login.")
        case FailureCode.CERTIFICATE_UNTRUSTED:
            return translate(
                "texts",
                "This machine does not trust who answers as the backend. Please inform your administrator; what you "
                "enter is kept here and sent later.",
            )
        case FailureCode.CERTIFICATE_WRONG_HOST:
            return translate(
                "texts",
                "The backend’s certificate is for another host. Please inform your administrator; what you enter is "
                "kept here and sent later.",
            )
        case FailureCode.CERTIFICATE_EXPIRED:
            return translate(
                "texts",
                "The backend’s certificate has expired. Please inform your administrator; what you enter is kept here "
                "and sent later.",
            )
        case FailureCode.CERTIFICATE_NOT_YET_VALID:
            return translate(
                "texts",
                "The backend’s certificate is not valid yet: this machine’s clock may be slow. Please check date and "
                "time; what you enter is kept here and sent later.",
            )
        case FailureCode.NOT_ENCRYPTED:
            return translate(
                "texts",
                "No encrypted line to the backend comes about. Please inform your administrator; what you enter is "
                "kept here and sent later.",
            )
        case FailureCode.PROXY_AWAY:
            return translate(
                "texts",
                "The proxy on the way to the backend does not answer. What you enter is kept here and sent later.",
            )
        case FailureCode.PROXY_SIGN_IN:
            return translate(
                "texts",
                "The proxy wants a sign-in. Please inform your administrator; what you enter is kept here and sent "
                "later.",
            )
        case FailureCode.PROXY_ACCOUNT:
            return translate(
                "texts",
                "The proxy refused the account or password that is stored for it. Please inform your administrator; "
                "what you enter is kept here and sent later.",
            )
        case FailureCode.PROXY_REFUSED:
            return translate(
                "texts",
                "The proxy does not let the panel through to the backend. Please inform your administrator; what you "
                "enter is kept here and sent later.",
            )
        case FailureCode.PROXY_RULE:
            return translate(
                "texts",
                "The rule that names the proxy cannot be used. Please inform your administrator; what you enter is "
                "kept here and sent later.",
            )
        case FailureCode.PANEL_TOO_OLD if params.get("needed"):
            return translate(
                "texts",
                "The backend needs NBA Desktop {needed} or newer. Please ask your IT department for it; what you enter "
                "is kept.",
            ).format(needed=params["needed"])
        case FailureCode.PANEL_TOO_OLD:
            return translate(
                "texts",
                "This program is too old for the backend. Please ask your IT department for a newer one; what you "
                "enter is kept.",
            )
        case FailureCode.BACKEND_TOO_OLD:
            return translate(
                "texts",
                "The backend is too old for this program. Please inform your IT department; what you enter is kept "
                "and sent later.",
            )
        case FailureCode.FORBIDDEN:
            return translate(
                "texts",
                "The backend does not allow your account to send entries. They are kept here in their order and tried "
                "again every 15 minutes; please inform your administrator.",
            )
        case FailureCode.REFUSED:
            return translate(
                "texts", "The backend has refused an entry. It is kept here; please inform your administrator."
            )
        case FailureCode.DISK_FULL:
            return translate(
                "texts", "The disk is full: your last entry was not stored. Please make room and enter it again."
            )
        case FailureCode.DISK_UNWRITABLE:
            return translate(
                "texts", "The disk cannot be written: your last entry was not stored. Please enter it again."
            )
        case FailureCode.STORE_DAMAGED:
            return translate("texts", "The local store is damaged. It was set aside; please inform your administrator.")
        case FailureCode.STORE_KEY_LOST:
            return translate(
                "texts",
                "The local store opens only with a key that is no longer here. It was set aside; please inform your "
                "administrator.",
            )
        case FailureCode.STORE_NOT_ENCRYPTED:
            return translate(
                "texts",
                "This workstation’s password store is not available: what you enter is kept here unencrypted until it "
                "is sent. Please inform your administrator.",
            )
        case FailureCode.STORE_IN_MEMORY:
            return translate(
                "texts",
                "This workstation’s password store is not available: what has not been sent when the panel ends can be "
                "recovered by your administrator alone. Please inform your administrator.",
            )
        case FailureCode.STORE_FORBIDDEN:
            return translate(
                "texts",
                "Nothing can be stored: this workstation’s password store is not available, and nothing may be kept "
                "unencrypted here. Please unlock it and start the panel again, or inform your administrator.",
            )
        case FailureCode.STORE_LEFT_SEALED:
            return translate(
                "texts",
                "Entries of an earlier start were not sent and can be opened only at the site. Please inform your "
                "administrator.",
            )
        case FailureCode.SITE_KEY_UNUSABLE:
            return translate(
                "texts",
                "The key that secures your entries for the site cannot be used. Please inform your administrator.",
            )
        case FailureCode.KEYRING_MISSING:
            return translate("texts", "This workstation has no password store. Please inform your administrator.")
        case FailureCode.KEYRING_NOT_ALLOWED:
            return translate(
                "texts", "The password store found here is not safe enough. Please inform your administrator."
            )
        case FailureCode.KEYRING_LOCKED:
            return translate("texts", "The password store is locked. Please unlock it and start the panel again.")
        case FailureCode.KEYRING_SILENT:
            return translate("texts", "The password store does not answer. Please unlock it and start the panel again.")
        case FailureCode.KEYRING_NO_TOKEN:
            return translate("texts", "No access token is stored for this backend. Please inform your administrator.")
        case FailureCode.SETTINGS_INVALID if "where" in params:
            return translate("texts", "A settings file cannot be used: {where}.").format(where=params["where"])
        case FailureCode.SETTINGS_INVALID:
            return translate("texts", "A settings file cannot be used. The panel works with its defaults.")
        case FailureCode.POLICY_INVALID:
            return translate(
                "texts",
                "The policy of this machine cannot be used, so the panel connects to nothing. "
                "Please pass this on to your IT department: {where} – {problem}.",
            ).format(where=params.get("where", ""), problem=params.get("problem", ""))
        case FailureCode.SETTING_LOCKED:
            return translate("texts", "Your IT department has set this for this machine; it cannot be chosen here.")
        case FailureCode.CALL_URL_INVALID:
            return translate("texts", "Another program has passed on a call address that is not one. It was ignored.")
        case FailureCode.BACKEND_NOT_STARTED:
            return translate("texts", "The backend did not start. What you enter is kept here and sent later.")
        case FailureCode.LOGIN_REFUSED:
            return translate("texts", "The telephone system refuses the login. Please inform your administrator.")
        case FailureCode.RIGHTS_MISSING:
            return translate(
                "texts", "The account at the telephone system lacks rights: {rights}. Please inform your administrator."
            ).format(rights=params.get("rights", ""))
        case FailureCode.SIGN_IN_NEEDED:
            return translate("texts", "You are not signed in to the telephone system: until then no call appears here.")
        case FailureCode.SIGN_IN_ENDED:
            return translate(
                "texts", "Your sign-in has ended. What you enter is kept here and sent once you have signed in."
            )
        case (
            FailureCode.SIGN_IN_UNANSWERED
            | FailureCode.SIGN_IN_REFUSED
            | FailureCode.SIGN_IN_UNREACHABLE
            | FailureCode.SIGN_IN_UNTRUSTED
            | FailureCode.SIGN_IN_CLOCK
            | FailureCode.SIGN_IN_NO_BROWSER
        ):
            return sign_in_failure(notice.code)
        case FailureCode.SIGN_OUT_IN_CALL:
            return translate("texts", "A call is still on the screen – please sign out after it.")
        case FailureCode.TLS_NOT_YET_VALID:
            return translate(
                "texts",
                "The telephone system’s certificate is not valid yet: this machine’s clock may be slow. Please check "
                "date and time.",
            )
        case FailureCode.TLS_UNTRUSTED | FailureCode.TLS_WRONG_HOST | FailureCode.TLS_EXPIRED | FailureCode.TLS_FAILED:
            return translate(
                "texts", "The encrypted line to the telephone system fails. Please inform your administrator."
            )
        case FailureCode.PRACTICE_UNAVAILABLE:
            return translate(
                "texts", "The practice cannot be started on this workstation. Please inform your administrator."
            )
        case FailureCode.REVIEW_UNAVAILABLE:
            return translate(
                "texts", "Your review cannot be started on this workstation. Please inform your administrator."
            )
        case FailureCode.REVIEW_OPEN:
            return translate("texts", "Your review is open already, in a window of its own.")
        case FailureCode.CRM_NOT_OPENED:
            return translate("texts", "The CRM could not be opened from here. Please look the customer up there.")
        case FailureCode.DOCK_INNER_EDGE:
            return translate(
                "texts", "Between two screens no room can be kept free for the panel. It stays in front instead."
            )
        case FailureCode.DOCK_IMPOSSIBLE:
            return translate(
                "texts", "This system keeps no room free at the screen’s edge. The panel stays in front instead."
            )
        case FailureCode.CALL_GOES_ON:
            return translate("texts", "A call is still on the screen – close the panel again to end the program.")
        case FailureCode.HOTKEY_TAKEN:
            return translate(
                "texts", "{key} belongs to another program and does not bring the panel forward. Choose another key."
            ).format(key=native_key(params.get("key", "")))
        case FailureCode.KEY_UNUSABLE:
            return kept_key_words(params)
        case FailureCode.PREFERENCES_DAMAGED:
            return translate("texts", "Your preferences could not be read and were set aside: {file}.").format(
                file=params.get("file", "")
            )
        case FailureCode.PREFERENCES_UNWRITABLE:
            return translate(
                "texts", "Your choice holds until the panel is closed: it could not be kept ({problem})."
            ).format(problem=params.get("problem", ""))
        case FailureCode.HOTKEY_IMPOSSIBLE:
            return translate(
                "texts", "{key} cannot bring the panel forward on this system; the system’s own window switch can."
            ).format(key=native_key(params.get("key", "")))
