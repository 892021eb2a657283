"""Profiles of every kind, against the emulator and the sign-in stand-in."""

from __future__ import annotations

import json
import logging
import os
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.credentials import SSOProvider
from botocore.tokens import SSOTokenProvider
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from deploy.sign_in.access import in_region
from deploy.sign_in.profiles import Profile, list_profiles, open_session, use_profile
from desktop.core.errors import Cancelled, CredentialsError, Remedy
from tests.rig.aws.controls import Emulator
from tests.rig.aws.dpop_check import b64
from tests.rig.aws.signin_fixtures import SignInStandin

pytestmark = pytest.mark.aws

ROLE = "role_arn = arn:aws:iam::000000000000:role/Admin\n"
KEY = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = marked/secret+key"
SSO = """
[profile work]
sso_session = company
sso_account_id = 000000000000
sso_role_name = Admin
region = eu-central-1

[sso-session company]
sso_region = eu-central-1
sso_start_url = https://company.awsapps.com/start
sso_registration_scopes = sso:account:access

[profile older]
sso_start_url = https://older.awsapps.com/start
sso_region = eu-central-1
sso_account_id = 000000000000
sso_role_name = Admin
"""
LOGIN = """
[profile laptop]
login_session = arn:aws:iam::000000000000:user/somebody
region = eu-central-1
"""
FAR = timedelta(days=30)


@pytest.fixture(autouse=True)
def folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's ~/.aws; botocore looks for SSO tokens where home was when it was loaded."""
    cache = home / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    for provider in (SSOProvider, SSOTokenProvider):
        monkeypatch.setattr(provider, "_SSO_TOKEN_CACHE_DIR", str(cache))
    return home / ".aws"


def _config(folder: Path, text: str) -> None:
    (folder / "config").write_text(textwrap.dedent(text))


def _no_browser(url: str) -> bool:
    pytest.fail(f"a browser was asked to open {url}")


def _use(name: str, open_url: Callable[[str], bool] = _no_browser, **options: Any) -> Any:
    access = use_profile(name, threading.Event(), open_url, **options)
    assert (access.way, access.name, access.account) == ("profile", name, "000000000000")
    elsewhere = in_region(access, "us-west-2").session
    assert elsewhere.client("sts").get_caller_identity()["Account"] == "000000000000"
    return access


def test_a_key(signin: SignInStandin, folder: Path) -> None:
    (folder / "credentials").write_text(f"[default]\n{KEY}\n")
    _config(folder, "[default]\nregion = eu-west-1\n")
    access = _use("default")
    assert access.session.region_name == "eu-west-1"
    assert "marked" not in repr(access)


@pytest.fixture
def admin_role(emulator: Emulator) -> Iterator[None]:
    """The role that ROLE names; whoever has it may take it on once more."""
    everybody = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    again = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
    name = {"RoleName": "Admin"}
    iam = emulator.client("iam")
    iam.create_role(**name, AssumeRolePolicyDocument=_policy(everybody))
    iam.put_role_policy(**name, PolicyName="again", PolicyDocument=_policy(again))
    yield
    iam.delete_role_policy(**name, PolicyName="again")
    iam.delete_role(**name)


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.mark.usefixtures("admin_role")
def test_a_role_of_another_profile(signin: SignInStandin, folder: Path) -> None:
    _config(
        folder,
        f"[profile base]\n{KEY}\n[profile admin]\nsource_profile = base\n"
        f"{ROLE}region = eu-west-1\n",
    )
    access = _use("admin")
    assert access.session.get_credentials().method == "assume-role"


def test_a_program(signin: SignInStandin, folder: Path, tmp_path: Path) -> None:
    answer = {
        "Version": 1,
        "AccessKeyId": "AKIAPROGRAM",
        "SecretAccessKey": "x",
        "SessionToken": "y",
    }
    _program(folder, tmp_path, f"print({json.dumps(json.dumps(answer))})")
    assert _use("vault").session.get_credentials().access_key == "AKIAPROGRAM"


