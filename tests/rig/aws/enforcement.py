"""IAM in the emulator: ministack's own enforcement (AUTH=true), brought closer to AWS's.

- Enforced is what IAM made: keys of its users, for ever (once deleted, a key is unknown), and the
  roles of functions. Any other key, whatever its secret, is the account's owner's, so that a test
  can sign in with what it likes.
- Every request counts as encrypted, which the bucket's policy asks for and no test is.
- A user's path is a part of what a permission is limited to, and so is the policy that is attached.
- The condition key dynamodb:LeadingKeys says which items of the table a request is about.
- GetEventSourceMapping is a permission of its own; ministack asks for the list's.
"""

from __future__ import annotations

import json
from typing import Any

import ministack.app
from ministack.core import iam_actions, iam_evaluator
from ministack.services import iam, sts

from .authorization import leading_keys


def enforce_iam() -> None:
    """Change ministack 1.5.33 in this process."""
    made: set[str] = set()
    make, authenticate = iam._gen_access_key_id, iam_evaluator.authenticate
    extract_resource_arn = iam_actions.extract_resource_arn
    request_tag_context = iam_actions.request_tag_context
    describe = iam_actions.dynamodb_service_context
    lambda_action = iam_actions._lambda_action

    def make_and_remember() -> str:
        key_id: str = make()
        made.add(key_id)
        return key_id

    def authenticate_made(key_id: str, account: str) -> Any:
        return None if is_owners(key_id) else authenticate(key_id, account)

    def is_owners(key_id: str) -> bool:
        return key_id not in made and key_id not in sts._sessions

    def find_resource(service: str, *request: Any) -> str:
        """The ARN of a user holds its path; the request names it only when the user is made."""
        found: str = extract_resource_arn(service, *request)
        parameters, account = request[4], request[6]
        if service == "iam" and "UserName" in parameters:
            name = _first(parameters["UserName"])
            made = iam._users.get(name, {}).get("Path", _first(parameters.get("Path", "/")))
            return f"arn:aws:iam::{account}:user{made}{name}"
        return found

    def find_context(service: str, action: str, body: bytes, parameters: Any) -> dict[str, Any]:
        context: dict[str, Any] = request_tag_context(service, action, body, parameters)
        if action == "iam:AttachUserPolicy":
            context["iam:PolicyARN"] = _first(parameters["PolicyArn"])
        return context

    def describe_with_keys(body: bytes) -> dict[str, Any]:
        keys = leading_keys(json.loads(body))
        return {**describe(body), **({"dynamodb:LeadingKeys": keys} if keys else {})}

    def find_lambda_action(method: str, path: str) -> Any:
        is_one = method == "GET" and "/event-source-mappings/" in path.rstrip("/")
        return "GetEventSourceMapping" if is_one else lambda_action(method, path)

    def pin_origin(address: str, _encrypted: bool) -> None:
        iam_evaluator.pin_request_origin(address, True)

    ministack.app.pin_request_origin = pin_origin
    iam_actions.extract_resource_arn = find_resource
    iam_actions.request_tag_context = find_context
    iam_actions.dynamodb_service_context = describe_with_keys
    iam_actions._lambda_action = find_lambda_action
    iam._gen_access_key_id = make_and_remember
    iam_evaluator.authenticate = authenticate_made
    iam_evaluator.is_root_access_key = is_owners


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value)
