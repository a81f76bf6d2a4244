"""What the compose window knows: the draft, what it lacks, and which field each lack belongs to."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from secmsg.ids import DraftId, StationId
from secmsg.office.draft import Draft, Lack
from secmsg.station.views import CableView
from secmsg.wire.cable import Degree, Kind, LinkKind, Reference, Urgency


class Field(Enum):
    """A field of the form, in the order of the form."""

    REFERENCES = "references"
    DEGREE = "degree"
    BASIS = "basis"
    URGENCY = "urgency"
    REASON = "reason"
    REPLY_BY = "reply-by"
    ACTION_TO = "action-to"
    INFO_TO = "info-to"
    SUBJECT = "subject"
    TOPICS = "topics"
    BODY = "body"
    SUMMARY = "summary"
    ATTACHMENTS = "attachments"
    COPIES = "copies"
    DRAFTER = "drafter"
    SECOND_PERSON = "second-person"
    KIND = "kind"
    PROTECT = "protect"
    RETURN_BY = "return-by"
    DESK_BY = "desk-by"
    VOID_AFTER = "void-after"
    CAPTION = "caption"
    NAMED = "named"


MORE = frozenset(
    {
        Field.KIND,
        Field.PROTECT,
        Field.RETURN_BY,
        Field.DESK_BY,
        Field.VOID_AFTER,
        Field.CAPTION,
        Field.NAMED,
    }
)
"""Fields that few drafts need: they are shown when the draft uses one, when one lacks, or when they are asked for."""

KINDS = (Kind.CABLE, Kind.TELEGRAM)
"""What an officer writes; service messages and receipts are the machines'."""

CAPTIONS = ("Lãnh đạo Bộ", "Thường trực", "Chỉ Đại sứ", "Nội bộ cơ yếu")
"""The list of distribution captions, as they stand on a cable, until headquarters sends its own."""


class Phase(Enum):
    """Whether the draft is being written or released."""

    WRITING = "writing"
    RELEASING = "releasing"
    SEALING = "sealing"
    """Its enclosures are being sealed; until that is done it can be stopped."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the checklist; `lack` is the first thing that lacks there."""

    field: Field
    lack: Lack | None


@dataclass(frozen=True, slots=True)
class Saved:
    """Where and when the draft was last kept."""

    draft_id: DraftId
    at: int


_EMPTY = Draft()


@dataclass(frozen=True, slots=True)
class ComposeState:
    """`lacks` is None until the station has looked at the draft for the first time."""

    draft: Draft = _EMPTY
    lacks: tuple[Lack, ...] | None = None
    phase: Phase = Phase.WRITING
    saved: Saved | None = None
    sealed_percent: int = 0

    @property
    def ready(self) -> bool:
        """Whether nothing lacks."""
        return self.lacks == ()

    @property
    def touched(self) -> bool:
        """Whether there is anything to keep."""
        return self.draft != Draft(drafter_name=self.draft.drafter_name, drafter_title=self.draft.drafter_title)


_ALWAYS = (Field.DEGREE, Field.ACTION_TO, Field.SUBJECT, Field.TOPICS, Field.BODY, Field.DRAFTER)


def checklist(state: ComposeState) -> tuple[CheckLine, ...]:
    """Give the lines to show in the order of the form: always asked, asked of this draft, lacking."""
    lacking: dict[Field, Lack] = {}
    for lack in state.lacks or ():
        lacking.setdefault(field_of(lack), lack)
    shown = {*_ALWAYS, *lacking, *_extra(state.draft)}
    return tuple(CheckLine(field, lacking.get(field)) for field in Field if field in shown)


def first_lack(lacks: tuple[Lack, ...]) -> Lack | None:
    """Give the lack whose field stands first in the form."""
    order = list(Field)
    return min(lacks, key=lambda lack: order.index(field_of(lack)), default=None)


def _extra(draft: Draft) -> set[Field]:
    extra = set()
    if draft.degree not in (None, Degree.UNCLASSIFIED):
        extra.add(Field.BASIS)
    if draft.degree is Degree.TOP_SECRET:
        extra.add(Field.SECOND_PERSON)
    if draft.urgency is Urgency.FLASH:
        extra.add(Field.REASON)
    if draft.attachments:
        extra.add(Field.ATTACHMENTS)
    return extra