def _program(folder: Path, tmp_path: Path, source: str) -> None:
    script = tmp_path / "program.py"
    script.write_text(source)
    command = f'"{Path(sys.executable).as_posix()}" "{script.as_posix()}"'
    _config(folder, f"[profile vault]\ncredential_process = {command}\n")


@pytest.mark.parametrize("name", ["work", "older"])
def test_a_portal_is_asked_once(signin: SignInStandin, folder: Path, name: str) -> None:
    _config(folder, SSO)
    _use(name, signin.visit)
    _use(name)  # opens no browser
    log = signin.log()
    assert (log["refused"], log["pages"], log["tokens"]) == ([], 1, {"sso": 1})
    (cached,) = (folder / "sso" / "cache").iterdir()
    if sys.platform != "win32":
        assert cached.stat().st_mode & 0o077 == 0
    session = boto3.Session(profile_name=name, region_name="eu-west-1")
    assert session.client("sts").get_caller_identity()["Account"]  # AWS's tools can, too


def _change_token(folder: Path, **changes: Any) -> None:
    (path,) = (folder / "sso" / "cache").iterdir()
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _at(ahead: timedelta) -> str:
    return (datetime.now(UTC) + ahead).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_token_that_is_over_is_renewed_without_the_person(
    signin: SignInStandin, folder: Path
) -> None:
    _config(folder, SSO)
    _use("work", signin.visit)
    _change_token(folder, expiresAt=_at(-FAR))
    _use("work")
    assert signin.log()["tokens"] == {"sso": 2}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("work", {"expiresAt": _at(-FAR), "registrationExpiresAt": _at(-FAR)}),
        ("work", {"expiresAt": "2020-01-01T00:00:00UTC", "refreshToken": None}),
        ("work", {"expiresAt": "soon"}),
        ("work", {"expiresAt": 5}),
        ("older", {"expiresAt": _at(-FAR)}),
    ],
)
def test_a_token_that_is_no_good_leads_to_the_browser(
    signin: SignInStandin, folder: Path, name: str, changes: dict[str, Any]
) -> None:
    _config(folder, SSO)
    _use(name, signin.visit)
    _change_token(folder, **changes)
    _use(name, signin.visit)
    assert signin.log()["pages"] == 2


@pytest.mark.expects_log("Refreshing temporary credentials failed")
def test_a_token_that_the_portal_has_forgotten_leads_to_the_browser(
    signin: SignInStandin, folder: Path
) -> None:
    _config(folder, SSO)
    _use("work", signin.visit)
    _change_token(folder, accessToken="revoked")
    _use("work", signin.visit)
    assert signin.log()["pages"] == 2


@pytest.mark.expects_log("Refreshing temporary credentials failed")
def test_a_portal_that_takes_its_own_token_back_ends_with_words(
    signin: SignInStandin, folder: Path
) -> None:
    _config(folder, SSO)
    signin.change(fail={"role": "UnauthorizedException"})
    with pytest.raises(CredentialsError, match="signed out for safety"):
        _use("work", signin.visit)
    assert signin.log()["pages"] == 2


@pytest.mark.expects_log("Refreshing temporary credentials failed")
def test_a_role_that_the_portal_does_not_give_has_words(
    signin: SignInStandin, folder: Path
) -> None:
    _config(folder, SSO)
    signin.change(fail={"role": "ForbiddenException"})
    with pytest.raises(CredentialsError, match="This user may not use this profile"):
        _use("work", signin.visit)


@pytest.mark.parametrize("error", ["invalid_grant", "access_denied", "expired_token"])
def test_a_portal_that_gives_no_token_has_words(
    signin: SignInStandin, folder: Path, error: str
) -> None:
    _config(folder, SSO)
    signin.change(fail={"sso": error})
    with pytest.raises(CredentialsError, match=f"sign in another way.*stand-in says {error}"):
        _use("work", signin.visit)


