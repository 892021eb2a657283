"""Amazon's locations in plain words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def location(region: str) -> str:
    """A region as people say it: Frankfurt (eu-central-1)."""
    translate = QCoreApplication.translate
    places = {
        "ap-northeast-1": translate("Locations", "Tokyo"),
        "ap-northeast-2": translate("Locations", "Seoul"),
        "ap-south-1": translate("Locations", "Mumbai"),
        "ap-southeast-1": translate("Locations", "Singapore"),
        "ap-southeast-2": translate("Locations", "Sydney"),
        "ap-southeast-5": translate("Locations", "Malaysia"),
        "ap-southeast-7": translate("Locations", "Thailand"),
        "ca-central-1": translate("Locations", "Canada"),
        "eu-central-1": translate("Locations", "Frankfurt"),
        "eu-south-2": translate("Locations", "Spain"),
        "eu-west-1": translate("Locations", "Ireland"),
        "eu-west-2": translate("Locations", "London"),
        "il-central-1": translate("Locations", "Tel Aviv"),
        "sa-east-1": translate("Locations", "São Paulo"),
        "us-east-1": translate("Locations", "Virginia"),
        "us-east-2": translate("Locations", "Ohio"),
        "us-west-1": translate("Locations", "California"),
        "us-west-2": translate("Locations", "Oregon"),
    }
    return f"{places[region]} ({region})" if region in places else region
