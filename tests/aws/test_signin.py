"""Signing in with the browser, against a stand-in that checks every parameter and every proof."""

from __future__ import annotations

import logging
import re
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from deploy.sign_in.access import Access, in_region
from deploy.sign_in.browser import BrowserSignIn
from deploy.sign_in.dpop import ProofKey
from deploy.sign_in.loopback import Loopback, make_verifier
from deploy.sign_in.pasted_code import CodeSignIn
from deploy.sign_in.tokens import lasting_credentials, redeem, signin_client
from desktop.core.errors import AppError, Cancelled, CredentialsError, NetworkError
from tests.rig.aws.signin_fixtures import ALLOWED, SignInStandin, read
from tests.rig.processes import until

pytestmark = pytest.mark.aws

REGION = "eu-central-1"
USER = "arn:aws:iam::000000000000:user/somebody"
ROLE = "arn:aws:sts::000000000000:assumed-role/Admin/somebody"
ROOT = "arn:aws:iam::000000000000:root"
NEVER = threading.Event()


def _sign_in(signin: SignInStandin) -> Access:
    return BrowserSignIn(REGION, open_browser=signin.visit).wait(threading.Event())


@contextmanager
def _waiting(attempt: BrowserSignIn, cancel: threading.Event = NEVER) -> Iterator[Future[Access]]:
    """A sign-in that is awaited in another thread."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(attempt.wait, cancel)
        attempt.close()


def _by_hand(_url: str) -> bool:
    """A browser that does not open."""
    return False


def _redirect_uri(attempt: BrowserSignIn) -> str:
    return parse_qs(urlsplit(attempt.url).query)["redirect_uri"][0]


def _call(access: Access) -> str:
    """A call with the access's credentials; returns the key id it was signed with."""
    assert access.session.client("sts").get_caller_identity()["Account"] == "000000000000"
    key_id: str = access.session.get_credentials().access_key
    return key_id


@pytest.mark.parametrize("arn", [USER, ROLE, ROOT])
def test_whoever_allows_it_is_signed_in(signin: SignInStandin, arn: str) -> None:
    signin.change(arn=arn)
    access = _sign_in(signin)
    assert (access.way, access.account, access.arn) == ("browser", "000000000000", arn)
    assert access.is_root is (arn == ROOT)
    assert _call(access).startswith("ASIA")
    assert _call(in_region(access, "us-west-2")).startswith("ASIA")
    log = signin.log()
    assert (log["refused"], log["tokens"]) == ([], {"authorization_code": 1})


def test_without_an_id_token_the_key_tells_who_it_is(signin: SignInStandin) -> None:
    signin.change(with_id_token=False)
    access = _sign_in(signin)
    assert access.account == "000000000000"
    assert access.arn.startswith("arn:aws:")


def test_the_session_renews_itself(signin: SignInStandin) -> None:
    signin.change(expires_in_s=120)  # renewed when five minutes are left: at once
    access = _sign_in(signin)
    elsewhere = in_region(access, "us-west-2")
    keys = {_call(access), _call(elsewhere), _call(access)}
    assert len(keys) == 3
    log = signin.log()
    assert log["refused"] == []
    assert log["tokens"]["refresh_token"] >= 3


def test_threads_that_renew_at_once_do_not_lose_the_session(signin: SignInStandin) -> None:
    signin.change(expires_in_s=30)  # within the last minute every call waits for the renewal
    access = _sign_in(signin)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: _call(access), range(16)))) > 1
    assert signin.log()["refused"] == []


@pytest.mark.expects_log("Refreshing temporary credentials failed")
def test_after_twelve_hours_the_person_signs_in_again(signin: SignInStandin) -> None:
    signin.change(expires_in_s=30, session_lives_s=0)
    access = _sign_in(signin)
    with pytest.raises(CredentialsError, match="signed out for safety"):
        _call(access)


