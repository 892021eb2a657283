"""XMP: reads the keywords of a packet and changes nothing but them, byte for byte.

The packet is parsed by expat, which tells where each element begins and ends; what changes is cut
out and put in there. Serialised anew by a library, a packet of another program comes out different:
arrays change their kind, qualifiers and comments are lost, and exiv2 0.28.9 writes nothing and says
nothing when a keyword has a language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr  # nosec B406 # they write XML and read none

from .fields import Plan, UnsafeError, plan
from .xmp_parser import KINDS, RDF, Element, Kind, Parser, Property

Lists = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""dc:subject, lr:hierarchicalSubject, digiKam:TagsList."""

EMPTY = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Tagdrop">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def read_xmp(packet: bytes) -> Lists:
    """The keywords in a packet, as they stand in it. Raises UnsafeError."""
    parsed = Parser(packet)
    found = [tuple(v for p in parsed.properties(uri) for v in p.values) for uri in KINDS]
    return found[0], found[1], found[2]


def change_xmp(packet: bytes, remove: Lists, add: Lists) -> tuple[bytes, list[Plan]]:
    """The packet with keywords taken out and put in, and what that was, list by list.

    New ones come behind the others, in their array, whatever its kind. A property that gets empty
    goes, and its description with it if that says nothing else. Raises UnsafeError.
    """
    parsed = Parser(packet)
    edits = _Edits(packet, parsed)
    plans = []
    for (uri, kind), ours, wanted in zip(KINDS.items(), remove, add, strict=True):
        properties = parsed.properties(uri)
        present = [value for each in properties for value in each.values]
        plans.append(planned := plan(present, ours, wanted))
        edits.change(uri, kind, properties, planned)
    return edits.done(), plans


def unpadded(packet: bytes) -> bytes:
    """The packet without the padding that programs put at its end."""
    body, trailer = _parted(packet)
    return body + b"\n" + trailer if trailer else body


