"""What the aws backend asks of AWS, through boto3 without a network, and what it makes of it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from boto3 import Session
from botocore.awsrequest import AWSResponse
from botocore.exceptions import (
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ProxyConnectionError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session

from desktop.aws import other_site
from desktop.aws.other_site import OtherSite
from desktop.backends import aws as module
from desktop.backends.aws import AwsBackend, connect, open_session
from desktop.core.backend import AlreadyThereError, Place
from desktop.core.credentials import AccessKey
from desktop.core.errors import (
    AppError,
    BackendMissingError,
    Cancelled,
    CredentialsError,
    Remedy,
    ThrottledError,
)
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import Connection
from tests.rig.sent import answered

HERE = Connection("123456789012", "eu-central-1", "tagdrop-1", "bucket-1", "table-1")
PHOTO = Prepared(b"\xff\xd8 a photo")
KEY = AccessKey("AKIAIOSFODNN7EXAMPLE", "secret")
URL = "https://somewhere"
DAY = 'expiry-date="Mon, 21 Dec 2026 00:00:00 GMT", rule-id="copies"'
DAY_AT = 1797811200.0


@dataclass
class Sent:
    """One request."""

    call: str
    url: urllib.parse.SplitResult
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def query(self) -> dict[str, str]:
        return dict(urllib.parse.parse_qsl(self.url.query))


Answer = tuple[bytes, int, Mapping[str, str]] | Exception


class Aws:
    """Answers each call with the next of its script, or as a service does that is well."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.script: dict[str, list[Answer]] = {}
        self.usual: dict[str, bytes] = {
            "GetCallerIdentity": b"<R><GetCallerIdentityResult><Account>123456789012</Account>"
            b"</GetCallerIdentityResult></R>",
            "ListObjectsV2": b"<ListBucketResult/>",
            "GetObject": PHOTO.data,
            "DeleteObjects": b"<DeleteResult/>",
            "BatchGetItem": b"{}",
            "DeleteItem": b"{}",
        }
        self._lock = threading.Lock()

    def send(self, request: Any, event_name: str, **_: object) -> AWSResponse:
        call = event_name.rpartition(".")[2]
        headers = {
            name.lower(): value.decode() if isinstance(value, bytes) else str(value)
            for name, value in request.headers.items()
        }
        body = request.body.read() if hasattr(request.body, "read") else request.body
        data = body.encode() if isinstance(body, str) else body or b""
        with self._lock:
            self.sent.append(Sent(call, urllib.parse.urlsplit(request.url), headers, data))
            answer = self.script[call].pop(0) if self.script.get(call) else None
        if isinstance(answer, Exception):
            raise answer
        return answered(request, *(answer or (self.usual.get(call, b""), 200, {})))

    def calls(self, wanted: str) -> list[Sent]:
        return [each for each in self.sent if each.call == wanted]


def refusal(code: str, status: int) -> Answer:
    return f"<Error><Code>{code}</Code><Message>No</Message></Error>".encode(), status, {}


def items(*names: str, left: tuple[str, ...] = (), table: str = HERE.table) -> Answer:
    """BatchGetItem's answer: these items, and names that it could not read yet."""
    said: dict[str, Any] = {
        "Responses": {
            table: [
                {"ImageName": {"S": name}, "Status": {"S": "done"}, "Labels": {"L": []}}
                for name in names
            ]
        }
    }
    if left:
        said["UnprocessedKeys"] = {table: {"Keys": [{"ImageName": {"S": name}} for name in left]}}
    return json.dumps(said).encode(), 200, {}


@pytest.fixture(scope="module")
def met() -> list[Aws]:
    return []


@pytest.fixture(scope="module")
def session(met: list[Aws]) -> Session:
    """One for all, as reading what boto3 knows of each service takes long; it asks the last Aws."""
    session = open_session(HERE, KEY)
    session.events.register(
        "before-send.*.*", lambda request, event_name, **_: met[-1].send(request, event_name)
    )
    return session


