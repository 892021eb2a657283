"""No upload is given up: what fails goes round until it is in the table, and costs once."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from PIL import Image

from deploy.stack.render import render_template
from tests.rig.aws.account import everything
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.side import Side
from tests.rig.processes import until

pytestmark = pytest.mark.aws

AT_ONCE = 6
NO_WAITS_S = 33
"""The function's time with which it has none for waits, so that it fails at once."""


class Service(Side):
    """A service of the test's own, and ways to look into its queues."""

    def put(self, *names: str, body: bytes, at_once: int = 1) -> None:
        many = Config(max_pool_connections=at_once)
        s3 = self.emulator.session().client("s3", endpoint_url=self.emulator.url, config=many)
        bucket = self.connection.bucket
        with ThreadPoolExecutor(at_once) as pool, contextlib.closing(s3):
            list(
                pool.map(
                    lambda n: s3.put_object(Bucket=bucket, Key=f"images/{n}", Body=body), names
                )
            )

    def statuses(self) -> dict[str, str]:
        """Image name -> Status, or its ErrorCode."""
        pages = (
            self.client("dynamodb").get_paginator("scan").paginate(TableName=self.connection.table)
        )
        items = [item for page in pages for item in page["Items"] if "Status" in item]
        return {i["ImageName"]["S"]: i.get("ErrorCode", i["Status"])["S"] for i in items}

    def spent(self) -> int:
        """What the month's counter says."""
        found = self.client("dynamodb").get_item(
            TableName=self.connection.table,
            Key={"ImageName": {"S": f"spent-{datetime.now(UTC):%Y-%m}/"}},
        )
        return int(found.get("Item", {}).get("Analyses", {"N": "0"})["N"])

    def waiting(self, part: str = "Failures") -> int:
        """How many messages are in a queue, seen by nobody or by somebody."""
        names = ["", "NotVisible", "Delayed"]
        attributes = [f"ApproximateNumberOfMessages{name}" for name in names]
        found = self.client("sqs").get_queue_attributes(
            QueueUrl=self.parts()[part], AttributeNames=attributes
        )
        return sum(int(found["Attributes"][name]) for name in attributes)

    def send(self, message: object) -> None:
        self.client("sqs").send_message(
            QueueUrl=self.parts()["Failures"], MessageBody=json.dumps(message)
        )

    def set_limit(self, analyses: int) -> None:
        """Change MonthlyAnalyses alone."""
        cloudformation = self.client("cloudformation")
        stack = cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        kept = [
            {"ParameterKey": p["ParameterKey"], "UsePreviousValue": True}
            for p in stack["Parameters"]
            if p["ParameterKey"] != "MonthlyAnalyses"
        ]
        changed = {"ParameterKey": "MonthlyAnalyses", "ParameterValue": str(analyses)}
        cloudformation.update_stack(
            StackName=self.name,
            UsePreviousTemplate=True,
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[*kept, changed],
        )
        cloudformation.get_waiter("stack_update_complete").wait(
            StackName=self.name, WaiterConfig={"Delay": 1}
        )

    def change_function(self, **changes: Any) -> None:
        self.client("lambda").update_function_configuration(
            FunctionName=self.parts()["Labeller"], **changes
        )


@pytest.fixture
def service(
    emulator: Emulator,
    rekognition: Rekognition,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Service]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    service = Service(emulator, tmp_path)
    service.set_up()
    rekognition.reset()
    yield service
    rekognition.reset()
    service.remove()


@pytest.fixture
def photo(tmp_path: Path) -> bytes:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (90, 90), "grey").save(path)
    return path.read_bytes()


def test_what_lambda_gives_up_goes_round_until_it_is_in_the_table_and_costs_once(
    service: Service, rekognition: Rekognition, photo: bytes
) -> None:
    rekognition.find_nothing()
    rekognition.limit(0)
    before = service.spent()
    service.change_function(Timeout=NO_WAITS_S)
    names = {f"{uuid.uuid4().hex[:16]}-{n}.jpg" for n in range(AT_ONCE)}
    service.put(*names, body=photo)
    until(lambda: service.waiting() == AT_ONCE, "all in the queue", pause_s=0.2)
    assert rekognition.counts()["throttled"] >= 3 * AT_ONCE
    assert service.spent() == before  # what was not looked at is given back

    rekognition.limit(5)
    until(lambda: names <= set(service.statuses()), "all answers", pause_s=0.5)
    assert {service.statuses()[name] for name in names} == {"done"}
    assert rekognition.counts()["answered"] == AT_ONCE
    assert service.spent() - before == AT_ONCE
    until(lambda: service.waiting() == 0, "an empty queue", pause_s=0.2)
    assert service.waiting("DeadLetters") == 0


def test_what_fails_every_time_ends_with_the_dead_letters(service: Service) -> None:
    """And holds up nothing else."""
    url = service.parts()["Failures"]
    sqs, wanted = service.client("sqs"), ["RedrivePolicy", "VisibilityTimeout"]
    settings = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=wanted)["Attributes"]
    assert settings["VisibilityTimeout"] == "360"
    fewer = json.loads(settings["RedrivePolicy"]) | {"maxReceiveCount": 2}
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": json.dumps(fewer)})
    service.send({"neither": "this nor that"})
    service.send({"answer": {"ImageName": "a.jpg", "Sequencer": "01", "Status": "done"}})
    until(lambda: service.waiting("DeadLetters") == 1, "a dead letter", pause_s=0.2)
    assert service.waiting() == 0
    assert service.statuses()["a.jpg"] == "done"


