"""The aws backend: S3 put, DynamoDB poll, botocore errors -> AppError.

The other half of the way (trigger, function, Rekognition, table) is `backend_lambda` and
`deploy/stack/template.yaml`; what is agreed between the two is the table's item, read in
`answers.py`.
"""

from __future__ import annotations

import base64
import hashlib
import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from boto3 import Session
from botocore.config import Config
from botocore.exceptions import ClientError

from ..aws.errors import Signer, aws_errors, busy, code_of
from ..core.backend import AlreadyThereError, Answer, Place
from ..core.credentials import AccessKey, load_key
from ..core.errors import AppError, Cancelled, CredentialsError, Remedy
from ..core.job.retry import backoff_s
from ..core.photo.prepare import MAX_EDGE_PX, Form, Prepared
from ..core.recognisers import KeepSettings
from ..core.settings import Connection, options_in
from ..core.texts import Text
from .answers import to_answer
from .s3_answers import age_of, expiry_of, is_refused

T = TypeVar("T")

if TYPE_CHECKING:
    from types_boto3_s3.type_defs import ObjectIdentifierTypeDef

PREFIX = "images/"
NAMES_PER_CALL = 100
"""BatchGetItem takes no more; so no more may wait, and one call per tick polls them all."""
TICK_MIN_S = 0.5
TICK_MAX_S = 5.0
TICK_GROWTH = 1.25
UNPROCESSED_TRIES = 8
MAX_COPY_BYTES = 15_000_000
"""Rekognition takes no larger object, so a larger one is no copy of ours."""
DELETES_AT_ONCE = 16
OPTIONS_S = 3600.0
"""So long what the account does with each photo is taken as known: to change that is rare, and this
account's brake counts what it costs at once."""
READ_COPY = Text("read a copy")

# Retries are ours (core.job.retry), because ours end at once on cancel; botocore repeats once, for
# a kept-alive connection that the other side had closed.
CONFIG = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "total_max_attempts": 2},
    max_pool_connections=NAMES_PER_CALL + 4,
    tcp_keepalive=True,
)
# A put whose answer was lost may have been done, and each is recognised and paid: it must not be
# repeated where it is not counted. On a slow line the answer comes long after the last byte was
# handed to the system: two photos of 600 kB take 40 s at 256 kbit/s.
ONCE = CONFIG.merge(Config(read_timeout=60, retries={"mode": "standard", "total_max_attempts": 1}))


def connect(
    connection: Connection,
    key: AccessKey | None = None,
    *,
    keep: KeepSettings = lambda **_: None,
) -> AwsBackend:
    """The backend for a connection, with `key`, the kept one or the person's AWS credentials.

    `keep` gets the connection that takes its place once a repair has made a part of it anew, and
    what the account does with each photo: another computer may have changed that, and so the price.
    """
    key = key or load_key(connection)
    session = open_session(connection, key)
    with aws_errors(Text("sign in")):
        return AwsBackend(connection, session, signer="app" if key else "person", keep=keep)


def open_session(connection: Connection, key: AccessKey | None) -> Session:
    """A boto3 Session with this key; without one, with the person's own profile or credentials."""
    with aws_errors(Text("sign in")):
        return Session(
            aws_access_key_id=key.key_id if key else None,
            aws_secret_access_key=key.secret if key else None,
            region_name=connection.region,
            profile_name=None if key else connection.profile or None,
        )


class _Object(TypedDict):
    """An object by its address, and by the account that must own its bucket."""

    Bucket: str
    Key: str
    ExpectedBucketOwner: str


class _OnlyFirst(TypedDict, total=False):
    IfNoneMatch: str


