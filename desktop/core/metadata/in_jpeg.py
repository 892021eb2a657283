"""Where XMP and IPTC stand in a JPEG; their segments change, and no other byte but MPF's lengths.

Sources: XMP Specification Part 3 (2020), 1.1.3; Photoshop File Formats, Image Resources; CIPA
DC-007 (MPF). A phone's film or second picture behind the first one stays where it is.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

from .fields import UnsafeError, refuse_too_many
from .xmp import fitted

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_MPF = b"MPF\0"
_MOST_BYTES = 0xFFFF - 2
_APP0, _APP1, _APP2, _APP13, _SOS = 0xE0, 0xE1, 0xE2, 0xED, 0xDA
_IPTC, _IPTC_DIGEST = 0x0404, 0x0425


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    body: bytes
    start: int
    end: int


def read_jpeg(data: bytes) -> tuple[bytes, bytes]:
    """The XMP packet and the IPTC block of a JPEG, empty where there is none.

    Raises UnsafeError where the file's segments are damaged, or there are several of either.
    """
    segments = _segments(data)
    xmp, photoshop = _only(segments, _APP1, _XMP), _only(segments, _APP13, _PHOTOSHOP)
    extended = sorted(
        (s.body[len(_EXTENDED) + 32 :] for s in segments if s.body.startswith(_EXTENDED)),
        key=lambda body: body[4:8],
    )
    hidden = b"".join(body[8:] for body in extended)
    if any(name in hidden for name in (b":subject", b":hierarchicalSubject", b":TagsList")):
        raise UnsafeError
    packet = xmp.body[len(_XMP) :] if xmp else b""
    resources = _resources(photoshop.body[len(_PHOTOSHOP) :]) if photoshop else []
    return packet, _resource(resources, _IPTC)


def write_jpeg(data: bytes, xmp: bytes, iptc: bytes) -> bytes:
    """The JPEG with these instead of its XMP and its IPTC; an empty one is left out.

    Raises UnsafeError also where one is too long for a segment, or a picture follows that
    some field may point to.
    """
    segments = _segments(data)
    has_list = _only(segments, _APP2, _MPF) is not None
    if not has_list and data.find(b"\xff\xd9\xff\xd8\xff", segments[-1].end) >= 0:
        raise UnsafeError
    edits: list[tuple[int, int, bytes]] = []
    behind = _behind_exif(segments)
    for marker, name, body in (
        (_APP1, _XMP, _packed_xmp(xmp)),
        (_APP13, _PHOTOSHOP, _packed_photoshop(segments, iptc)),
    ):
        old = _only(segments, marker, name)
        start, end = (old.start, old.end) if old else (behind, behind)
        new = _segment(marker, name + body) if body else b""
        if new != data[start:end]:
            edits.append((start, end, new))
    return _joined(_with_lengths(data, segments, edits), edits)


def _segments(data: bytes) -> list[_Segment]:
    """From the start to the first scan, whose header is the last one."""
    found, place = [], 2
    while True:
        start = place
        while data[place : place + 2] == b"\xff\xff":  # fill bytes
            place += 1
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        end = place + 2 + length
        if data[place : place + 1] != b"\xff" or length < 2 or end > len(data):
            raise UnsafeError
        found.append(_Segment(data[place + 1], data[place + 4 : end], start, end))
        refuse_too_many(found)
        if found[-1].marker == _SOS:
            return found
        place = end


def _only(segments: list[_Segment], marker: int, name: bytes) -> _Segment | None:
    named = [s for s in segments if s.marker == marker and s.body.startswith(name)]
    if len(named) > 1:
        raise UnsafeError
    return named[0] if named else None


def _behind_exif(segments: list[_Segment]) -> int:
    """Where a new segment goes: behind JFIF's and Exif's, before all others."""
    place = 2
    for segment in segments:
        is_exif = segment.marker == _APP1 and segment.body.startswith(b"Exif\0")
        if segment.marker != _APP0 and not is_exif:
            break
        place = segment.end
    return place


def _segment(marker: int, body: bytes) -> bytes:
    if len(body) > _MOST_BYTES:
        raise UnsafeError
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _packed_xmp(packet: bytes) -> bytes:
    most = _MOST_BYTES - len(_XMP)
    return packet if len(packet) <= most else fitted(packet, most)


# Photoshop's resources, one of which is the IPTC block and one its digest

_Resource = tuple[bytes, int, bytes, bytes]  # signature, number, name, data


def _resources(body: bytes) -> list[_Resource]:
    found, place = [], 0
    while place < len(body):
        head = body[place : place + 7]
        if len(head) < 7:
            raise UnsafeError
        name_end = place + 6 + (head[6] + 2) // 2 * 2
        size = int.from_bytes(body[name_end : name_end + 4], "big")
        start = name_end + 4
        if (
            head[:4] not in (b"8BIM", b"AgHg", b"DCSR", b"PHUT", b"MeSa")
            or len(body) < start + size
        ):
            raise UnsafeError
        number = int.from_bytes(head[4:6], "big")
        found.append((head[:4], number, body[place + 6 : name_end], body[start : start + size]))
        refuse_too_many(found)
        place = start + size + size % 2
    return found


def read_resources(body: bytes) -> dict[int, bytes]:
    """Photoshop's resources by their numbers. Raises UnsafeError."""
    return {number: data for _, number, _, data in _resources(body)}