REASONS = [
    ("AUTHCODE_EXPIRED", "took too long"),
    ("TOKEN_EXPIRED", "signed out for safety"),
    ("USER_CREDENTIALS_CHANGED", "password of this Amazon user has changed"),
    ("INSUFFICIENT_PERMISSIONS", "SignInLocalDevelopmentAccess"),
    ("RESOURCE_NOT_FOUND", "another way. Amazon says: The stand-in says RESOURCE_NOT_FOUND"),
    ("TOO_MANY", "busy"),
    ("server_error", "busy"),
]


@pytest.mark.parametrize(("error", "words"), REASONS)
def test_every_reason_not_to_sign_in_has_words(
    signin: SignInStandin, error: str, words: str
) -> None:
    signin.change(fail={"authorization_code": error})
    with pytest.raises(AppError, match=words):
        _sign_in(signin)
    assert not any("used before" in reason for reason in signin.log()["refused"])


@pytest.mark.expects_log("Refreshing temporary credentials failed")
@pytest.mark.parametrize(("error", "words"), REASONS[1:4])
def test_every_reason_not_to_renew_has_words(signin: SignInStandin, error: str, words: str) -> None:
    signin.change(expires_in_s=30, fail={"refresh_token": error})
    access = _sign_in(signin)
    with pytest.raises(CredentialsError, match=words):
        _call(access)


def test_an_answer_that_says_nothing_has_words(signin: SignInStandin) -> None:
    signin.change(answers_nothing=True)
    with pytest.raises(AppError, match="that Tagdrop does not understand"):
        _sign_in(signin)


def test_a_code_that_lies_too_long_is_told(signin: SignInStandin) -> None:
    signin.change(code_lives_s=0)
    with pytest.raises(CredentialsError, match="took too long"):
        _sign_in(signin)


def test_a_wrong_clock_is_told(signin: SignInStandin) -> None:
    signin.change(clock_off_s=600)
    with pytest.raises(CredentialsError, match="clock is 10 minutes off"):
        _sign_in(signin)


def test_who_presses_deny_is_told(signin: SignInStandin) -> None:
    signin.change(person="denies")
    with pytest.raises(CredentialsError, match="not allowed"):
        _sign_in(signin)
    assert signin.log()["tokens"] == {}


@pytest.mark.parametrize("answer", ["allows", "denies"])
def test_a_person_decides_on_the_page(signin: SignInStandin, answer: str) -> None:
    signin.change(person="decides")
    attempt = BrowserSignIn(REGION, open_browser=_by_hand)
    with _waiting(attempt) as access:
        _, page = read(attempt.url)
        (link,) = re.findall(rf"href='([^']+as={answer})'", page)
        status, page = read(signin.url + link)
        assert status == 200
        if answer == "allows":
            assert ALLOWED in page
            assert access.result(20).arn == USER
        else:
            assert "Not signed in" in page
            with pytest.raises(CredentialsError, match="not allowed"):
                access.result(20)


def _raise(_url: str) -> bool:
    raise OSError("no browser")


@pytest.mark.parametrize("open_browser", [_by_hand, _raise])
def test_without_a_browser_the_link_can_be_opened_by_hand(
    signin: SignInStandin, open_browser: Callable[[str], bool]
) -> None:
    attempt = BrowserSignIn(REGION, open_browser=open_browser)
    assert attempt.is_browser_open is None
    with _waiting(attempt) as access:
        status, page = read(attempt.url)
        assert (status, ALLOWED in page) == (200, True)
        assert access.result(20).arn == USER
    assert attempt.is_browser_open is False