@pytest.fixture
def aws(met: list[Aws]) -> Aws:
    met.append(Aws())
    return met[-1]


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unit tests have no network to ask whether there is one; and nothing is waited for."""
    monkeypatch.setattr(other_site, "ask_other_site", lambda: OtherSite.SILENT)
    monkeypatch.setattr("botocore.retries.standard.time.sleep", lambda seconds: None)
    monkeypatch.setattr("desktop.backends.aws.backoff_s", lambda attempt: 0.0)


@pytest.fixture
def backend(aws: Aws, session: Session) -> AwsBackend:
    return AwsBackend(HERE, session, signer="app")


def poll(backend: AwsBackend, *names: str) -> list[str]:
    return [name for name, _ in backend.poll(names)]


def submit(backend: AwsBackend, name: str = "a.jpg") -> float | None:
    return backend.submit(name, PHOTO, cancel=threading.Event())


OBJECT_CALLS: dict[str, Callable[[AwsBackend], object]] = {
    "PutObject": submit,
    "GetObject": lambda backend: backend.fetch_copy("a.jpg"),
    "DeleteObject": lambda backend: backend.forget(["a.jpg"], cancel=threading.Event()),
}


@pytest.mark.parametrize("call", OBJECT_CALLS)
def test_an_object_is_asked_for_in_the_accounts_own_bucket_only(
    aws: Aws, backend: AwsBackend, call: str
) -> None:
    OBJECT_CALLS[call](backend)
    (sent,) = aws.calls(call)
    assert "bucket-1" in sent.url.netloc
    assert sent.url.path == "/images/a.jpg"
    assert sent.headers["x-amz-expected-bucket-owner"] == "123456789012"
    assert "/eu-central-1/s3/" in sent.headers["authorization"]
    assert KEY.key_id in sent.headers["authorization"]


def test_a_photo_is_put_once_with_its_digest(aws: Aws, backend: AwsBackend) -> None:
    assert submit(backend) is None
    (sent,) = aws.sent
    assert sent.headers["content-type"] == "image/jpeg"
    assert sent.headers["if-none-match"] == "*"
    digest = hashlib.sha256(PHOTO.data)
    assert sent.headers["x-amz-checksum-sha256"] == base64.b64encode(digest.digest()).decode()


def test_a_put_is_sent_whole_with_its_length_and_signed(aws: Aws, backend: AwsBackend) -> None:
    """Chunks with a trailer, boto3's usual way, are broken by some proxies."""
    submit(backend)
    (sent,) = aws.sent
    assert sent.url.scheme == "https"
    assert sent.body == PHOTO.data
    assert sent.headers["content-length"] == str(len(PHOTO.data))
    assert sent.headers["x-amz-content-sha256"] == hashlib.sha256(PHOTO.data).hexdigest()
    assert sent.headers.keys().isdisjoint(
        {"content-encoding", "transfer-encoding", "x-amz-trailer", "x-amz-decoded-content-length"}
    )


def test_what_is_there_already_is_not_put_twice_unless_that_is_wished(
    aws: Aws, backend: AwsBackend
) -> None:
    aws.script["PutObject"] = [refusal("PreconditionFailed", 412)]
    put_at, now = "Mon, 30 Nov 2026 13:00:00 GMT", "Mon, 30 Nov 2026 13:07:30 GMT"
    aws.script["HeadObject"] = [(b"", 200, {"last-modified": put_at, "date": now})]
    with pytest.raises(AlreadyThereError) as caught:
        submit(backend)
    assert caught.value.age_s == 450.0
    backend.submit("a.jpg", PHOTO, cancel=threading.Event(), again=True)
    assert "if-none-match" not in aws.sent[-1].headers


@pytest.mark.parametrize("answer", [refusal("404", 404), (b"", 200, {})])
def test_a_copy_of_unknown_age_counts_as_new(aws: Aws, backend: AwsBackend, answer: Answer) -> None:
    aws.script["PutObject"] = [refusal("PreconditionFailed", 412)]
    aws.script["HeadObject"] = [answer]
    with pytest.raises(AlreadyThereError) as caught:
        submit(backend)
    assert caught.value.age_s == 0.0


def test_two_puts_at_once_are_tried_again(aws: Aws, backend: AwsBackend) -> None:
    aws.script["PutObject"] = [refusal("ConditionalRequestConflict", 409)]
    with pytest.raises(ThrottledError) as caught:
        submit(backend)
    assert (caught.value.retryable, caught.value.may_have_worked) == (True, False)


@pytest.mark.parametrize(
    ("said", "expires_at"),
    [
        (DAY, DAY_AT),
        (None, None),
        ("soon", None),
        ('expiry-date="soon"', None),
    ],
)
def test_when_a_copy_goes_is_what_s3_says(
    aws: Aws, backend: AwsBackend, said: str | None, expires_at: float | None
) -> None:
    aws.script["PutObject"] = [(b"", 200, {"x-amz-expiration": said} if said else {})]
    assert submit(backend) == expires_at