class AwsBackend:
    """Recognises images with Amazon Rekognition, in the person's own account.

    Clients are shared by all threads. `signer` is whose key they use, which decides what helps when
    it is refused.
    """

    max_concurrency = NAMES_PER_CALL
    form: Form = "jpeg"
    max_edge_px = MAX_EDGE_PX

    def __init__(
        self,
        connection: Connection,
        session: Session,
        *,
        signer: Signer = "person",
        keep: KeepSettings = lambda **_: None,
    ) -> None:
        self._connection = connection
        self._keep = keep
        self._signer: Signer = signer
        self._session = session
        self._sts = session.client("sts", config=CONFIG)
        self._s3 = session.client("s3", config=ONCE)
        self._dynamodb = session.client("dynamodb", config=CONFIG)
        self._tick_s = TICK_MIN_S
        self._options_read_at = -math.inf
        self._closed = threading.Event()
        self._moving = threading.Lock()

    @property
    def tick_s(self) -> float:
        """Half a second while answers come; up to five while none does."""
        return self._tick_s

    def check(self) -> None:
        """Is this the right account, is the bucket there, what does a photo cost? Free calls."""
        with aws_errors(Text("look up its own account"), self._signer):
            account = self._sts.get_caller_identity()["Account"]
        if account != self._connection.account:
            raise CredentialsError(
                "This key belongs to another Amazon account",
                "The labelling service is in account {ours}, the key in {theirs}. Sign in to the"
                " first, or set the service up in the second.",
                remedy=Remedy.SIGN_IN,
                ours=self._connection.account,
                theirs=account,
            )
        self._wherever_it_is(self._list_one)
        if time.monotonic() < self._options_read_at + OPTIONS_S:
            return
        self._options_read_at = time.monotonic()
        with suppress(AppError):  # a person's own credentials may not be allowed to read it
            said = self._read_stack().get("Parameters", ())
            self._keep(**options_in({p["ParameterKey"]: p["ParameterValue"] for p in said}))

    def _list_one(self) -> None:
        with aws_errors(Text("list the storage"), self._signer):
            self._s3.list_objects_v2(
                Bucket=self._connection.bucket,
                Prefix=PREFIX,
                MaxKeys=1,
                ExpectedBucketOwner=self._connection.account,
            )

    def submit(
        self, image_name: str, prepared: Prepared, *, cancel: threading.Event, again: bool = False
    ) -> float | None:
        """Put the image; its trigger does the rest. One small put, so cancel is checked before.

        S3 compares the SHA-256 and refuses a body that changed on the way; as it is known before,
        boto3 sends the body whole, with its length, and not in chunks, which some proxies break.
        The expected owner keeps photos out of a bucket that somebody else made under a name of
        ours. A first put is refused where the object is there, so that it may be repeated.
        """
        if cancel.is_set():
            raise Cancelled
        digest = base64.b64encode(hashlib.sha256(prepared.data).digest()).decode()
        only_first: _OnlyFirst = {} if again else {"IfNoneMatch": "*"}
        try:
            with aws_errors(Text("store a photo"), self._signer):
                stored = self._s3.put_object(
                    **self._object(image_name),
                    **only_first,
                    Body=prepared.data,
                    ContentType="image/jpeg",
                    ChecksumSHA256=digest,
                )
        except AppError as error:
            cause = error.__cause__
            if isinstance(cause, ClientError) and code_of(cause) == "PreconditionFailed":
                raise AlreadyThereError(self._age_of(image_name)) from error
            error.may_have_worked = not is_refused(cause)
            raise
        self._tick_s = TICK_MIN_S
        return expiry_of(stored)

    def _age_of(self, image_name: str) -> float:
        """Seconds since the copy was put; 0 where S3 does not say."""
        with suppress(AppError), aws_errors(READ_COPY, self._signer):
            return age_of(self._s3.head_object(**self._object(image_name)))
        return 0.0

    def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        """One BatchGetItem, and more only for what the table could not read at once."""
        answered = False
        for item in self._read_items(image_names):
            answered = True
            yield item["ImageName"]["S"], to_answer(item)
        slower = min(self._tick_s * TICK_GROWTH, TICK_MAX_S)
        self._tick_s = TICK_MIN_S if answered else slower

    def place_of(self, image_name: str) -> Place:
        """The bucket of the connection, under the prefix that its trigger watches."""
        return Place(self._connection.bucket, PREFIX + image_name)

    def fetch_copy(self, image_name: str) -> bytes | None:
        """Read the object, as long as it has not expired and was not deleted."""
        with aws_errors(READ_COPY, self._signer):
            try:
                found = self._s3.get_object(**self._object(image_name))
            except ClientError as error:
                if code_of(error) == "NoSuchKey":
                    return None
                raise
            with found["Body"] as body:
                return bytes(body.read(MAX_COPY_BYTES))

    def delete_copies(self, image_names: Sequence[str], *, cancel: threading.Event) -> None:
        """Delete objects, all in one call; it costs nothing."""
        if cancel.is_set():
            raise Cancelled
        keys: list[ObjectIdentifierTypeDef] = [
            {"Key": self.place_of(name).key} for name in image_names
        ]
        with aws_errors(Text("delete a copy"), self._signer):
            answer = self._s3.delete_objects(
                Bucket=self._connection.bucket,
                Delete={"Objects": keys, "Quiet": True},
                ExpectedBucketOwner=self._connection.account,
            )
        for refused in answer.get("Errors", ()):
            raise AppError(
                "A copy could not be deleted",
                "Amazon deletes it by itself.",
                detail="{code}",
                code=str(refused.get("Code")),
            )

    def forget(self, image_names: Sequence[str], *, cancel: threading.Event) -> None:
        """Delete objects and items; neither call minds that there is none."""

        def forget_one(image_name: str) -> None:
            if cancel.is_set():
                raise Cancelled
            with aws_errors(Text("delete a copy"), self._signer):
                self._s3.delete_object(**self._object(image_name))
            with aws_errors(Text("delete labels"), self._signer):
                self._dynamodb.delete_item(
                    TableName=self._connection.table, Key={"ImageName": {"S": image_name}}
                )

        with ThreadPoolExecutor(DELETES_AT_ONCE, thread_name_prefix="forget") as pool:
            for _ in pool.map(forget_one, image_names):
                pass  # raises what one of them raised

    def keeps_days(self) -> int | None:
        """What the stack says, to which the bucket's rule is bound."""
        for parameter in self._read_stack().get("Parameters", ()):
            if parameter["ParameterKey"] == "RetentionDays":
                return int(parameter["ParameterValue"])
        return None

    def _read_stack(self) -> Mapping[str, Any]:
        with aws_errors(Text("read the set-up"), self._signer):
            cloudformation = self._session.client("cloudformation", config=CONFIG)
            try:
                return cloudformation.describe_stacks(StackName=self._connection.stack)["Stacks"][0]
            finally:
                cloudformation.close()

    def _wherever_it_is(self, call: Callable[[], T]) -> T:
        """Do `call`, and once more where a repair has made the bucket or the table anew.

        The app's key may use what the stack holds now: the old one is forbidden, or not there.
        """
        used = self._connection
        try:
            return call()
        except AppError as error:
            if error.remedy is not Remedy.REPAIR or not self._has_moved(used):
                raise
        return call()

    def _has_moved(self, used: Connection) -> bool:
        """Whether the service has another bucket or table than `used`; it is used from now on."""
        with self._moving:
            if self._connection == used:
                try:
                    said = self._read_stack().get("Outputs", ())
                except AppError:  # why the call failed says more
                    return False
                outputs = {output["OutputKey"]: output["OutputValue"] for output in said}
                found = replace(
                    used,
                    bucket=outputs.get("Bucket", used.bucket),
                    table=outputs.get("Table", used.table),
                )
                if found != used:
                    self._keep(connection=found)
                    self._connection = found
            return self._connection != used

    def close(self) -> None:
        """Close the connections."""
        self._closed.set()
        for client in (self._sts, self._s3, self._dynamodb):
            client.close()

    def _object(self, image_name: str) -> _Object:
        place = self.place_of(image_name)
        owner = self._connection.account
        return {"Bucket": place.bucket, "Key": place.key, "ExpectedBucketOwner": owner}

    def _read_items(self, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        keys: list[Any] = [{"ImageName": {"S": name}} for name in names]

        def read_some() -> tuple[list[dict[str, Any]], list[Any]]:
            table = self._connection.table
            with aws_errors(Text("read the labels"), self._signer):
                found = self._dynamodb.batch_get_item(RequestItems={table: {"Keys": keys}})
            left: Mapping[str, Any] = found.get("UnprocessedKeys", {}).get(table, {})
            return found.get("Responses", {}).get(table, []), left.get("Keys", [])

        for attempt in range(UNPROCESSED_TRIES):
            items, keys = self._wherever_it_is(read_some)
            yield from items
            if not keys:
                return
            if self._closed.wait(backoff_s(attempt)):
                raise Cancelled
        raise busy()