def test_who_denies_the_portal_is_told(signin: SignInStandin, folder: Path) -> None:
    _config(folder, SSO)
    signin.change(person="denies")
    with pytest.raises(CredentialsError, match="sign-in was not allowed"):
        _use("work", signin.visit)
    assert list((folder / "sso" / "cache").iterdir()) == []


def test_the_wait_for_a_portal_can_be_cancelled(signin: SignInStandin, folder: Path) -> None:
    _config(folder, SSO)
    opened, cancel = threading.Event(), threading.Event()

    def open_url(_url: str) -> bool:
        opened.set()
        return True

    with ThreadPoolExecutor(1) as pool:
        access = pool.submit(use_profile, "work", cancel, open_url)
        assert opened.wait(20)
        started_at = time.monotonic()
        cancel.set()
        with pytest.raises(Cancelled):
            access.result(20)
        assert time.monotonic() - started_at < 1


def test_a_program_that_takes_long_can_be_cancelled(
    signin: SignInStandin, folder: Path, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    source = f"open({str(begun)!r}, 'w'); import sys, threading; threading.Event().wait(5)"
    _program(folder, tmp_path, source)
    cancel = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        access = pool.submit(use_profile, "vault", cancel, _no_browser)
        while not begun.exists():
            assert not access.done()
        cancel.set()
        with pytest.raises(Cancelled):
            access.result(2)


@pytest.mark.usefixtures("admin_role")
def test_a_role_behind_a_portal(signin: SignInStandin, folder: Path) -> None:
    role = f"[profile admin]\nsource_profile = work\n{ROLE}"
    _config(folder, SSO + role + "region = eu-west-1\n")
    _use("admin", signin.visit)
    assert signin.log()["refused"] == []


def _login_file(folder: Path, signin: SignInStandin, ahead: timedelta, **changes: Any) -> Path:
    """What `aws login` leaves."""
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    numbers = private.public_key().public_numbers()
    x, y = (b64(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
    signin.adopt("ASORfirst", {"kty": "EC", "crv": "P-256", "x": x, "y": y})
    session = "arn:aws:iam::000000000000:user/somebody"
    token = {
        "accessToken": {
            "accessKeyId": "ASIALOGIN",
            "secretAccessKey": "x",
            "sessionToken": "y",
            "accountId": "000000000000",
            "expiresAt": _at(ahead),
        },
        "tokenType": "aws_sigv4",
        "clientId": "arn:aws:signin:::devtools/same-device",
        "refreshToken": "ASORfirst",
        "idToken": "a.b.c",
        "dpopKey": pem.decode(),
    }
    path = folder / "login" / "cache" / f"{sha256(session.encode()).hexdigest()}.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(token | changes))
    return path


def test_what_aws_login_left_is_used(signin: SignInStandin, folder: Path) -> None:
    _config(folder, LOGIN)
    _login_file(folder, signin, timedelta(minutes=14))
    assert _use("laptop").session.get_credentials().access_key == "ASIALOGIN"
    assert signin.log()["tokens"] == {}


def test_what_aws_login_left_is_renewed_and_written_back(
    signin: SignInStandin, folder: Path
) -> None:
    _config(folder, LOGIN)
    path = _login_file(folder, signin, -timedelta(hours=1))
    before = json.loads(path.read_text())
    access = _use("laptop")
    after = json.loads(path.read_text())
    assert after["accessToken"]["accessKeyId"] == access.session.get_credentials().access_key
    assert after["accessToken"]["expiresAt"] > before["accessToken"]["expiresAt"]
    assert after["refreshToken"] != before["refreshToken"]
    for kept in ("clientId", "dpopKey", "idToken", "tokenType"):
        assert after[kept] == before[kept]
    _use("laptop")  # with what was written back
    log = signin.log()
    assert (log["refused"], log["tokens"]) == ([], {"refresh_token": 1})


REFUSED = pytest.mark.expects_log("Refreshing temporary credentials failed")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"refreshToken": "ASORold"}, marks=REFUSED),
        {"dpopKey": "x"},  # too strange to be tried
        {"accessToken": {}},
    ],
)
def test_an_aws_login_that_is_over_is_begun_anew(
    signin: SignInStandin, folder: Path, changes: dict[str, Any]
) -> None:
    _config(folder, LOGIN)
    _login_file(folder, signin, -timedelta(hours=13), **changes)
    _use("laptop", signin.visit)
    assert signin.log()["tokens"] == {"authorization_code": 1}


