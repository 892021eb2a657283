"""Put many objects past the program, and count what becomes of them in the emulator.

    python -m tools.bench_queue --objects 1000 --rate 5 --concurrency 100
    python -m tools.bench_queue --objects 1000 --rate 5 --no-waits
    python -m tools.bench_queue --objects 1100 --rate 50 --limit 1000 --at-once 50

The function runs for real behind the emulator of the tests, where a minute of Lambda's and of the
queue's takes a second; its own waits take as long as at AWS. Ten run at a time, as in a new
account, or `--concurrency`. With `--no-waits` it has no time for any, so that nearly every object
goes round by Lambda's retries and the queue.
With `--limit` the account's monthly limit is that many analyses. It fails unless every object ends
in the table, as many are recognised as the limit allows, each once, and no letter is dead. On a
machine that is busy with something else an answer of Rekognition's may come after the ten seconds
that the function waits for it: such a call is made again, and told.
`tools.simulate_queue` does the same for more objects and larger accounts, by the rules alone. With
the emulator's times it must come to as many throttled calls, within 15 % (`tools.emulated_queue`):
else the rules are not what they are taken for, and this fails, too.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from botocore.config import Config
from PIL import Image

from deploy.stack.render import render_template
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.fixtures import CONCURRENCY, emulating

from .emulated_queue import SHORT_S, Measured

SETTLE_S = 10.0
"""Twenty times as long without any change, and nothing more is waited for."""


class Service:
    """A stack in the emulator."""

    def __init__(self, emulator: Emulator, limit: int, timeout_s: int | None) -> None:
        self._emulator = emulator
        name = f"tagdrop-{uuid.uuid4().hex[:8]}"
        cloudformation = emulator.client("cloudformation")
        cloudformation.create_stack(
            StackName=name,
            TemplateBody=render_template().body,
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[
                {"ParameterKey": "BucketName", "ParameterValue": name},
                {"ParameterKey": "MonthlyAnalyses", "ParameterValue": str(limit)},
            ],
        )
        cloudformation.get_waiter("stack_create_complete").wait(
            StackName=name, WaiterConfig={"Delay": 1}
        )
        found = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
        self._parts = {part["LogicalResourceId"]: part["PhysicalResourceId"] for part in found}
        if timeout_s is not None:
            emulator.client("lambda").update_function_configuration(
                FunctionName=self._parts["Labeller"], Timeout=timeout_s
            )

    def put(self, names: list[str], at_once: int) -> None:
        """Small photos by these names."""
        photo = io.BytesIO()
        Image.new("RGB", (90, 90), "grey").save(photo, "JPEG")
        s3 = self._emulator.session().client(
            "s3",
            endpoint_url=self._emulator.url,
            config=Config(
                max_pool_connections=at_once,
                retries={"total_max_attempts": 1},  # a second upload would be a second photo
                read_timeout=300,
            ),
        )

        def put_one(name: str) -> None:
            s3.put_object(Bucket=self._parts["Copies"], Key=f"images/{name}", Body=photo.getvalue())

        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(put_one, names))

    def answers(self) -> Counter[str]:
        """How many images have which Status, or which ErrorCode."""
        pages = self._emulator.client("dynamodb").get_paginator("scan")
        return Counter(
            item.get("ErrorCode", item["Status"])["S"]
            for page in pages.paginate(TableName=self._parts["Labels"])
            for item in page["Items"]
            if "Status" in item
        )

    def log(self) -> str:
        """What the function said, a line for each thing."""
        pages = self._emulator.client("logs").get_paginator("filter_log_events")
        return "\n".join(
            event["message"]
            for page in pages.paginate(logGroupName=self._parts["LabellerLog"])
            for event in page["events"]
        )

    def messages(self, part: str) -> int:
        """How many are in a queue, seen or not."""
        counted = [f"ApproximateNumberOfMessages{name}" for name in ("", "NotVisible", "Delayed")]
        found: dict[str, Any] = self._emulator.client("sqs").get_queue_attributes(
            QueueUrl=self._parts[part], AttributeNames=counted
        )["Attributes"]
        return sum(int(found[name]) for name in counted)


def measure(service: Service, rekognition: Rekognition, asked: argparse.Namespace) -> bool:
    """Put, wait, print; whether all is as it should be."""
    objects: int = asked.objects
    names = [f"{uuid.uuid4().hex[:16]}-{n}.jpg" for n in range(objects)]
    began, most = time.monotonic(), 0
    service.put(names, asked.at_once)
    put_s = time.monotonic() - began
    print(f"put after {put_s:.0f} s", flush=True)
    changed, before = time.monotonic(), (-1, -1)
    while True:
        done, waiting = service.answers().total(), service.messages("Failures")
        most = max(most, waiting)
        if (done, waiting) != before:
            changed, before = time.monotonic(), (done, waiting)
        if done == objects and waiting == 0:
            break
        if time.monotonic() - changed > 20 * SETTLE_S:
            print("nothing happens any more")
            break
        time.sleep(1)
    counts = rekognition.counts()
    dead = service.messages("DeadLetters")
    print(
        f"{done} of {objects} in the table after {changed - began:.0f} s;"
        f" {counts['answered']} recognised, {counts['throttled']} calls throttled,"
        f" {sum(n > 0 for n in counts['keys'].values())} objects asked for;"
        f" at most {most} in the queue at once, {dead} dead letters"
    )
    too_late = service.log().count('"ReadTimeoutError"')
    print(dict(service.answers()), f"{too_late} images asked for again after an answer too late")
    allowed = min(objects, asked.limit)
    wanted = +Counter({"done": allowed, "MonthlyLimitReached": objects - allowed})
    paid_twice = counts["answered"] - allowed
    is_whole = service.answers() == wanted and 0 <= paid_twice <= too_late and dead == 0
    return _is_foreseen(counts["throttled"], asked, put_s) and is_whole


def _is_foreseen(throttled: int, asked: argparse.Namespace, put_s: float) -> bool:
    """Whether the simulation comes to as many throttled calls; it knows no monthly limit."""
    if asked.limit < asked.objects:
        return True
    measured = Measured(
        asked.objects, asked.rate, asked.concurrency, put_s, throttled, not asked.no_waits
    )
    foreseen = measured.foreseen()
    print(f"{foreseen} by the rules, {throttled / max(foreseen, 1):.2f} times as many measured")
    return measured.is_foreseen()


def main() -> None:
    """Run it and exit with 1 if an object was given up or paid for twice."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser("python -m tools.bench_queue", description=about)
    parser.add_argument("--objects", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=5.0, help="answers a second")
    parser.add_argument("--limit", type=int, default=1_000_000, help="MonthlyAnalyses")
    parser.add_argument("--at-once", type=int, default=16, help="uploads at a time")
    parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="of functions")
    parser.add_argument("--no-waits", action="store_true", help="let the function fail at once")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        emulating(Path(folder), concurrency=asked.concurrency) as (emulator, rekognition),
    ):
        timeout_s = SHORT_S if asked.no_waits else None
        service = Service(emulator, asked.limit, timeout_s)
        rekognition.find_nothing()
        rekognition.limit(asked.rate)
        sys.exit(not measure(service, rekognition, asked))


if __name__ == "__main__":
    main()
