"""Amazon's locations: which there are, and the nearest that every account may use."""

from __future__ import annotations

import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.sign_in.access import identify
from deploy.stack import regions as module
from deploy.stack.regions import Region, check_region, nearest, regions
from desktop.core.errors import AppError, CredentialsError


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the time zone by its name."""
    return lambda name: monkeypatch.setenv("TZ", name)


def test_the_list_is_amazons_and_says_what_has_to_be_switched_on() -> None:
    by_code = {region.code: region for region in regions()}
    assert len(by_code) >= 18
    assert by_code["eu-central-1"] == Region("eu-central-1")
    assert by_code["il-central-1"] == Region("il-central-1", opt_in=True)
    assert "eu-north-1" not in by_code  # no Rekognition there
    assert set(module._PLACES) <= set(by_code)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Europe/Berlin", "eu-central-1"),
        ("Europe/Vienna", "eu-central-1"),
        ("Europe/London", "eu-west-2"),
        ("Europe/Dublin", "eu-west-1"),
        ("Europe/Madrid", "eu-west-2"),
        ("America/New_York", "us-east-1"),
        ("America/Chicago", "us-east-2"),
        ("America/Los_Angeles", "us-west-1"),
        ("America/Vancouver", "us-west-2"),
        ("America/Toronto", "ca-central-1"),
        ("America/Sao_Paulo", "sa-east-1"),
        ("Asia/Kolkata", "ap-south-1"),
        ("Asia/Singapore", "ap-southeast-1"),
        ("Asia/Bangkok", "ap-southeast-1"),
        ("Asia/Tokyo", "ap-northeast-1"),
        ("Asia/Seoul", "ap-northeast-2"),
        ("Australia/Sydney", "ap-southeast-2"),
        ("Pacific/Auckland", "ap-southeast-2"),
        ("Africa/Johannesburg", "ap-south-1"),
    ],
)
def test_the_nearest_is_found_by_the_city_of_the_time_zone(
    name: str, expected: str, zone: Any
) -> None:
    if module._place_of(name) is None:  # the system has no list of zones: by the offset then
        return
    zone(name)
    assert nearest() == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (1, "eu-central-1"),
        (0, "eu-west-2"),
        (-5, "us-east-1"),
        (-8, "us-west-2"),
        (-10, "us-west-2"),
        (-3, "sa-east-1"),
        (5.5, "ap-south-1"),
        (8, "ap-southeast-1"),
        (9, "ap-northeast-1"),
        (12, "ap-southeast-2"),
    ],
)
def test_where_the_zone_has_no_known_city_its_offset_decides(
    hours: float, expected: str, zone: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone("Nowhere/Atlantis")
    monkeypatch.setattr(time, "timezone", -hours * 3600)
    assert nearest() == expected


def test_without_any_list_of_zones_there_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ZONE_FOLDERS", ())
    monkeypatch.delenv("TZ", raising=False)
    assert Region(nearest()) in regions()


class Refusing:
    """A session that is refused, as an unknown key is everywhere that was not switched on."""

    def __init__(self, region: str, code: str = "InvalidClientTokenId") -> None:
        self.region_name = region
        self.meta = type("Meta", (), {"region_name": region})()
        self.code = code

    def client(self, *_: object, region_name: str | None = None, **__: object) -> Any:
        return Refusing(region_name or self.region_name, self.code)

    def get_caller_identity(self) -> dict[str, str]:
        if self.region_name == "us-east-1":
            return {"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/me"}
        error: Any = {"Error": {"Code": self.code, "Message": ""}}
        raise ClientError(error, "GetCallerIdentity")

    def close(self) -> None:
        pass


def test_a_location_that_is_not_switched_on_is_told_from_an_unknown_key() -> None:
    with pytest.raises(AppError, match="cannot use il-central-1 yet"):
        check_region(Refusing("il-central-1"))
    with pytest.raises(CredentialsError, match="does not know this key"):
        check_region(Refusing("eu-central-1"))
    with pytest.raises(AppError, match="cannot label photos in af-south-1"):
        check_region(Refusing("af-south-1"))
    with pytest.raises(CredentialsError, match="You were signed out"):
        check_region(Refusing("il-central-1", "ExpiredToken"))


def test_who_it_is_can_be_asked_though_the_location_is_not_switched_on() -> None:
    assert identify(Refusing("il-central-1"), "profile").account == "123456789012"
    with pytest.raises(CredentialsError, match="You were signed out"):
        identify(Refusing("il-central-1", "ExpiredToken"), "profile")