def reply_to(view: CableView, here: StationId, *, everyone: bool = False) -> Draft:
    """Begin an answer to the origin or to everyone, as urgent as what it answers.

    Its degree and the basis of it are chosen anew: a degree taken over in silence would be a default.
    """
    cable = view.cable
    others = [s for s in (*cable.action_to, *cable.info_to) if s not in (here, cable.origin)] if everyone else []
    return Draft(
        urgency=min(cable.urg_action, Urgency.IMMEDIATE),
        action_to=(cable.origin,),
        info_to=tuple(dict.fromkeys(others)),
        topics=cable.topics,
        refs=(Reference(cable.mrn, LinkKind.REPLY),),
    )


def topics_of(text: str) -> tuple[str, ...]:
    """Take subject codes as typed, between commas or blanks."""
    return tuple(text.replace(",", " ").replace(";", " ").split())


def names_of(text: str) -> tuple[str, ...]:
    """Take names as typed, between commas or semicolons."""
    return tuple(name for part in text.replace(",", ";").split(";") if (name := part.strip()))


def uses_more(draft: Draft) -> bool:
    """Whether the draft fills a field that few drafts need."""
    plain = Draft()
    return (
        draft.kind,
        draft.protect_until,
        draft.return_by,
        draft.desk_by,
        draft.void_after,
        draft.caption,
        draft.named,
    ) != (
        plain.kind,
        plain.protect_until,
        plain.return_by,
        plain.desk_by,
        plain.void_after,
        plain.caption,
        plain.named,
    )


def readdressed(draft: Draft, *, action_to: tuple[StationId, ...], info_to: tuple[StationId, ...]) -> Draft:
    """Change the addressees; who was named at a station that is addressed no longer is named no longer."""
    gone = {*draft.action_to, *draft.info_to} - {*action_to, *info_to}
    named = tuple(each for each in draft.named if each.station not in gone)
    return replace(draft, action_to=action_to, info_to=info_to, named=named)


def field_of(lack: Lack) -> Field:
    """Say where in the form a lack is mended."""
    match lack:
        case Lack.NO_DEGREE:
            return Field.DEGREE
        case Lack.NO_BASIS | Lack.BASIS_TOO_LONG:
            return Field.BASIS
        case Lack.BAD_PROTECTION:
            return Field.PROTECT
        case Lack.NO_URGENCY:
            return Field.URGENCY
        case Lack.FLASH_NO_REASON | Lack.REASON_TOO_LONG:
            return Field.REASON
        case Lack.BAD_DESK_BY:
            return Field.DESK_BY
        case Lack.BAD_REPLY_BY:
            return Field.REPLY_BY
        case Lack.BAD_VOID_AFTER:
            return Field.VOID_AFTER
        case Lack.BAD_RETURN_BY:
            return Field.RETURN_BY
        case Lack.NO_ADDRESSEE | Lack.TOO_MANY_ADDRESSEES | Lack.ADDRESSEE_TWICE:
            return Field.ACTION_TO
        case Lack.BAD_NAMED:
            return Field.NAMED
        case Lack.BAD_CAPTION:
            return Field.CAPTION
        case Lack.NO_TOPIC | Lack.BAD_TOPIC:
            return Field.TOPICS
        case Lack.NO_SUBJECT | Lack.SUBJECT_TOO_SHORT | Lack.SUBJECT_TOO_LONG:
            return Field.SUBJECT
        case Lack.BAD_REFERENCE:
            return Field.REFERENCES
        case Lack.NO_BODY | Lack.BODY_TOO_LONG | Lack.BAD_CHARACTERS:
            return Field.BODY
        case Lack.NO_SUMMARY | Lack.SUMMARY_TOO_LONG:
            return Field.SUMMARY
        case (
            Lack.TOO_MANY_ATTACHMENTS
            | Lack.BAD_ATTACHMENT_NAME
            | Lack.ATTACHMENT_TWICE
            | Lack.BAD_ATTACHMENT_TYPE
            | Lack.ATTACHMENT_TOO_LARGE
            | Lack.BAD_ATTACHMENT_PAGES
        ):
            return Field.ATTACHMENTS
        case Lack.BAD_COPIES:
            return Field.COPIES
        case Lack.NO_DRAFTER | Lack.DRAFTER_TOO_LONG | Lack.RELEASER_IS_DRAFTER:
            return Field.DRAFTER
        case Lack.NO_SECOND_PERSON | Lack.SECOND_IS_RELEASER | Lack.BAD_SECOND_PERSON:
            return Field.SECOND_PERSON
        case _:
            assert_never(lack)