def test_what_is_not_our_answer_changes_nothing(signin: SignInStandin) -> None:
    attempt = BrowserSignIn(REGION, open_browser=_by_hand)
    callback = _redirect_uri(attempt)
    state = parse_qs(urlsplit(attempt.url).query)["state"][0]
    strange = [
        {"code": "x", "state": "another"},
        {"code": "x", "state": "ü"},
        {"code": "x"},
        {"state": state},
        {"error": "access_denied", "state": "another"},
        {"code": "x", "error": "access_denied", "state": state},
        {f"n{i}": "x" for i in range(50)},
    ]
    with _waiting(attempt) as access:
        for query in strange:
            assert read(f"{callback}?{urlencode(query)}")[0] == 400
        assert read(f"{callback}?code=x&code=y&state={state}")[0] == 400
        assert read(callback.replace("/oauth/callback", "/favicon.ico"))[0] == 404
        assert not access.done()
        assert read(attempt.url)[0] == 200
        assert access.result(20).arn == USER


def test_a_second_answer_is_not_used(signin: SignInStandin) -> None:
    signin.change(delay_s=2)  # so that the listener is still there
    attempt = BrowserSignIn(REGION, open_browser=_by_hand)
    state = parse_qs(urlsplit(attempt.url).query)["state"][0]
    with _waiting(attempt) as access:
        assert ALLOWED in read(attempt.url)[1]
        again = urlencode({"code": "another", "state": state})
        assert "Already done" in read(f"{_redirect_uri(attempt)}?{again}")[1]
        denied = urlencode({"error": "access_denied", "state": state})
        read(f"{_redirect_uri(attempt)}?{denied}")
        assert access.result(20).arn == USER
    assert signin.log()["refused"] == []


def test_a_refusal_may_lack_the_state_and_shows_no_strange_text(signin: SignInStandin) -> None:
    attempt = BrowserSignIn(REGION, open_browser=_by_hand)
    with _waiting(attempt) as access:
        query = urlencode({"error": "server_error<script>" + "x" * 500})
        page = read(f"{_redirect_uri(attempt)}?{query}")[1]
        assert "script" not in page
        with pytest.raises(CredentialsError, match=r"Amazon says: server_errorscriptx+$") as raised:
            access.result(20)
        assert len(raised.value.message) < 150


def test_a_browser_that_connects_and_says_nothing_is_not_in_the_way(
    signin: SignInStandin,
) -> None:
    attempt = BrowserSignIn(REGION, open_browser=_by_hand)
    port = urlsplit(_redirect_uri(attempt)).port
    with _waiting(attempt) as access, socket.create_connection(("127.0.0.1", port)):
        assert read(attempt.url)[0] == 200
        assert access.result(20).arn == USER


def test_two_sign_ins_do_not_meet(signin: SignInStandin) -> None:
    one = BrowserSignIn(REGION, open_browser=_by_hand)
    two = BrowserSignIn(REGION, open_browser=_by_hand)
    with _waiting(one) as first, _waiting(two) as second:
        read(two.url)
        assert second.result(20).arn == USER
        assert not first.done()
        read(one.url)
        assert first.result(20).arn == USER


def _is_free(port: int | None) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port or 0)) != 0


@pytest.mark.parametrize("delay_s", [0, 8], ids=["at the page", "while Amazon thinks"])
def test_cancel_ends_it_at_once(signin: SignInStandin, delay_s: float) -> None:
    signin.change(delay_s=delay_s)
    cancel = threading.Event()
    attempt = BrowserSignIn(REGION, open_browser=_by_hand)
    with _waiting(attempt, cancel) as access:
        if delay_s:
            read(attempt.url)
        started_at = time.monotonic()
        cancel.set()
        with pytest.raises(Cancelled):
            access.result(20)
        assert time.monotonic() - started_at < 5
    until(lambda: _is_free(urlsplit(_redirect_uri(attempt)).port), "the free port")


def test_close_ends_a_wait(signin: SignInStandin) -> None:
    attempt = BrowserSignIn(REGION, open_browser=_by_hand)
    with _waiting(attempt) as access:
        attempt.close()
        with pytest.raises(Cancelled):
            access.result(20)
    until(lambda: _is_free(urlsplit(_redirect_uri(attempt)).port), "the free port")
    attempt.close()


