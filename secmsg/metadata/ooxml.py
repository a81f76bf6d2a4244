"""Office documents (docx, xlsx, pptx): properties, names of authors and revision marks are blanked (ECMA-376).

The parts are changed as text, at the places where the standard puts these values, and never parsed: no entity is
expanded, and everything else stays byte for byte.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from secmsg.errors import FormatError
from secmsg.metadata import jpeg, png
from secmsg.metadata.report import Found, SignedError, Trace, UnknownError, found

MAX_PARTS = 5_000
MAX_UNPACKED = 256 * 1024 * 1024
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError)
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_NS = b"http://schemas.openxmlformats.org/"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = {
    "docProps/core.xml": _HEAD + b'<cp:coreProperties xmlns:cp="' + _NS + b'package/2006/metadata/core-properties"/>',
    "docProps/app.xml": _HEAD + b'<Properties xmlns="' + _NS + b'officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": _HEAD + b'<Properties xmlns="' + _NS + b'officeDocument/2006/custom-properties"/>',
}


@dataclass(frozen=True, slots=True)
class _Rule:
    """Where a value stands, what it gives away, and what stands there afterwards; group 1 is the value."""

    parts: re.Pattern[str]
    value: re.Pattern[bytes]
    trace: Trace
    instead: bytes


_RULES = (
    _Rule(re.compile(r"word/.*\.xml"), re.compile(rb'\bw:author="([^"]+)"'), Trace.AUTHOR, b'w:author=""'),
    _Rule(re.compile(r"word/.*\.xml"), re.compile(rb'\s+w:initials="([^"]+)"'), Trace.AUTHOR, b""),
    _Rule(re.compile(r"word/.*\.xml"), re.compile(rb'\s+w:date="([^"]*)"'), Trace.TIME, b""),
    _Rule(re.compile(r"word/.*\.xml"), re.compile(rb'\s+w:rsid[A-Za-z]*="([^"]*)"'), Trace.HISTORY, b""),
    _Rule(re.compile(r"word/settings\.xml"), re.compile(rb"<w:rsids>(.*?)</w:rsids>", re.DOTALL), Trace.HISTORY, b""),
    _Rule(
        re.compile(r"word/people\.xml"), re.compile(rb"(<w15:person\b.*</w15:person>)", re.DOTALL), Trace.AUTHOR, b""
    ),
    _Rule(re.compile(r"xl/workbook\.xml"), re.compile(rb'<x15ac:absPath\b[^>]*url="([^"]*)"[^>]*/>'), Trace.PATH, b""),
    _Rule(
        re.compile(r"xl/comments.*\.xml"), re.compile(rb"<author>([^<]+)</author>"), Trace.AUTHOR, b"<author></author>"
    ),
    _Rule(
        re.compile(r"xl/persons/.*\.xml"), re.compile(rb'\bdisplayName="([^"]+)"'), Trace.AUTHOR, b'displayName=""'
    ),
    _Rule(re.compile(r"xl/persons/.*\.xml"), re.compile(rb'\buserId="([^"]+)"'), Trace.AUTHOR, b'userId=""'),
    _Rule(
        re.compile(r"ppt/(commentAuthors|authors)\.xml"), re.compile(rb'\bname="([^"]+)"'), Trace.AUTHOR, b'name=""'
    ),
    _Rule(
        re.compile(r"ppt/(commentAuthors|authors)\.xml"),
        re.compile(rb'\binitials="([^"]+)"'),
        Trace.AUTHOR,
        b'initials=""',
    ),
    _Rule(re.compile(r"ppt/comments/.*\.xml"), re.compile(rb'\s+dt="([^"]*)"'), Trace.TIME, b""),
)  # fmt: skip
_PROPERTIES = (
    (re.compile(rb"<dc:creator>([^<]+)<"), Trace.AUTHOR),
    (re.compile(rb"<cp:lastModifiedBy>([^<]+)<"), Trace.AUTHOR),
    (re.compile(rb"<(?:Company|Manager)>([^<]+)<"), Trace.AUTHOR),
    (re.compile(rb"<Application>([^<]+)<"), Trace.SOFTWARE),
    (re.compile(rb"<dcterms:(?:created|modified)[^>]*>([^<]+)<"), Trace.TIME),
    (re.compile(rb"<cp:revision>([^<]+)<"), Trace.HISTORY),
    (re.compile(rb"<(?:dc:title|dc:subject|cp:keywords|dc:description)>([^<]+)<"), Trace.COMMENT),
    (re.compile(rb"<Template>([^<]+)<"), Trace.PATH),
)
_THUMBNAIL = re.compile(rb"<Relationship\b[^>]*/metadata/thumbnail\"[^>]*/>")


def clean(data: bytes) -> tuple[bytes, list[Found]]:
    """Return the package written anew with its parts blanked, and what was in them.

    FormatError when it is damaged, encrypted or unpacks to more than 256 MiB; SignedError when it is
    signed, UnknownError for another kind of archive.
    """
    seen: list[Found] = []
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as cleaned:
            parts = _bounded(package)
            if package.comment:
                seen.append(found(Trace.COMMENT, package.comment))
            for part in parts:
                body = _read(package, part)
                if part.filename.startswith("docProps/thumbnail."):
                    seen.append(found(Trace.THUMBNAIL, part.filename))
                    continue
                if part.date_time[0] > _NO_DATE[0]:
                    seen.append(found(Trace.TIME, "{}-{:02}-{:02} {:02}:{:02}:{:02}".format(*part.date_time)))
                fresh = zipfile.ZipInfo(part.filename, _NO_DATE)
                fresh.compress_type = zipfile.ZIP_DEFLATED
                cleaned.writestr(fresh, _part(part.filename, body, seen))
    except (*_DAMAGE, EOFError, OSError, RuntimeError, ValueError, KeyError) as error:
        raise FormatError(f"a package that cannot be read: {type(error).__name__}") from None
    return out.getvalue(), seen


def _bounded(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names:
        raise UnknownError
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED or len(set(names)) < len(names):
        raise FormatError("a package beyond the bounds")
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise SignedError
    return parts


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with package.open(part) as source:
        body = source.read(part.file_size + 1)
    if len(body) != part.file_size:
        raise FormatError("a part of another size than its package says")
    return body


def _part(name: str, body: bytes, seen: list[Found]) -> bytes:
    if name in _EMPTY:
        if body != _EMPTY[name]:
            seen += [found(trace, match) for rule, trace in _PROPERTIES for match in rule.findall(body)]
            seen.append(found(Trace.OTHER, name))
        return _EMPTY[name]
    if name == "_rels/.rels":
        return _THUMBNAIL.sub(b"", body)
    if "/media/" in name:
        return _picture(body, seen)
    if name.endswith(".xml") and body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FormatError("a part in another encoding than UTF-8")
    for rule in _RULES:
        if rule.parts.fullmatch(name):
            matches = rule.value.findall(body)
            if rule.trace is Trace.HISTORY:
                # Of revision marks only the number says anything to a reader.
                seen += [found(rule.trace, "rsid")] if matches else []
            else:
                seen += [found(rule.trace, match if len(match) < 200 else name) for match in dict.fromkeys(matches)]
            body = rule.value.sub(lambda _, instead=rule.instead: instead, body)  # type: ignore[misc]  # bound now
    return body


_PICTURES: tuple[tuple[bytes, Callable[[bytes], tuple[bytes, list[Found]]]], ...] = (
    (jpeg.MAGIC, jpeg.clean),
    (png.MAGIC, png.clean),
)


def _picture(body: bytes, seen: list[Found]) -> bytes:
    for magic, clean_ in _PICTURES:
        if body.startswith(magic):
            try:
                body, more = clean_(body)
            except FormatError:
                more = [found(Trace.OTHER, "media")]
            seen += more
    return body