def test_a_cancelled_put_is_not_begun(aws: Aws, backend: AwsBackend) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        backend.submit("a.jpg", PHOTO, cancel=cancel)
    with pytest.raises(Cancelled):
        backend.forget(["a.jpg"], cancel=cancel)
    with pytest.raises(Cancelled):
        backend.delete_copies(["a.jpg"], cancel=cancel)
    assert aws.sent == []


@pytest.mark.parametrize(
    ("answer", "may_have_worked"),
    [
        (refusal("AccessDenied", 403), False),
        (refusal("Odd", 400), False),
        (refusal("Odd", 499), False),
        (refusal("SlowDown", 503), False),
        (refusal("InternalError", 500), True),
        (refusal("Odd", 502), True),
        (refusal("Odd", 504), True),
        (ReadTimeoutError(endpoint_url=URL), True),
        (ConnectTimeoutError(endpoint_url=URL), False),
        (EndpointConnectionError(endpoint_url=URL), False),
        (ProxyConnectionError(proxy_url=URL), False),
        (NoCredentialsError(), False),
    ],
    ids=str,
)
def test_a_put_is_never_repeated_and_what_may_have_worked_is_said(
    aws: Aws, backend: AwsBackend, answer: Answer, may_have_worked: bool
) -> None:
    """Each is recognised and paid for: only who has counted it may try again."""
    aws.script["PutObject"] = [answer]
    with pytest.raises(AppError) as caught:
        submit(backend)
    assert caught.value.may_have_worked is may_have_worked
    assert len(aws.sent) == 1


def test_the_check_asks_who_it_is_and_for_the_bucket(aws: Aws, backend: AwsBackend) -> None:
    backend.check()
    calls = ["GetCallerIdentity", "ListObjectsV2", "DescribeStacks"]
    assert [each.call for each in aws.sent] == calls
    sent = aws.sent[1]
    assert "bucket-1" in sent.url.netloc
    assert (sent.query["prefix"], sent.query["max-keys"]) == ("images/", "1")
    assert sent.headers["x-amz-expected-bucket-owner"] == "123456789012"