def _resource(resources: list[_Resource], number: int) -> bytes:
    named = [data for _, its_number, _, data in resources if its_number == number]
    if len(named) > 1:
        raise UnsafeError
    return named[0] if named else b""


def _packed_photoshop(segments: list[_Segment], iptc: bytes) -> bytes:
    """The resources with another IPTC block.

    A digest of it says to Photoshop that XMP and IPTC agree; where it was true, it stays so.
    """
    old = _only(segments, _APP13, _PHOTOSHOP)
    body = old.body[len(_PHOTOSHOP) :] if old else b""
    resources = _resources(body)
    before = _resource(resources, _IPTC)
    if before == iptc:
        return body
    digest = _resource(resources, _IPTC_DIGEST)
    is_true = digest == hashlib.md5(before, usedforsecurity=False).digest()
    new: dict[int, bytes] = {_IPTC: iptc}
    if digest and is_true:
        new[_IPTC_DIGEST] = hashlib.md5(iptc, usedforsecurity=False).digest() if iptc else b""
    if _IPTC not in (number for _, number, _, _ in resources):
        resources.append((b"8BIM", _IPTC, b"\0\0", b""))
    packed = []
    for signature, number, name, data in resources:
        content = new.get(number, data)
        if content or number not in new:
            size = len(content).to_bytes(4, "big")
            packed.append(signature + number.to_bytes(2, "big") + name + size + content)
            packed.append(b"\0" * (len(content) % 2))
    return b"".join(packed)


# The list of several pictures in one file


def _with_lengths(
    data: bytes, segments: list[_Segment], edits: list[tuple[int, int, bytes]]
) -> bytes:
    """The file with a list that is true after these edits; they keep their places.

    The first picture's length grows with the segments, and the offsets of the others, which count
    from the list, with those behind it.
    """
    listing = _only(segments, _APP2, _MPF)
    grown = [(start, len(new) - (end - start)) for start, end, new in edits]
    if listing is None or not any(growth for _, growth in grown):
        return data
    base = listing.end - len(listing.body) + len(_MPF)
    body = bytearray(listing.body[len(_MPF) :])
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(bytes(body[:4]), "")
    try:
        if not order:
            raise UnsafeError
        for place in _listed(body, order):
            length, offset = struct.unpack_from(order + "II", body, place + 4)
            if offset == 0:
                length += sum(growth for _, growth in grown)
            else:
                offset += sum(growth for start, growth in grown if start > base)
            struct.pack_into(order + "II", body, place + 4, length, offset)
    except struct.error as error:
        raise UnsafeError from error
    return data[:base] + bytes(body) + data[base + len(body) :]


def _listed(body: bytearray, order: str) -> list[int]:
    """Where the entry of each picture stands in the list."""
    (start,) = struct.unpack_from(order + "I", body, 4)
    (count,) = struct.unpack_from(order + "H", body, start)
    for number in range(count):
        tag, _, size, place = struct.unpack_from(order + "HHII", body, start + 2 + 12 * number)
        if tag == 0xB002:
            return list(range(place, place + size // 16 * 16, 16))
    return []


def _joined(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    parts, place = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [data[place:start], new]
        place = end
    return b"".join([*parts, data[place:]])