def test_an_aws_login_that_is_gone_is_begun_anew(signin: SignInStandin, folder: Path) -> None:
    _config(folder, LOGIN)
    _use("laptop", signin.visit)
    assert signin.log()["pages"] == 1


MFA = "\nmfa_serial = arn:aws:iam::000000000000:mfa/phone\n"


@pytest.mark.usefixtures("admin_role")
def test_a_code_from_a_device_is_refused(signin: SignInStandin, folder: Path) -> None:
    _config(
        folder,
        f"[profile base]\n{KEY}\n[profile admin]\nsource_profile = base\n{ROLE}{MFA}"
        f"[profile twice]\nsource_profile = admin\n{ROLE}region = eu-west-1\n",
    )
    for name in ("admin", "twice"):
        with pytest.raises(CredentialsError, match="needs a code from your device"):
            _use(name)


BROKEN = {
    "unknown": ("", "x", 'There is no profile "x"'),
    "half a key": (
        "[profile x]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
        "x",
        "cannot be used",
    ),
    "no portal": (
        "[profile x]\nsso_session = y\nsso_account_id = 1\nsso_role_name = z\n",
        "x",
        'no sso-session "y"',
    ),
    "half a portal": (
        "[profile x]\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = z\n",
        "x",
        "sso_start_url is missing",
    ),
    "a portal in a strange region": (
        SSO.replace("sso_region = eu-central-1", "sso_region = eu central"),
        "work",
        "cannot be used",
    ),
    "half an account": (
        "[profile x]\nsso_start_url = https://a.b/c\nsso_region = eu-west-1\nsso_role_name = z\n",
        "x",
        "sso_account_id",
    ),
    "a role of nobody": (f"[profile x]\n{ROLE}", "x", "cannot be used"),
    "a role of no profile": (f"[profile x]\n{ROLE}source_profile = gone\n", "x", "cannot be used"),
    "roles in a ring": (
        f"[profile x]\n{ROLE}source_profile = y\n[profile y]\n{ROLE}source_profile = x\n",
        "x",
        "cannot be used",
    ),
    "a strange source": (f"[profile x]\n{ROLE}credential_source = Moon\n", "x", "cannot be used"),
    "a strange region": (f"[profile x]\n{KEY}\nregion = eu central\n", "x", "cannot be used"),
    "a login in a strange region": (
        f"{LOGIN}\n[profile x]\nlogin_session = a\nregion = a b\n",
        "x",
        "cannot be used",
    ),
    "a role of a login": (
        f"{LOGIN}\n[profile x]\nsource_profile = laptop\n{ROLE}",
        "x",
        "a key, SSO or a role of its own",
    ),
    "only a region": ("[profile x]\nregion = eu-west-1\n", "x", "holds no credentials"),
    "no program": (
        "[profile x]\ncredential_process = /no/such/program\n",
        "x",
        "returned no key.*No such file",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_profile_has_words(signin: SignInStandin, folder: Path, case: str) -> None:
    text, name, words = BROKEN[case]
    _config(folder, text)
    with pytest.raises(CredentialsError, match=words) as raised:
        use_profile(name, threading.Event(), _no_browser)
    assert raised.value.remedy is Remedy.SIGN_IN
    assert "marked" not in str(raised.value)


def test_a_terminal_uses_what_aws_login_left_whoever_names_the_profile(
    signin: SignInStandin, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _config(folder, LOGIN)
    _login_file(folder, signin, timedelta(minutes=14))
    for name in ("laptop", None):
        session = open_session(name, "eu-west-1")
        assert session.get_credentials().access_key == "ASIALOGIN"
        assert session.region_name == "eu-west-1"
        monkeypatch.setenv("AWS_PROFILE", "laptop")
    assert open_session(None, None).region_name == "eu-central-1"


def test_a_terminal_is_told_when_an_aws_login_is_over(signin: SignInStandin, folder: Path) -> None:
    _config(folder, LOGIN)
    with pytest.raises(CredentialsError, match="You were signed out for safety"):
        open_session("laptop", None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BROKEN["a role of a login"][0], 'A profile of "aws login" cannot be used for this'),
        (BROKEN["no program"][0], "returned no key.*No such file"),
        ("[profile x\n", "A settings file of AWS's tools cannot be read"),
    ],
)
def test_a_terminal_blames_the_profile_for_what_is_wrong_with_it(
    folder: Path, text: str, words: str
) -> None:
    _config(folder, text)
    with pytest.raises(CredentialsError, match=words):
        open_session("x", "eu-central-1")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import sys; sys.exit('The vault\\nis locked')", "The program says: The vault is locked"),
        ("print('marked, no JSON')", "returned no key"),
        ("import sys; sys.stdout.buffer.write(b'\\xff')", "returned no key"),
        ("print('[]')", "returned no key"),
        ("print('{\"Version\": 2}')", "Unsupported version"),
        ('print(\'{"Version": 1, "SecretAccessKey": "marked"}\')', "AccessKeyId"),
    ],
)
def test_a_program_that_fails_has_words(
    signin: SignInStandin, folder: Path, tmp_path: Path, source: str, words: str
) -> None:
    _program(folder, tmp_path, source)
    with pytest.raises(CredentialsError, match=words) as raised:
        use_profile("vault", threading.Event(), _no_browser)
    assert "marked" not in str(raised.value)


