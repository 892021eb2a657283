"""Where in an XMP packet each keyword stands, to the byte: expat tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from .fields import UnsafeError

MOST_BYTES = 32 << 20
"""The largest packet that is parsed; Lightroom's masks take some MB."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@dataclass(frozen=True, slots=True)
class Kind:
    """A property that holds keywords: its name, and the array it is made as."""

    prefix: str
    name: str
    array: str


KINDS = {
    "http://purl.org/dc/elements/1.1/": Kind("dc", "subject", "Bag"),
    "http://ns.adobe.com/lightroom/1.0/": Kind("lr", "hierarchicalSubject", "Bag"),
    "http://www.digikam.org/ns/1.0/": Kind("digiKam", "TagsList", "Seq"),
}
"""By namespace. Their order is that of the lists which are handed in and out."""


@dataclass(slots=True)
class Element:
    """An element and where it stands: from its tag's first byte to past its end tag's last one."""

    uri: str
    name: str
    prefix: str
    attributes: Mapping[str, str]
    parent: Element | None
    start: int
    open_end: int
    close: int = -1  # where the end tag begins; -1: it has none
    end: int = 0
    children: list[Element] = field(default_factory=list)
    count: int = 0  # of all children, also of those that are not kept
    text: str = ""

    def beside(self, name: str) -> str:
        """The name of another element in the same namespace."""
        return f"{self.prefix}:{name}" if self.prefix else name


@dataclass(frozen=True, slots=True)
class Property:
    """A property with keywords: an array with its items, one plain text, or an attribute.

    `element` is its own, or the description whose attribute it is.
    """

    element: Element
    array: Element | None
    values: Sequence[str]
    attribute: str = ""


_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")


class Parser:
    """Finds the descriptions in a packet and, in these, the properties that hold keywords."""

    def __init__(self, packet: bytes) -> None:
        self._data = packet.rstrip(b"\0")
        self.encoding = "utf-8"
        self._open: list[Element | None] = []
        self._roots: list[Element] = []
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.XmlDeclHandler = self._on_declaration
        parser.StartDoctypeDeclHandler = self._on_doctype
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        try:
            if len(self._data) > MOST_BYTES:
                raise UnsafeError
            parser.Parse(self._data, True)
            (self.rdf,) = self._roots
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise UnsafeError from error
        finally:
            del self._parser, parser  # it refers to us, and would wait for the collector

    def properties(self, uri: str) -> list[Property]:
        """All of one kind, in whatever description they stand."""
        found = []
        for description in self.rdf.children:
            name = f"{uri} {KINDS[uri].name}"
            for attribute, value in description.attributes.items():
                if attribute.rpartition(" ")[0] == name:
                    prefixed = attribute.rpartition(" ")[2] + ":" + KINDS[uri].name
                    found.append(Property(description, None, [value], prefixed))
            found += [_property(each) for each in description.children if each.uri == uri]
        return found

    def _on_declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = (encoding or "utf-8").casefold()

    def _on_doctype(self, *_: object) -> None:
        raise UnsafeError

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._open[-1] if self._open else None
        if parent:
            parent.count += 1
        uri, local, prefix = [*(name.split(" ") if " " in name else ("", name)), ""][:3]
        if not self._is_of_interest(uri, local, parent):
            self._open.append(None)
            return
        start = self._parser.CurrentByteIndex
        tag = _TAG.match(self._data, start)
        if not tag:  # in UTF-16, say
            raise UnsafeError
        element = Element(uri, local, prefix, attributes, parent, start, tag.end())
        (parent.children if parent else self._roots).append(element)
        self._open.append(element)

    @staticmethod
    def _is_of_interest(uri: str, local: str, parent: Element | None) -> bool:
        if parent is None:
            return (uri, local) == (RDF, "RDF")
        if parent.parent is None:
            return (uri, local) == (RDF, "Description")
        if parent.parent.parent is None:
            return uri in KINDS and local == KINDS[uri].name
        return True

    def _on_end(self, _name: str) -> None:
        element = self._open.pop()
        if element is None:
            return
        element.end = element.open_end
        if self._data[element.open_end - 2 : element.open_end] != b"/>":
            element.close = self._parser.CurrentByteIndex
            element.end = self._data.index(b">", element.close) + 1

    def _on_text(self, text: str) -> None:
        if self._open and (element := self._open[-1]):
            element.text += text


_NOTHING = Element("", "", "", {}, None, 0, 0)


def _property(element: Element) -> Property:
    if not element.count and not any(name.startswith(RDF) for name in element.attributes):
        return Property(element, None, [element.text.strip()] if element.text.strip() else [])
    if element.count != 1 or element.children[0].uri != RDF:
        raise UnsafeError
    (array,) = element.children
    if array.name not in ("Bag", "Seq", "Alt"):
        raise UnsafeError
    return Property(element, array, [_value(item) for item in array.children])


def _value(item: Element) -> str:
    """An item's text; one with qualifiers has it in an rdf:value."""
    if (item.uri, item.name) != (RDF, "li"):
        raise UnsafeError
    while item.children:
        item = next((c for c in item.children if c.name in ("Description", "value")), _NOTHING)
    return item.text