def test_nobody_comes(signin: SignInStandin) -> None:
    attempt = BrowserSignIn(REGION, open_browser=_by_hand, limit_s=0.1)
    with pytest.raises(AppError, match="No answer came from the browser"):
        attempt.wait(threading.Event())


def test_no_port_to_listen_at(signin: SignInStandin, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(_self: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(socketserver.TCPServer, "server_bind", taken)
    with pytest.raises(AppError, match=r"cannot reach Tagdrop.*Address already in use"):
        BrowserSignIn(REGION, open_browser=_by_hand)


def test_nobody_answers_for_amazon(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
        monkeypatch.setenv("AWS_ENDPOINT_URL_SIGNIN", nobody)
        attempt = BrowserSignIn(REGION, open_browser=_by_hand)
        assert attempt.url.startswith(f"{nobody}/v1/authorize?")
        state = parse_qs(urlsplit(attempt.url).query)["state"][0]
        with _waiting(attempt) as access:
            read(f"{_redirect_uri(attempt)}?code=x&state={state}")
            with pytest.raises(NetworkError, match="Cannot reach Amazon"):
                access.result(60)


def test_the_page_is_amazons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for region, host in {
        "eu-central-1": "eu-central-1.signin.aws.amazon.com",
        "us-gov-west-1": "us-gov-west-1.signin.amazonaws-us-gov.com",
    }.items():
        attempt = BrowserSignIn(region, open_browser=_by_hand)
        attempt.close()
        assert attempt.url.startswith(f"https://{host}/v1/authorize?response_type=code&")


@pytest.mark.expects_log("Refreshing temporary credentials failed")
def test_nothing_secret_is_logged_or_shown(
    signin: SignInStandin, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    signin.change(expires_in_s=30)
    attempt = BrowserSignIn(REGION, open_browser=signin.visit)
    access = attempt.wait(threading.Event())
    _call(access)
    signin.change(fail={"refresh_token": "TOKEN_EXPIRED"})
    with pytest.raises(CredentialsError) as raised:
        _call(access)
    secrets = signin.log()["secrets"]
    assert len(secrets) >= 5  # code, verifier, secret key, session token, refresh token
    ours = "\n".join(
        caplog.handler.format(record)
        for record in caplog.records
        if record.levelno >= logging.INFO or record.name.startswith(("deploy", "desktop"))
    )
    shown = [ours, repr(access), repr(attempt), repr(raised.value), *capfd.readouterr()]
    for text in shown:
        assert not [secret for secret in secrets if secret in text]


def _code(signin: SignInStandin, challenge: str) -> tuple[str, str]:
    """A code for this challenge, and the redirect URI it came to."""
    loopback = Loopback()
    attempt = BrowserSignIn(REGION)
    attempt.close()
    question = parse_qs(urlsplit(attempt.url).query)
    question |= {"state": [loopback.state], "redirect_uri": [loopback.redirect_uri]}
    question["code_challenge"] = [challenge]
    signin.visit(f"{signin.url}/v1/authorize?{urlencode(question, doseq=True)}")
    code = loopback.wait(threading.Event())
    loopback.close()
    return code, loopback.redirect_uri


@pytest.mark.expects_log("Refreshing temporary credentials failed")
def test_the_stand_in_insists_on_verifier_redirect_and_key(signin: SignInStandin) -> None:
    """Without this the tests above would show less than they seem to."""
    client = signin_client(REGION, ProofKey.new())
    verifier, challenge = make_verifier()
    code, redirect_uri = _code(signin, challenge)
    for strange in ((code, make_verifier()[0], redirect_uri), (code, verifier, redirect_uri + "/")):
        with pytest.raises(CredentialsError, match=r"verifier does not fit|redirect URI"):
            redeem(client, *strange)
    output = redeem(client, code, verifier, redirect_uri)
    with pytest.raises(CredentialsError, match="took too long"):
        redeem(client, code, verifier, redirect_uri)

    soon = {**output, "expiresIn": 1}
    thief = lasting_credentials(signin_client(REGION, ProofKey.new()), soon)
    with pytest.raises(CredentialsError, match="signed out"):
        thief.get_frozen_credentials()
    assert "another key's" in signin.log()["refused"][-1]
    with pytest.raises(CredentialsError, match="signed out"):  # each token is good for once
        lasting_credentials(client, soon).get_frozen_credentials()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("response_type", "token"),
        ("client_id", "arn:aws:signin:::devtools/cross-device"),
        ("code_challenge_method", "S256"),
        ("scope", "openid profile"),
        ("redirect_uri", "http://localhost:5000/oauth/callback"),
        ("code_challenge", "short"),
        ("extra", "x"),
    ],
)
def test_the_stand_in_insists_on_each_parameter(
    signin: SignInStandin, name: str, value: str
) -> None:
    attempt = BrowserSignIn(REGION, open_browser=_by_hand)
    attempt.close()
    page, _, query = attempt.url.partition("?")
    assert read(f"{page}?{urlencode({**dict(parse_qsl(query)), name: value})}")[0] == 400


def _shown(url: str) -> str:
    """The code that Amazon's page shows to whoever signs in there."""
    status, page = read(url)
    found = re.search(r"<code>(.*)</code>", page)
    assert status == 200
    assert found
    return found[1]


def test_the_code_that_the_page_shows_signs_in(signin: SignInStandin) -> None:
    attempt = CodeSignIn(REGION)
    shown = _shown(attempt.url)
    access = attempt.redeem(f"  {shown[:20]}\n{shown[20:]} ", NEVER)  # as a page may break it
    assert (access.way, access.account, access.arn) == ("browser", "000000000000", USER)
    assert _call(in_region(access, "us-west-2")).startswith("ASIA")
    log = signin.log()
    assert (log["refused"], log["tokens"]) == ([], {"authorization_code": 1})


def test_a_session_by_code_renews_itself(signin: SignInStandin) -> None:
    signin.change(expires_in_s=120)
    attempt = CodeSignIn(REGION)
    access = attempt.redeem(_shown(attempt.url), NEVER)
    assert len({_call(access), _call(access)}) == 2
    assert signin.log()["refused"] == []


@pytest.mark.parametrize("pasted", ["", "abc", "hello world", "c3RhdGU9eA=="])
def test_what_is_no_code_is_told(signin: SignInStandin, pasted: str) -> None:
    with pytest.raises(CredentialsError, match="not the code that Amazon's page shows"):
        CodeSignIn(REGION).redeem(pasted, NEVER)
    assert signin.log()["tokens"] == {}


def test_a_code_of_another_attempt_is_not_used(signin: SignInStandin) -> None:
    shown = _shown(CodeSignIn(REGION).url)
    with pytest.raises(CredentialsError, match="from another attempt"):
        CodeSignIn(REGION).redeem(shown, NEVER)
    assert signin.log()["tokens"] == {}


def test_a_code_is_good_for_once_and_soon(signin: SignInStandin) -> None:
    attempt = CodeSignIn(REGION)
    shown = _shown(attempt.url)
    attempt.redeem(shown, NEVER)
    with pytest.raises(CredentialsError, match="took too long"):
        attempt.redeem(shown, NEVER)


@pytest.mark.expects_log("Refreshing temporary credentials failed")
def test_a_renewal_that_amazon_refuses_as_invalid_means_signed_out(signin: SignInStandin) -> None:
    signin.change(expires_in_s=30, fail={"refresh_token": "INVALID_REQUEST"})
    access = _sign_in(signin)
    with pytest.raises(CredentialsError, match="signed out for safety"):
        _call(access)