def test_profiles_are_listed_by_kind(folder: Path) -> None:
    assert list_profiles() == []
    _config(
        folder,
        f"{SSO}{LOGIN}[profile admin]\n{ROLE}source_profile = keys\n[profile empty]\n"
        "region = eu-west-1\n[default]\nregion = us-east-1\n"
        "[profile vault]\ncredential_process = x\n",
    )
    (folder / "credentials").write_text(f"[keys]\n{KEY}\n[default]\n{KEY}\n")
    assert list_profiles()[0] == Profile("default", "key", "us-east-1")
    assert {profile.name: profile.kind for profile in list_profiles()} == {
        "default": "key",
        "work": "sso",
        "older": "sso",
        "laptop": "login",
        "admin": "role",
        "vault": "process",
        "keys": "key",
    }


@pytest.mark.parametrize("file", ["config", "credentials"])
@pytest.mark.parametrize("content", [b"no section = x\n", b"[a]\n\xff\xfe\x00", b"[a\nb=c\n"])
def test_a_broken_file_has_words(folder: Path, file: str, content: bytes) -> None:
    (folder / file).write_bytes(content)
    with pytest.raises(CredentialsError, match=r"cannot be read.*" + file):
        list_profiles()
    with pytest.raises(CredentialsError, match=r"cannot be read.*" + file):
        use_profile("default", threading.Event())


def test_a_profile_in_the_environment_is_not_in_the_way(
    signin: SignInStandin, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _config(folder, f"[profile base]\n{KEY}\nregion = eu-west-1\n")
    monkeypatch.setenv("AWS_PROFILE", "gone")
    assert [profile.name for profile in list_profiles()] == ["base"]
    _use("base")
    assert os.environ["AWS_PROFILE"] == "gone"


def test_nothing_secret_is_logged(
    signin: SignInStandin, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    _config(folder, SSO + LOGIN)
    _login_file(folder, signin, -timedelta(hours=1))
    _use("work", signin.visit)
    _use("laptop")
    secrets = signin.log()["secrets"]
    assert len(secrets) > 10
    for record in caplog.records:
        if record.levelno >= logging.INFO or record.name.startswith(("deploy", "desktop")):
            text = caplog.handler.format(record)
            assert not [secret for secret in secrets if secret in text]
