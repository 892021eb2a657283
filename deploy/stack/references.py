"""What a template's references to its parts stand for, by the parts' physical ids."""

from __future__ import annotations

from collections.abc import Mapping

from .stack_events import StackState

_ARNS = {
    "Labels": "arn:{partition}:dynamodb:{region}:{account}:table/{name}",
    "Labeller": "arn:{partition}:lambda:{region}:{account}:function:{name}",
    "LabellerLog": "arn:{partition}:logs:{region}:{account}:log-group:{name}:*",
    "LabellerRole": "arn:{partition}:iam::{account}:role/{name}",
    "Failures": "arn:{partition}:sqs:{region}:{account}:{name}",
    "DeadLetters": "arn:{partition}:sqs:{region}:{account}:{name}",
}
"""The parts of template.yaml whose ARN another one asks for."""


def reference_values(stack: StackState, ids: Mapping[str, str]) -> dict[str, str]:
    """What Ref, GetAtt and Sub give, by what stands in their braces: `Labels`, `Labels.Arn`, ….

    `ids` are the physical ids by logical id; a queue's is its address.
    """
    partition = stack.stack_id.split(":")[1]
    values = {
        **stack.parameters,
        **ids,
        "AWS::Partition": partition,
        "AWS::Region": stack.region,
        "AWS::AccountId": stack.account,
        "AWS::StackName": stack.name,
    }
    for part, arn in _ARNS.items():
        if part in ids:
            is_queue = ids[part].startswith("http")
            name = ids[part].rpartition("/")[2] if is_queue else ids[part]
            values[f"{part}.QueueName"] = name
            values[f"{part}.Arn"] = arn.format(
                partition=partition, region=stack.region, account=stack.account, name=name
            )
    return values