def test_an_event_sent_to_the_queue_labels_what_lies_in_the_bucket(
    service: Service, rekognition: Rekognition, photo: bytes
) -> None:
    rekognition.find_nothing()
    service.put("old photo.jpg", body=photo)
    until(lambda: "old photo.jpg" in service.statuses(), "its answer", pause_s=0.2)
    service.client("dynamodb").delete_item(
        TableName=service.connection.table, Key={"ImageName": {"S": "old photo.jpg"}}
    )
    where = {"bucket": {"name": service.connection.bucket}}
    event = {"Records": [{"s3": {**where, "object": {"key": "images/old+photo.jpg"}}}]}
    for _ in range(2):
        service.send(event)
    until(lambda: service.statuses().get("old photo.jpg") == "done", "its answer", pause_s=0.2)
    until(lambda: service.waiting() == 0, "an empty queue", pause_s=0.2)
    assert rekognition.counts()["keys"] == {"images/old photo.jpg": 2}


@pytest.mark.parametrize("at_once", [1, 50])
def test_two_computers_together_pass_no_limit(
    service: Service, rekognition: Rekognition, photo: bytes, at_once: int
) -> None:
    """The limit of $1 and the price of $0.001, a fiftieth as large."""
    rekognition.find_nothing()
    limit, more = 20, 5
    spent = service.spent()
    service.set_limit(spent + limit)
    names = [f"{uuid.uuid4().hex[:16]}-{n}.jpg" for n in range(limit + more)]
    service.put(*names, body=photo, at_once=at_once)
    until(lambda: set(names) <= set(service.statuses()), "all answers", pause_s=0.5)
    told = Counter(service.statuses()[name] for name in names)
    assert told == {"done": limit, "MonthlyLimitReached": more}
    assert rekognition.counts()["answered"] == limit
    assert service.spent() == spent + limit


def test_the_key_that_a_computer_keeps_cannot_change_the_counter(service: Service) -> None:
    key = service.key
    session = boto3.Session(key.key_id, key.secret, region_name=service.emulator.region)
    table = session.client("dynamodb", endpoint_url=service.emulator.url)
    counter = {"ImageName": {"S": f"spent-{datetime.now(UTC):%Y-%m}/"}}
    where = {"TableName": service.connection.table}
    spent = 17
    analyses = {"Analyses": {"N": str(spent)}}
    service.client("dynamodb").put_item(Item=counter | analyses, **where)
    assert table.get_item(Key=counter, **where)["Item"]["Analyses"] == {"N": str(spent)}
    for change in (
        lambda: table.delete_item(Key=counter, **where),
        lambda: table.put_item(Item=counter, **where),
        lambda: table.update_item(Key=counter, UpdateExpression="REMOVE Analyses", **where),
    ):
        with pytest.raises(ClientError, match="AccessDenied"):
            change()
    table.delete_item(Key={"ImageName": {"S": "a.jpg"}}, **where)
    assert service.spent() == spent


def test_options_are_made_and_leave_with_the_rest(emulator: Emulator, tmp_path: Path) -> None:
    """Labels that expire, mails and alarms, and no user."""
    name, cloudformation = f"tagdrop-{uuid.uuid4().hex[:8]}", emulator.client("cloudformation")
    before = everything(emulator)
    boundary = emulator.client("iam").create_policy(
        PolicyName=f"{name}-boundary",
        PolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
            }
        ),
    )["Policy"]["Arn"]
    wanted = {
        "BucketName": f"tagdrop-{emulator.account}-{name[-8:]}",
        "LabelDays": "30",
        "AlarmEmail": "me@example.org",
        "DeadLetterAlarm": "yes",
        "WithUser": "no",
        "PermissionsBoundary": boundary,
        "MonthlyAnalyses": "123",
    }
    cloudformation.create_stack(
        StackName=name,
        TemplateBody=render_template().body,
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in wanted.items()],
    )
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName=name, WaiterConfig={"Delay": 1}
    )
    found = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
    parts = {part["LogicalResourceId"]: part["PhysicalResourceId"] for part in found}
    assert "AppUser" not in parts
    assert {"CostAlarm", "DeadLettersAlarm", "AlarmMail"} <= set(parts)
    budget = emulator.client("budgets").describe_budget(
        AccountId=emulator.account, BudgetName=parts["CostAlarm"]
    )["Budget"]
    assert budget["BudgetLimit"] == {"Amount": "5", "Unit": "USD"}
    role = emulator.client("iam").get_role(RoleName=parts["LabellerRole"])["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
    expiry = emulator.client("dynamodb").describe_time_to_live(TableName=parts["Labels"])
    assert expiry["TimeToLiveDescription"]["AttributeName"] == "ExpiresAt"
    function = emulator.client("lambda").get_function(FunctionName=parts["Labeller"])
    variables = function["Configuration"]["Environment"]["Variables"]
    assert (variables["MONTHLY_ANALYSES"], variables["LABEL_DAYS"]) == ("123", "30")

    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(
        StackName=name, WaiterConfig={"Delay": 1}
    )
    emulator.client("iam").delete_policy(PolicyArn=boundary)
    assert everything(emulator) == before
    assert not emulator.client("budgets").describe_budgets(AccountId=emulator.account)["Budgets"]
