"""Options that click does not have: a moment, an attachment, a reference, a choice from an enum."""

import mimetypes
from datetime import datetime
from enum import Enum, IntEnum
from pathlib import Path
from typing import Generic, TypeVar

import click

from secmsg.commands.printing import word
from secmsg.office.draft import DraftAttachment
from secmsg.wire import names
from secmsg.wire.cable import LinkKind, Reference

E = TypeVar("E", bound=IntEnum)
W = TypeVar("W", bound=Enum)
Context = click.Context | None
Parameter = click.Parameter | None


class OneOf(click.Choice[str], Generic[E]):
    """One of an enum's members, by its word."""

    def __init__(self, *members: E) -> None:
        super().__init__([word(member) for member in members])
        self._members = {word(member): member for member in members}

    def convert(self, value: object, param: Parameter, ctx: Context) -> E:  # type: ignore[override]  # gives the member, not its word
        """Return the member that the word names."""
        if isinstance(value, IntEnum):
            return self._members[word(value)]
        return self._members[super().convert(value, param, ctx)]


class OneWord(click.Choice[str], Generic[W]):
    """One of an enum's members whose values are words, by its value."""

    def __init__(self, kind: type[W]) -> None:
        super().__init__([str(member.value) for member in kind])
        self._kind = kind

    def convert(self, value: object, param: Parameter, ctx: Context) -> W:  # type: ignore[override]  # as above
        """Return the member that the word names."""
        return value if isinstance(value, self._kind) else self._kind(super().convert(value, param, ctx))


class Moment(click.ParamType[int]):
    """A date or a time: ISO 8601, in local time unless it says otherwise."""

    name = "moment"

    def convert(self, value: object, param: Parameter, ctx: Context) -> int:
        """Turn the text into UTC seconds."""
        try:
            return int(datetime.fromisoformat(str(value)).astimezone().timestamp())
        except (ValueError, OverflowError, OSError):
            self.fail(f"{value!r} is not like 2026-12-31 or 2026-12-31T10:00+07:00", param, ctx)


class Attachment(click.ParamType[DraftAttachment]):
    """FILE or FILE:PAGES."""

    name = "file[:pages]"

    def convert(self, value: object, param: Parameter, ctx: Context) -> DraftAttachment:
        """Describe the file as it stands; its content is read at the release."""
        if isinstance(value, DraftAttachment):
            return value
        text, pages = str(value), 0
        head, colon, tail = text.rpartition(":")
        if colon and tail.isascii() and tail.isdecimal() and not Path(text).exists():
            text, pages = head, int(tail)
        path = Path(text)
        if not path.is_file():
            self.fail(f"there is no file {text!r}", param, ctx)
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return DraftAttachment(
            names.for_export(path.name), media_type, str(path.absolute()), path.stat().st_size, pages
        )


class ReferenceTo(click.ParamType[Reference]):
    """LINK=NUMBER, for example reply="26 PARIS 045"."""

    name = "link=number"

    def convert(self, value: object, param: Parameter, ctx: Context) -> Reference:
        """Split the link from the cable number."""
        if isinstance(value, Reference):
            return value
        links = {word(link): link for link in LinkKind}
        link, _, mrn = str(value).partition("=")
        if link not in links or not mrn:
            self.fail(f"a reference is one of {', '.join(links)}, '=' and a cable number", param, ctx)
        return Reference(mrn, links[link])
