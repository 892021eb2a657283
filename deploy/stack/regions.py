"""Amazon's locations: where photos can be labelled, and which of them is nearest."""

from __future__ import annotations

import functools
import math
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

import boto3
from boto3 import Session

from desktop.aws.errors import aws_errors, is_unknown_key
from desktop.core.errors import AppError, CredentialsError
from desktop.core.texts import Text

from ..sign_in.access import CONFIG


@dataclass(frozen=True, slots=True)
class Region:
    """One of Amazon's locations, where photos can be labelled.

    `opt_in`: it has to be switched on in the account first; the others are in every account.
    """

    code: str
    opt_in: bool = False


# Latitude, longitude and hours from UTC in winter, of the locations that every account may use: by
# "AWS Regions" in the Account Management reference, all that were there before 20 March 2019.
_PLACES: dict[str, tuple[float, float, float]] = {
    "us-east-1": (38.9, -77.4, -5),
    "us-east-2": (40.0, -83.0, -5),
    "us-west-2": (45.8, -119.7, -8),
    "us-west-1": (37.4, -121.9, -8),
    "ca-central-1": (45.5, -73.6, -5),
    "sa-east-1": (-23.5, -46.6, -3),
    "eu-central-1": (50.1, 8.7, 1),
    "eu-west-2": (51.5, -0.1, 0),
    "eu-west-1": (53.4, -6.3, 0),
    "ap-south-1": (19.1, 72.9, 5.5),
    "ap-southeast-1": (1.3, 103.8, 8),
    "ap-northeast-1": (35.7, 139.7, 9),
    "ap-northeast-2": (37.5, 127.0, 9),
    "ap-southeast-2": (-33.9, 151.2, 10),
}
_ZONE_FOLDERS = tuple(
    map(Path, ("/usr/share/zoneinfo", "/var/db/timezone/zoneinfo", "/usr/lib/zoneinfo"))
)
_DEGREES = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?([+-])(\d{3})(\d{2})(?:\d{2})?")


@functools.cache
def regions() -> tuple[Region, ...]:
    """Where Rekognition labels photos, by the list that comes with Amazon's own library."""
    codes = boto3.Session().get_available_regions("rekognition")
    return tuple(Region(code, opt_in=code not in _PLACES) for code in codes)


def nearest() -> str:
    """The code of the nearest region that every account may use.

    By the place that this computer's time zone is named after, or else by its distance from UTC.
    """
    name = _zone_name()
    place = _place_of(name) if name else None
    usable = [region.code for region in regions() if not region.opt_in]
    if place is not None:
        return min(usable, key=lambda code: _distance(place, _PLACES[code][:2]))
    offset_h = -time.timezone / 3600
    order = list(_PLACES)
    return min(usable, key=lambda code: (abs(_PLACES[code][2] - offset_h), order.index(code)))


def check_code(code: str) -> None:
    """Raise AppError where photos cannot be labelled."""
    if code not in {region.code for region in regions()}:
        raise AppError(
            "Amazon cannot label photos in {region}",
            "Choose another location, for example eu-central-1 (Frankfurt) or us-east-1"
            " (Virginia).",
            region=code,
        )


def check_region(session: Session) -> None:
    """Raise AppError where photos cannot be labelled, or not by this account."""
    with aws_errors(Text("look up its own account")):
        sts = session.client("sts", config=CONFIG)
    code = sts.meta.region_name
    check_code(code)
    try:
        with aws_errors(Text("look up its own account")):
            sts.get_caller_identity()
    except CredentialsError as error:
        if is_unknown_key(error) and Region(code, opt_in=True) in regions():
            # an account's keys are unknown where it is not
            raise AppError(
                "This Amazon account cannot use {region} yet",
                "Choose another location, or enable this one in the account's settings at"
                " Amazon, which takes a few minutes.",
                region=code,
            ) from error
        raise


def _zone_name() -> str:
    """The time zone by its name in the time zone database, Europe/Berlin; empty where unknown."""
    if named := os.environ.get("TZ", "").removeprefix(":"):
        return named
    try:
        path = os.path.realpath("/etc/localtime")
    except OSError:
        return ""
    return path.partition("zoneinfo/")[2]


def _place_of(zone: str) -> tuple[float, float] | None:
    """Latitude and longitude of the city that a zone is named after, where the system knows it."""
    for folder in _ZONE_FOLDERS:
        try:
            lines = (folder / "zone.tab").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        for line in lines:
            fields = line.split("\t")
            if len(fields) >= 3 and fields[2] == zone and (found := _DEGREES.match(fields[1])):
                south, lat, lat_min, west, lon, lon_min = found.groups()
                latitude = float(f"{south}{int(lat) + int(lat_min) / 60}")
                return latitude, float(f"{west}{int(lon) + int(lon_min) / 60}")
    return None


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The angle between two places on the globe."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (one, other))
    cosine = math.sin(lat1) * math.sin(lat2)
    cosine += math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2)
    return math.acos(max(-1.0, min(1.0, cosine)))
