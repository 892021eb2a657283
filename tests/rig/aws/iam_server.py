"""AWS with IAM enforced, as a process: moto's server, deciding as real IAM does.

Start it as `python -m tests.rig.aws.iam_server` with moto's own MOTO_PORT. A number that is posted
to /moto-api/reset-auth ("inf" at first) says how many more calls are allowed to everybody; then the
policies of each key's owner count.

moto 5.2.5 takes every resource outside S3 for "*" and knows one operator of conditions; here it
still checks keys and signatures, and authorization.py decides. Of a stack it cannot make the bucket
policy and the event invoke config and would keep nameless parts for them, as for parts of options;
it forgets the user's policies, and at an update the values that were a parameter's default, and
keeps AWS::NoValue in a list; a role's policies come back as no JSON, and a log group's ARN lacks
its end. Here a template loses the former, and the others are as at AWS.
"""

from __future__ import annotations

import contextvars
import json
from typing import Any

import moto.server
from moto.cloudformation import parsing
from moto.cloudformation.models import CloudFormationBackend, Stack
from moto.cloudformation.parsing import get_model_map
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.responses import BaseResponse
from moto.core.utils import get_service_model
from moto.iam.access_control import IAMPolicy, IAMRequestBase
from moto.iam.models import Role, User, iam_backends
from moto.logs.models import LogGroup
from moto.utilities.utils import get_partition

from .authorization import AwsCall, allows, needs
from .lifeline import end_with_parent

_ASKED: contextvars.ContextVar[BaseResponse] = contextvars.ContextVar("asked")
_prepare = IAMRequestBase.__init__
_authorize = ActionAuthenticatorMixin._authenticate_and_authorize_action
_parse_template = Stack.parse_template
_put_role_policy, _find_group_attribute = Role.put_policy, LogGroup.get_cfn_attribute
_clean_json = parsing.clean_json
_create_user = User.create_from_cloudformation_json.__func__


def authorize(response: Any, request_class: type, resource: str = "*") -> None:
    """Remember what was asked, then let moto check the key and the signature."""
    _ASKED.set(response)
    _authorize(response, request_class, resource)


def prepare(request: Any, *args: Any, **options: Any) -> None:
    """A GET without a query has no body to be signed; moto takes the headers for one."""
    _prepare(request, *args, **options)
    if request._method == "GET":
        request._data = {}


def decide(request: Any, _resource: str) -> None:
    """Refuse the request unless the policies of the key's owner give all that it needs."""
    call = _read(_ASKED.get())
    if call.operation == "GetCallerIdentity":  # nobody can be kept from it
        return
    policies = [IAMPolicy(p)._policy_json for p in request._access_key.collect_policies()]
    paths = {user.name: user.path for user in request.backend.users.values()}
    for need in needs(call, request.account_id, request._region, paths):
        if not allows(policies, need):
            request._action = need.action
            _ASKED.get().response_headers["content-type"] = "text/xml"  # no web page
            request._raise_access_denied()


def _read(response: Any) -> AwsCall:
    """The call in botocore's words, from the request as it came."""
    request, service = response.normalized_request, get_service_model(response.boto3_service_name)
    protocol = determine_request_protocol(service, request.content_type)
    name = (
        BaseResponse._get_action_from_method_and_request_uri(response, request)
        if protocol.startswith("rest-")
        else response._get_action()
    )
    model = service.operation_model(name)
    parameters = PROTOCOL_PARSERS[protocol](model, map_type=dict).parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": response.raw_body,
            "url_path": request.path,
            "url_params": response.uri_match,
        }
    )
    return AwsCall(service.service_name, name, parameters)


def parse_template(text: str) -> dict[str, Any]:
    """A template without the resources that moto cannot make, and those of options."""
    template: dict[str, Any] = _parse_template(text)
    made = {
        name: part
        for name, part in template["Resources"].items()
        if part["Type"] in get_model_map() and part.get("Condition", "HasUser") == "HasUser"
    }
    return template | {"Resources": made}


def resolve_parameters(
    _: Any, instance: Any, incoming_params: list[dict[str, Any]]
) -> dict[str, str]:
    """An update's parameters; the value of before may be the one of the template."""
    known = {**instance.stack_parameters, **instance.parameters}
    return {
        p["ParameterKey"]: p.get("ParameterValue", known.get(p["ParameterKey"]))
        for p in incoming_params
    }


def clean_json(value: Any, parts: Any) -> Any:
    """A part of a template with its functions resolved."""
    cleaned = _clean_json(value, parts)
    return [v for v in cleaned if v is not None] if isinstance(cleaned, list) else cleaned


def put_role_policy(role: Role, name: str, policy: Any) -> None:
    """A policy inside a role, as the JSON that IAM answers."""
    _put_role_policy(role, name, policy if isinstance(policy, str) else json.dumps(policy))


def find_group_attribute(group: LogGroup, attribute: str) -> str:
    """The ARN of a log group ends with its streams."""
    return f"{_find_group_attribute(group, attribute)}:*"


def create_user(kind: type[User], name: str, part: dict[str, Any], *args: Any, **more: Any) -> User:
    """A stack's user, with the policies that stand inside it."""
    user: User = _create_user(kind, name, part, *args, **more)
    for policy in part["Properties"].get("Policies", ()):
        user.put_policy(policy["PolicyName"], json.dumps(policy["PolicyDocument"]))
    return user


def delete_user(_kind: type[User], name: str, _part: object, account: str, region: str) -> None:
    """A stack's user with its policies, which CloudFormation deletes first."""
    backend = iam_backends[account][get_partition(region)]
    backend.get_user(name).policies.clear()
    backend.delete_user(name)


def main() -> None:
    """Serve until the process is terminated."""
    end_with_parent()
    ActionAuthenticatorMixin._authenticate_and_authorize_action = authorize
    IAMRequestBase.__init__ = prepare
    IAMRequestBase.check_action_permitted = decide
    Stack.parse_template = staticmethod(parse_template)
    parsing.clean_json = clean_json
    Role.put_policy = put_role_policy
    LogGroup.get_cfn_attribute = find_group_attribute
    CloudFormationBackend._resolve_update_parameters = resolve_parameters
    User.create_from_cloudformation_json = classmethod(create_user)
    User.delete_from_cloudformation_json = classmethod(delete_user)
    moto.server.main([])


if __name__ == "__main__":
    main()
