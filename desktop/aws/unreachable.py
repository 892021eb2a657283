"""Why Amazon cannot be reached, in words: no network, a proxy, one who reads along."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ProxyConnectionError, SSLError

from ..core.errors import AppError, CredentialsError, NetworkError, Remedy
from . import other_site
from .other_site import OtherSite

_OWN_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})
_WRONG_TIME = re.compile(r"certificate (?:has expired|is not yet valid)", re.IGNORECASE)
_CERTIFICATE = re.compile(r"certificate", re.IGNORECASE)


def explain_unreachable(error: BotoCoreError) -> AppError:
    """What to say of a request that got no answer."""
    reason = str(error.kwargs.get("error", ""))
    host = urlsplit(str(error.kwargs.get("endpoint_url", ""))).hostname or "*.amazonaws.com"
    if isinstance(error, ProxyConnectionError):
        return _proxy(str(error.kwargs.get("proxy_url", "")), reason)
    if isinstance(error, SSLError) and _WRONG_TIME.search(reason):
        return wrong_clock(None)
    is_ours = host in _OWN_HOSTS  # an emulator's: other sites tell nothing about it
    other = None if is_ours else other_site.ask_other_site()
    reads_along = isinstance(error, SSLError) and bool(_CERTIFICATE.search(reason))
    return _by_other_site(other, host, reads_along=reads_along)


def _by_other_site(other: OtherSite | None, host: str, *, reads_along: bool) -> NetworkError:
    if other is OtherSite.REPLACED:
        return _sign_in_page()
    if reads_along:
        return _reads_along(host)
    if other is None:
        return NetworkError(
            "Cannot reach Amazon", "Check the connection and try again.", remedy=Remedy.TRY_AGAIN
        )
    if other is OtherSite.ANSWERS:
        return NetworkError(
            "Cannot reach Amazon",
            "Other sites answer, so the connection itself works: a firewall may be in the way,"
            " or Amazon is having problems. Try again later, or on another network.",
            remedy=Remedy.TRY_AGAIN,
        )
    return NetworkError(
        "Cannot reach Amazon",
        "Other sites do not answer either: this computer seems to be offline. Connect it and try"
        " again.",
        remedy=Remedy.TRY_AGAIN,
    )


def explain_foreign_answer() -> NetworkError:
    """What to say when a web page came where Amazon's answer should be."""
    if other_site.ask_other_site() is OtherSite.REPLACED:
        return _sign_in_page()
    return NetworkError(
        "Something else answered in Amazon's place",
        "A firewall seems to be in the way. Ask whoever runs this network, or use another one.",
        remedy=Remedy.COPY_FOR_IT,
        detail=(
            "Tagdrop, a program that labels photos through our own Amazon account, receives a"
            " web page from another server instead of Amazon's answers. Please let it reach"
            " *.amazonaws.com on port 443."
        ),
    )


def wrong_clock(there: datetime | None) -> CredentialsError:
    """What to say of this computer's clock, by Amazon's time where that is known."""
    if there is None:
        return CredentialsError(
            "This computer's clock is wrong", "Set its time, then try again.", remedy=Remedy.CLOCK
        )
    return CredentialsError(
        "This computer's clock is {minutes} minutes off",
        "Set its time, then try again.",
        remedy=Remedy.CLOCK,
        minutes=round(abs((datetime.now(UTC) - there).total_seconds()) / 60),
    )


def _sign_in_page() -> NetworkError:
    return NetworkError(
        "This network wants you to sign in first",
        "Open any page in the browser and do what the network asks, then try again.",
        remedy=Remedy.TRY_AGAIN,
    )


def _reads_along(host: str) -> NetworkError:
    return NetworkError(
        "Something is intercepting the encrypted connection to Amazon",
        "It may be a company's network or a virus scanner. Nothing was sent. Ask whoever runs"
        " it to leave connections to Amazon alone, or use another network.",
        remedy=Remedy.COPY_FOR_IT,
        detail=(
            "Tagdrop, a program that labels photos through our own Amazon account, does not"
            " trust the certificate it receives for {host}: it was not issued by a well-known"
            " authority. Please exempt *.amazonaws.com from inspection, or point the variable"
            " AWS_CA_BUNDLE to a file with the network's own authority."
        ),
        host=host,
    )


def _proxy(url: str, reason: str) -> NetworkError:
    where = urlsplit(url)
    proxy = f"{where.hostname or url}:{where.port or 80}"  # without the name and password in it
    if "407" in reason:
        return NetworkError(
            "The proxy {proxy} does not let this program through",
            "It requires a name and a password. Ask your IT department how programs can get"
            " through.",
            remedy=Remedy.COPY_FOR_IT,
            detail=(
                "The proxy {proxy} answers Tagdrop with 407, Proxy Authentication Required. How"
                " can a program get through it to reach *.amazonaws.com?"
            ),
            proxy=proxy,
        )
    return NetworkError(
        "The proxy {proxy} does not answer",
        "This computer is set to reach the internet through it. Check the network settings, and"
        " whether you are connected to the company's network.",
        remedy=Remedy.TRY_AGAIN,
        proxy=proxy,
    )