def fitted(packet: bytes, length: int) -> bytes:
    """The packet with as much padding at its end as makes it this long; UnsafeError: too long."""
    body, trailer = _parted(packet)
    room = length - len(body) - len(trailer)
    if room < 0:
        raise UnsafeError
    return body + (b" " * 99 + b"\n") * (room // 100) + b" " * (room % 100) + trailer


def _parted(packet: bytes) -> tuple[bytes, bytes]:
    """What it says, and the instruction that may end it; the padding stands between them."""
    body, trailer = packet.rstrip(_SPACE), b""
    if (start := body.rfind(b"<?xpacket end")) > 0:
        body, trailer = body[:start].rstrip(_SPACE), body[start:]
    return body, trailer


_SPACE = b" \t\r\n\0"


class _Edits:
    """What is cut out of a packet and put in."""

    def __init__(self, packet: bytes, parsed: Parser) -> None:
        self._data = packet
        self._rdf = parsed.rdf
        self._is_utf8 = parsed.encoding in ("utf-8", "utf8")
        self._edits: list[tuple[int, int, bytes]] = []
        self._gone: dict[int, int] = {}  # by a description's start: properties that it loses
        self._new: list[bytes] = []

    def change(self, uri: str, kind: Kind, properties: Sequence[Property], planned: Plan) -> None:
        """Carry a plan out, whose positions count through these properties."""
        place = next((each for each in properties if each.array), None) or next(
            iter(properties), None
        )
        first = 0
        for each in properties:
            span = range(first, first + len(each.values))
            going = [position - first for position in planned.going if position in span]
            self._take_out(each, going, stays=each is place and bool(planned.coming))
            first = span.stop
        if not planned.coming:
            return
        if place and place.array:
            self._put_in(place.array, planned.coming)
            return
        values = [*(place.values if place else ()), *planned.coming]
        if place:
            self._remove_whole(place)
        self._new.append(self._made(uri, kind, values))

    def done(self) -> bytes:
        """The packet as it is afterwards."""
        for each in self._rdf.children:
            lost = self._gone.get(each.start, 0)
            if lost and lost == each.count and _is_bare(each):
                self._edits = [e for e in self._edits if not each.start <= e[0] < each.end]
                self._cut(each)
        if self._new:
            self._add_description()
        parts, place = [], 0
        for start, end, data in sorted(self._edits):
            parts += [self._data[place:start], data]
            place = end
        return b"".join([*parts, self._data[place:]])

    def _take_out(self, where: Property, going: Sequence[int], *, stays: bool) -> None:
        if not going:
            return
        if len(going) == len(where.values) and not stays:
            self._remove_whole(where)
        elif where.array:
            for position in going:
                self._cut(where.array.children[position])

    def _put_in(self, array: Element, names: Sequence[str]) -> None:
        item = array.beside("li")
        indent = b"\n     "
        place = array.open_end
        if array.children:
            indent = self._space_before(array.children[-1].start)
            place = array.children[-1].end
        new = b"".join(indent + self._bytes(f"<{item}>{escape(name)}</{item}>") for name in names)
        if array.close < 0:
            end = self._bytes(f"</{array.beside(array.name)}>")
            self._edits.append((array.open_end - 2, array.open_end, b">" + new + end))
        else:
            self._edits.append((place, place, new))

    def _remove_whole(self, where: Property) -> None:
        element = where.element
        if where.attribute:
            tag = self._data[element.start : element.open_end]
            name = re.escape(where.attribute.encode())
            found = re.search(rb"\s+" + name + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""", tag)
            if not found:
                raise UnsafeError
            self._edits.append((element.start + found.start(), element.start + found.end(), b""))
            return
        if element.parent:
            self._gone[element.parent.start] = self._gone.get(element.parent.start, 0) + 1
        self._cut(element)

    def _cut(self, element: Element) -> None:
        space = self._space_before(element.start)
        self._edits.append((element.start - len(space), element.end, b""))

    def _space_before(self, place: int) -> bytes:
        head = self._data[max(0, place - 200) : place]
        return head[len(head.rstrip()) :]

    def _made(self, uri: str, kind: Kind, names: Sequence[str]) -> bytes:
        """A property of its own."""
        name, array = f"{kind.prefix}:{kind.name}", f"rdf:{kind.array}"
        items = "".join(f"\n     <rdf:li>{escape(each)}</rdf:li>" for each in names)
        return self._bytes(
            f"\n   <{name} xmlns:{kind.prefix}={quoteattr(uri)}>"
            f"\n    <{array}>{items}\n    </{array}>\n   </{name}>"
        )

    def _add_description(self) -> None:
        """All descriptions of a packet are about the same: what the first one says that is."""
        rdf, about = self._rdf, ""
        for name, value in rdf.children[0].attributes.items() if rdf.children else ():
            if name in ("about", f"{RDF} about {rdf.prefix}"):
                about = value
        declared = "" if rdf.prefix == "rdf" else f' xmlns:rdf="{RDF}"'
        new = (
            self._bytes(f"\n  <rdf:Description rdf:about={quoteattr(about)}{declared}>")
            + b"".join(self._new)
            + b"\n  </rdf:Description>"
        )
        if rdf.close < 0:
            end = self._bytes(f"\n </{rdf.beside(rdf.name)}>")
            self._edits.append((rdf.open_end - 2, rdf.open_end, b">" + new + end))
        else:
            place = rdf.close - len(self._space_before(rdf.close))
            self._edits.append((place, place, new))

    def _bytes(self, text: str) -> bytes:
        return text.encode() if self._is_utf8 else text.encode("ascii", "xmlcharrefreplace")


def _is_bare(description: Element) -> bool:
    """Whether a description says nothing but what it is about."""
    return all(
        name == "about" or name.startswith(f"{RDF} about ") for name in description.attributes
    )