def test_the_check_keeps_what_the_account_does_with_each_photo(
    aws: Aws, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(module, "open_session", lambda connection, key: session)
    backend = connect(HERE, KEY, keep=lambda **values: kept.append(values))
    aws.usual["DescribeStacks"] = stack_with(AlsoText="yes", AlsoExplicit="no")
    backend.check()
    backend.check()  # the next job's: that is known
    assert len(aws.calls("DescribeStacks")) == 1
    monkeypatch.setattr("desktop.backends.aws.OPTIONS_S", 0.0)
    aws.usual["DescribeStacks"] = stack_with(RetentionDays=1)  # of a version that cannot do more
    backend.check()
    aws.script["DescribeStacks"] = [refusal("AccessDenied", 403)]
    backend.check()  # whoever labels with other rights goes on by what is known
    assert kept == [
        {"also_text": True, "also_explicit": False},
        {"also_text": False, "also_explicit": False},
    ]


def stack_with(kind: str = "Parameter", **values: object) -> bytes:
    """What DescribeStacks says of a stack with these parameters, or outputs."""
    said = "".join(
        f"<member><{kind}Key>{name}</{kind}Key><{kind}Value>{value}</{kind}Value></member>"
        for name, value in values.items()
    )
    stack = f"<StackName>tagdrop-1</StackName><{kind}s>{said}</{kind}s>"
    return (
        f"<R><DescribeStacksResult><Stacks><member>{stack}</member></Stacks>"
        "</DescribeStacksResult></R>"
    ).encode()


def test_another_accounts_key_is_refused(aws: Aws, backend: AwsBackend) -> None:
    aws.usual["GetCallerIdentity"] = aws.usual["GetCallerIdentity"].replace(b"1234", b"4321")
    with pytest.raises(CredentialsError, match="another Amazon account") as caught:
        backend.check()
    assert caught.value.remedy is Remedy.SIGN_IN
    assert "account 123456789012, the key in 432156789012" in caught.value.message
    assert [each.call for each in aws.sent] == ["GetCallerIdentity"]


def test_a_lost_bucket_is_said(aws: Aws, backend: AwsBackend) -> None:
    aws.script["ListObjectsV2"] = [refusal("NoSuchBucket", 404)]
    with pytest.raises(BackendMissingError):
        backend.check()


NO_TABLE: Answer = (b'{"__type": "ResourceNotFoundException", "message": "No"}', 400, {})


@pytest.mark.parametrize(
    ("outputs", "found"),
    [
        (
            {"Bucket": "bucket-2", "Table": "table-2"},
            replace(HERE, bucket="bucket-2", table="table-2"),
        ),
        ({"Table": "table-2", "Key": "k"}, replace(HERE, table="table-2")),
    ],
)
def test_what_a_repair_has_made_anew_is_used_from_then_on(
    aws: Aws, session: Session, outputs: dict[str, str], found: Connection
) -> None:
    kept: list[dict[str, Any]] = []
    backend = AwsBackend(HERE, session, signer="app", keep=lambda **values: kept.append(values))
    aws.usual["DescribeStacks"] = stack_with("Output", **outputs)
    aws.script["BatchGetItem"] = [NO_TABLE, items("a", table="table-2")]
    assert poll(backend, "a") == ["a"]
    assert [each.call for each in aws.sent] == ["BatchGetItem", "DescribeStacks", "BatchGetItem"]
    assert kept == [{"connection": found}]
    assert backend.place_of("a.jpg").bucket == found.bucket


@pytest.mark.parametrize(
    "answer",
    [
        (stack_with("Output", Bucket="bucket-1", Table="table-1"), 200, {}),
        (stack_with(), 200, {}),
        refusal("AccessDenied", 403),
    ],
    ids=["the same", "no outputs", "not to be read"],
)
def test_what_is_lost_and_not_made_anew_is_said(
    aws: Aws, backend: AwsBackend, answer: Answer
) -> None:
    aws.script["BatchGetItem"] = [NO_TABLE] * 2
    aws.script["DescribeStacks"] = [answer]
    with pytest.raises(BackendMissingError):
        poll(backend, "a")
    assert [each.call for each in aws.sent] == ["BatchGetItem", "DescribeStacks"]


def test_after_other_trouble_nobody_looks_for_what_was_made_anew(
    aws: Aws, backend: AwsBackend
) -> None:
    aws.script["ListObjectsV2"] = [refusal("InvalidAccessKeyId", 403)] * 2
    with pytest.raises(AppError):
        backend.check()
    assert [each.call for each in aws.sent] == ["GetCallerIdentity", "ListObjectsV2"]


def test_what_waits_is_asked_for_in_one_call(aws: Aws, backend: AwsBackend) -> None:
    aws.script["BatchGetItem"] = [items("b", "a")]
    assert poll(backend, "a", "b", "c") == ["b", "a"]
    (sent,) = aws.sent
    keys = [{"ImageName": {"S": name}} for name in "abc"]
    assert sent.json == {"RequestItems": {"table-1": {"Keys": keys}}}
    aws.script["BatchGetItem"] = [items("a", table="another")]
    assert poll(backend, "a") == []


def test_what_the_table_could_not_read_is_asked_for_again(aws: Aws, backend: AwsBackend) -> None:
    aws.script["BatchGetItem"] = [
        items("a", left=("b", "c")),
        items(left=("b", "c")),
        items("b", "c"),
    ]
    assert poll(backend, "a", "b", "c") == ["a", "b", "c"]
    left = [{"ImageName": {"S": name}} for name in "bc"]
    assert [sent.json for sent in aws.sent[1:]] == [
        {"RequestItems": {"table-1": {"Keys": left}}}
    ] * 2


def test_a_table_that_never_reads_all_is_busy(aws: Aws, backend: AwsBackend) -> None:
    aws.script["BatchGetItem"] = [items(left=("a",))] * 100
    with pytest.raises(ThrottledError):
        poll(backend, "a")
    assert len(aws.sent) == 8


def test_closing_ends_the_wait_for_the_table(aws: Aws, backend: AwsBackend) -> None:
    aws.script["BatchGetItem"] = [items("a", left=("b",))] * 100
    answers = backend.poll(["a", "b"])
    next(answers)
    backend.close()
    with pytest.raises(Cancelled):
        next(answers)
    assert len(aws.sent) == 1


def test_a_read_is_repeated_once(aws: Aws, backend: AwsBackend) -> None:
    for count in (1, 2):
        aws.sent.clear()
        aws.script["BatchGetItem"] = [EndpointConnectionError(endpoint_url=URL)] * count
        if count == 1:
            assert poll(backend, "a") == []
        else:
            with pytest.raises(AppError):
                poll(backend, "a")
        assert len(aws.sent) == 2


def test_so_is_a_look_at_the_stack(aws: Aws, backend: AwsBackend) -> None:
    aws.script["DescribeStacks"] = [EndpointConnectionError(endpoint_url=URL)] * 9
    with pytest.raises(AppError):
        backend.keeps_days()
    assert len(aws.sent) == 2


def test_all_connections_are_closed_in_the_end(
    aws: Aws, backend: AwsBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[object] = []

    def close(of_client: URLLib3Session) -> None:
        closed.append(of_client)

    monkeypatch.setattr(URLLib3Session, "close", close)
    aws.script["DescribeStacks"] = [refusal("AccessDenied", 403)]
    with pytest.raises(AppError):
        backend.keeps_days()
    assert len(closed) == 1  # its own, also after an error
    backend.close()
    assert len(set(closed)) == 4


def test_it_asks_less_and_less_often_until_something_comes(aws: Aws, backend: AwsBackend) -> None:
    ticks = [backend.tick_s]
    for _ in range(20):
        poll(backend, "a")
        ticks.append(backend.tick_s)
    assert ticks[:3] == [0.5, 0.625, 0.78125]
    assert ticks == sorted(ticks)
    assert ticks[-1] == 5.0
    aws.script["BatchGetItem"] = [items("a")]
    poll(backend, "a")
    assert backend.tick_s == 0.5
    poll(backend, "a")
    assert backend.tick_s == 0.625
    submit(backend)
    assert backend.tick_s == 0.5


def test_a_copy_is_read_as_long_as_it_is_there(
    aws: Aws, backend: AwsBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backend.fetch_copy("a.jpg") == PHOTO.data
    aws.script["GetObject"] = [refusal("NoSuchKey", 404)]
    assert backend.fetch_copy("a.jpg") is None
    aws.script["GetObject"] = [refusal("AccessDenied", 403)]
    with pytest.raises(AppError):
        backend.fetch_copy("a.jpg")
    monkeypatch.setattr(module, "MAX_COPY_BYTES", 5)  # it may be somebody else's, and huge
    assert backend.fetch_copy("a.jpg") == PHOTO.data[:5]


def test_a_copy_is_deleted_and_so_is_its_answer(aws: Aws, backend: AwsBackend) -> None:
    backend.forget(["a.jpg", "b.jpg"], cancel=threading.Event())
    assert sorted(each.url.path for each in aws.calls("DeleteObject")) == [
        "/images/a.jpg",
        "/images/b.jpg",
    ]
    deleted = sorted((each.json for each in aws.calls("DeleteItem")), key=str)
    assert deleted == [
        {"TableName": "table-1", "Key": {"ImageName": {"S": name}}} for name in ("a.jpg", "b.jpg")
    ]


def test_copies_are_deleted_in_one_call(aws: Aws, backend: AwsBackend) -> None:
    backend.delete_copies(["a.jpg", "b.jpg"], cancel=threading.Event())
    (sent,) = aws.sent
    assert "bucket-1" in sent.url.netloc
    assert sent.headers["x-amz-expected-bucket-owner"] == "123456789012"
    assert re.findall(rb"<(Key|Quiet)>(.*?)<", sent.body) == [
        (b"Key", b"images/a.jpg"),
        (b"Key", b"images/b.jpg"),
        (b"Quiet", b"true"),  # only what went wrong is answered
    ]
    error = b"<Error><Key>images/b.jpg</Key><Code>AccessDenied</Code></Error>"
    aws.script["DeleteObjects"] = [(b"<DeleteResult>%b</DeleteResult>" % error, 200, {})]
    with pytest.raises(AppError, match="A copy could not be deleted"):
        backend.delete_copies(["a.jpg", "b.jpg"], cancel=threading.Event())


@pytest.mark.parametrize("call", ["DeleteObject", "DeleteItem"])
def test_what_cannot_be_deleted_is_said(aws: Aws, backend: AwsBackend, call: str) -> None:
    aws.script[call] = [refusal("AccessDenied", 403)]
    with pytest.raises(AppError):
        backend.forget(["a.jpg"], cancel=threading.Event())


@pytest.mark.parametrize("days", [3, None])
def test_how_long_copies_are_kept_is_what_the_stack_says(
    aws: Aws, backend: AwsBackend, days: int | None
) -> None:
    aws.usual["DescribeStacks"] = stack_with(Other=9, **{"RetentionDays": days} if days else {})
    assert backend.keeps_days() == days
    (sent,) = aws.sent
    assert b"StackName=tagdrop-1" in sent.body


def test_an_image_lies_in_the_connections_bucket(backend: AwsBackend) -> None:
    assert backend.place_of("a.jpg") == Place("bucket-1", "images/a.jpg")
    assert (backend.form, backend.max_concurrency) == ("jpeg", 100)


def test_all_that_waits_has_a_connection_and_none_waits_for_a_minute(backend: AwsBackend) -> None:
    for client in (backend._sts, backend._s3, backend._dynamodb):
        config = client.meta.config
        assert config.max_pool_connections >= backend.max_concurrency
        assert config.connect_timeout <= 10
        assert config.tcp_keepalive is True
    assert backend._dynamodb.meta.config.read_timeout <= 30
    # Two photos of 600 kB take 40 s at 256 kbit/s, and the answer comes after the last byte.
    assert backend._s3.meta.config.read_timeout >= 60


def test_a_session_signs_with_both_halves_of_the_key(session: Session) -> None:
    credentials = session.get_credentials()
    assert credentials is not None
    assert (credentials.access_key, credentials.secret_key) == (KEY.key_id, KEY.secret)
    assert session.region_name == "eu-central-1"


def test_without_a_key_a_session_signs_with_the_connections_profile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    config.write_text("[profile work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = s\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    credentials = open_session(replace(HERE, profile="work"), None).get_credentials()
    assert credentials is not None
    assert credentials.access_key == "AKIAWORK"
    credentials = open_session(replace(HERE, profile="not here"), KEY).get_credentials()
    assert credentials is not None
    assert credentials.access_key == KEY.key_id


@pytest.mark.parametrize(
    ("key", "remedy"), [(KEY, Remedy.SIGN_IN), (None, Remedy.PASTE_AGAIN)], ids=["app", "person"]
)
def test_whose_key_is_refused_decides_what_helps(
    monkeypatch: pytest.MonkeyPatch, aws: Aws, key: AccessKey | None, remedy: Remedy
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAPERSON")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr(module, "load_key", lambda connection: None)
    backend = connect(HERE, key)
    backend._sts.meta.events.register("before-send.*.*", aws.send)
    error = b"<R><Error><Code>SignatureDoesNotMatch</Code><Message>No</Message></Error></R>"
    aws.script["GetCallerIdentity"] = [(error, 403, {})]
    with pytest.raises(CredentialsError) as caught:
        backend.check()
    assert caught.value.remedy is remedy
    used = KEY.key_id if key else "AKIAPERSON"
    assert f"Credential={used}/" in aws.sent[0].headers["authorization"]


def test_the_kept_key_is_taken_where_none_is_given(
    monkeypatch: pytest.MonkeyPatch, aws: Aws
) -> None:
    monkeypatch.setattr(module, "load_key", {HERE: KEY}.get)
    backend = connect(HERE)
    backend._sts.meta.events.register("before-send.*.*", aws.send)
    aws.usual["ListObjectsV2"] = b"<ListBucketResult/>"
    backend._s3.meta.events.register("before-send.*.*", aws.send)
    backend.check()
    assert all(KEY.key_id in each.headers["authorization"] for each in aws.sent)
    monkeypatch.setattr(module, "load_key", {}.get)
    other = AccessKey("AKIAOTHER", "secret")
    backend = connect(HERE, other)
    backend._sts.meta.events.register("before-send.*.*", aws.send)
    backend._s3.meta.events.register("before-send.*.*", aws.send)
    backend.check()
    assert "AKIAOTHER" in aws.sent[-1].headers["authorization"]


def test_a_profile_of_aws_login_is_refused_in_words(home: Path) -> None:
    """Only AWS's own program can renew it; also where a role is assumed with it."""
    (home / ".aws").mkdir(exist_ok=True)
    (home / ".aws" / "config").write_text(
        "[profile laptop]\nlogin_session = arn:aws:iam::123456789012:user/somebody\n"
    )
    with pytest.raises(CredentialsError, match='A profile of "aws login"') as caught:
        connect(replace(HERE, profile="laptop"))
    assert caught.value.remedy is Remedy.SIGN_IN
