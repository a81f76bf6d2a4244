"""A cable before its release: a form half filled, what it still lacks, and the cable it becomes.

A draft with no lack becomes a cable that `secmsg.wire.cable.encode` takes; the property tests hold the two
together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from secmsg.errors import FormatError, Incomplete
from secmsg.ids import CableId, PersonId, StationId
from secmsg.office import clearance, retention, totals
from secmsg.office.clearance import Objection
from secmsg.office.retention import RetentionPolicy
from secmsg.wire import cable as wire
from secmsg.wire import names, slip, text
from secmsg.wire.cable import (
    Annex,
    Cable,
    Degree,
    Kind,
    Named,
    Reference,
    Signatory,
    SignPrefix,
    Urgency,
)

SUMMARY_ABOVE_PAGES = 3
"""A longer text needs a summary."""

MAX_DATE_WITHIN_S = 100 * 366 * 86_400
"""A date without a bound of its own in the table: a hundred years, so that a slip of the keyboard is seen."""

MAX_ATTACHMENT_PAGES = 10_000
"""Pages of one attachment; with 64 of them the total stays within the format."""


@dataclass(frozen=True, slots=True)
class DraftAttachment:
    """A file to go along: its name on the wire, its type, where it lies on this machine, bytes there, pages.

    `without_metadata`: a copy without what the file says beside its content is sealed (docs/spec/metadata.md).
    """

    name: str
    media_type: str
    path: str
    size: int
    pages: int
    without_metadata: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as filled so far; None or empty is what nobody has filled."""

    kind: Kind = Kind.CABLE
    degree: Degree | None = None
    basis: str = ""
    protect_until: int | None = None
    urgency: Urgency | None = Urgency.ROUTINE
    urgency_reason: str = ""
    desk_by: int | None = None
    reply_by: int | None = None
    void_after: int | None = None
    action_to: tuple[StationId, ...] = ()
    info_to: tuple[StationId, ...] = ()
    named: tuple[Named, ...] = ()
    caption: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    subject: str = field(default="", repr=False)
    subject_in_register: bool = False
    refs: tuple[Reference, ...] = ()
    body: str = field(default="", repr=False)
    summary: str = field(default="", repr=False)
    attachments: tuple[DraftAttachment, ...] = ()
    copies: int = 1
    copy_ok: bool = False
    return_by: int | None = None
    drafter_name: str = ""
    drafter_title: str = ""
    sign_prefix: SignPrefix = SignPrefix.NONE
    second_person_name: str = ""


class Lack(Enum):
    """One thing a draft lacks, in the order of the form; the values are stable names for the screens."""

    NO_DEGREE = "no-degree"
    NO_BASIS = "no-basis"
    BASIS_TOO_LONG = "basis-too-long"
    BAD_PROTECTION = "bad-protection"
    NO_URGENCY = "no-urgency"
    FLASH_NO_REASON = "flash-no-reason"
    REASON_TOO_LONG = "reason-too-long"
    BAD_DESK_BY = "bad-desk-by"
    BAD_REPLY_BY = "bad-reply-by"
    BAD_VOID_AFTER = "bad-void-after"
    NO_ADDRESSEE = "no-addressee"
    TOO_MANY_ADDRESSEES = "too-many-addressees"
    ADDRESSEE_TWICE = "addressee-twice"
    BAD_NAMED = "bad-named"
    BAD_CAPTION = "bad-caption"
    NO_TOPIC = "no-topic"
    BAD_TOPIC = "bad-topic"
    NO_SUBJECT = "no-subject"
    SUBJECT_TOO_SHORT = "subject-too-short"
    SUBJECT_TOO_LONG = "subject-too-long"
    BAD_REFERENCE = "bad-reference"
    NO_BODY = "no-body"
    BODY_TOO_LONG = "body-too-long"
    NO_SUMMARY = "no-summary"
    SUMMARY_TOO_LONG = "summary-too-long"
    TOO_MANY_ATTACHMENTS = "too-many-attachments"
    BAD_ATTACHMENT_NAME = "bad-attachment-name"
    ATTACHMENT_TWICE = "attachment-twice"
    BAD_ATTACHMENT_TYPE = "bad-attachment-type"
    ATTACHMENT_TOO_LARGE = "attachment-too-large"
    BAD_ATTACHMENT_PAGES = "bad-attachment-pages"
    BAD_COPIES = "bad-copies"
    BAD_RETURN_BY = "bad-return-by"
    NO_DRAFTER = "no-drafter"
    DRAFTER_TOO_LONG = "drafter-too-long"
    RELEASER_IS_DRAFTER = "releaser-is-drafter"
    NO_SECOND_PERSON = "no-second-person"
    SECOND_IS_RELEASER = "second-is-releaser"
    BAD_SECOND_PERSON = "bad-second-person"
    BAD_CHARACTERS = "bad-characters"


def lacking(draft: Draft, releaser: Signatory, now: int, policy: RetentionPolicy | None = None) -> tuple[Lack, ...]:
    """Return everything the draft lacks if `releaser` released it at `now`, in the order of the form."""
    rules = policy or RetentionPolicy()
    found = {
        *_secrecy(draft, now, rules),
        *_urgency(draft, now),
        *_addressees(draft),
        *_subject(draft),
        *_text(draft),
        *_attachments(draft),
        *_circulation(draft, now),
        *_persons(draft, releaser, now),
    }
    if not all(text.is_clean(line, multiline=False) for line in _lines(draft)) or not all(
        text.is_clean(free, multiline=True) for free in (draft.body, draft.summary)
    ):
        found.add(Lack.BAD_CHARACTERS)
    return tuple(lack for lack in Lack if lack in found)


def to_cable(
    draft: Draft,
    *,
    cable_id: CableId,
    origin: StationId,
    number: int,
    symbol: str,
    mrn: str,
    releaser: Signatory,
    now: int,
    annexes: tuple[Annex, ...],
    policy: RetentionPolicy | None = None,
) -> Cable:
    """Return the cable that the draft becomes at its release; Incomplete if it lacks something.

    `annexes` are the sealed forms of the draft's attachments, in their order.
    """
    rules = policy or RetentionPolicy()
    lacks = lacking(draft, releaser, now, rules)
    if lacks or draft.degree is None or draft.urgency is None:
        raise Incomplete(lacks)
    dtg = now - now % 60
    totals_ = totals.count(draft.body, annexes)
    default_end = retention.protect_until(draft.degree, dtg, rules)
    secret = draft.degree is not Degree.UNCLASSIFIED
    return Cable(
        cable_id=cable_id,
        kind=draft.kind,
        origin=origin,
        number=number,
        symbol=symbol,
        mrn=mrn,
        dtg=dtg,
        filed_at=now,
        degree=draft.degree,
        basis=draft.basis,
        protect_until=(draft.protect_until or default_end) if secret else None,
        para_marks=(),
        urg_action=draft.urgency,
        urg_info=draft.urgency,
        urgency_reason=draft.urgency_reason,
        desk_by=draft.desk_by,
        reply_by=draft.reply_by,
        void_after=draft.void_after,
        action_to=draft.action_to,
        info_to=draft.info_to,
        exempt=(),
        named=draft.named,
        caption=draft.caption,
        topics=draft.topics,
        subject=draft.subject,
        subject_in_register=draft.subject_in_register or draft.degree is not Degree.TOP_SECRET,
        refs=draft.refs,
        body=draft.body,
        summary=draft.summary,
        annexes=annexes,
        documents=totals_.documents,
        pages=totals_.pages,
        copies=draft.copies,
        copy_ok=draft.copy_ok,
        return_by=draft.return_by,
        drafter=_drafter(draft, releaser, now),
        clearers=(),
        releaser=releaser,
        sign_prefix=draft.sign_prefix,
        second_person=_second(draft, now),
    )


def tidied(draft: Draft) -> Draft:
    """Return the draft with its free texts composed and rid of characters that may not be sent."""
    return replace(
        draft,
        basis=text.tidy(draft.basis, multiline=False),
        urgency_reason=text.tidy(draft.urgency_reason, multiline=False),
        subject=text.tidy(draft.subject, multiline=False),
        body=text.tidy(draft.body, multiline=True),
        summary=text.tidy(draft.summary, multiline=True),
        drafter_name=text.tidy(draft.drafter_name, multiline=False),
        drafter_title=text.tidy(draft.drafter_title, multiline=False),
        second_person_name=text.tidy(draft.second_person_name, multiline=False),
    )


def _drafter(draft: Draft, releaser: Signatory, now: int) -> Signatory:
    """Return the drafter's line; where the releaser drafted it himself, with his number."""
    unnumbered = Signatory(PersonId(0), draft.drafter_name, draft.drafter_title, now)
    if not clearance.same_person(unnumbered, releaser):
        return unnumbered
    return Signatory(releaser.person, draft.drafter_name, draft.drafter_title, now)


def _second(draft: Draft, now: int) -> Signatory | None:
    if not draft.second_person_name:
        return None
    return Signatory(PersonId(0), draft.second_person_name, "", now)


def _secrecy(draft: Draft, now: int, policy: RetentionPolicy) -> Iterator[Lack]:
    if draft.degree is None:
        yield Lack.NO_DEGREE
        return
    if len(draft.basis) > wire.MAX_BASIS:
        yield Lack.BASIS_TOO_LONG
    if draft.degree is Degree.UNCLASSIFIED:
        if draft.protect_until is not None:
            yield Lack.BAD_PROTECTION
        return
    if not draft.basis.strip():
        yield Lack.NO_BASIS
    until = draft.protect_until
    if until is not None and not retention.is_allowed(draft.degree, now - now % 60, until, policy):
        yield Lack.BAD_PROTECTION


def _urgency(draft: Draft, now: int) -> Iterator[Lack]:
    shortest, longest = wire.REASON_LENGTH
    if draft.urgency is None:
        yield Lack.NO_URGENCY
    if draft.urgency is Urgency.FLASH and len(draft.urgency_reason.strip()) < shortest:
        yield Lack.FLASH_NO_REASON
    if len(draft.urgency_reason) > longest:
        yield Lack.REASON_TOO_LONG
    if not _within(draft.desk_by, now, wire.DESK_BY_WITHIN_S):
        yield Lack.BAD_DESK_BY
    if not _within(draft.reply_by, now, wire.REPLY_BY_WITHIN_S):
        yield Lack.BAD_REPLY_BY
    if not _within(draft.void_after, now, MAX_DATE_WITHIN_S):
        yield Lack.BAD_VOID_AFTER


def _within(time: int | None, now: int, within: int) -> bool:
    # The format counts from the date-time group, which is the start of this minute.
    return time is None or now < time <= now - now % 60 + within


def _addressees(draft: Draft) -> Iterator[Lack]:
    addressed = draft.action_to + draft.info_to
    if not draft.action_to:
        yield Lack.NO_ADDRESSEE
    if max(len(draft.action_to), len(draft.info_to)) > wire.MAX_ADDRESSEES:
        yield Lack.TOO_MANY_ADDRESSEES
    if len(set(addressed)) != len(addressed):
        yield Lack.ADDRESSEE_TWICE
    stations = [named.station for named in draft.named]
    if (
        len(set(stations)) != len(stations)
        or not set(stations) <= set(addressed)
        or not all(1 <= len(named.persons) <= wire.MAX_NAMED_PERSONS for named in draft.named)
        or not all(_is_line(person, wire.MAX_NAME) for named in draft.named for person in named.persons)
    ):
        yield Lack.BAD_NAMED


def _subject(draft: Draft) -> Iterator[Lack]:
    shortest, longest = wire.SUBJECT_LENGTH
    if not _are_words(draft.caption, wire.MAX_CAPTIONS):
        yield Lack.BAD_CAPTION
    if not draft.topics:
        yield Lack.NO_TOPIC
    if not _are_words(draft.topics, wire.MAX_TOPICS):
        yield Lack.BAD_TOPIC
    if not draft.subject.strip():
        yield Lack.NO_SUBJECT
    elif len(draft.subject.strip()) < shortest:
        yield Lack.SUBJECT_TOO_SHORT
    if len(draft.subject) > longest:
        yield Lack.SUBJECT_TOO_LONG
    if (
        len(draft.refs) > wire.MAX_REFERENCES
        or len(set(draft.refs)) != len(draft.refs)
        or not all(wire.MRN.fullmatch(reference.mrn) for reference in draft.refs)
    ):
        yield Lack.BAD_REFERENCE


def _text(draft: Draft) -> Iterator[Lack]:
    if not draft.body.strip():
        yield Lack.NO_BODY
    if len(draft.body) > wire.MAX_BODY:
        yield Lack.BODY_TOO_LONG
    elif totals.body_pages(draft.body) > SUMMARY_ABOVE_PAGES and not draft.summary.strip():
        yield Lack.NO_SUMMARY
    if len(draft.summary) > wire.MAX_SUMMARY:
        yield Lack.SUMMARY_TOO_LONG


def _attachments(draft: Draft) -> Iterator[Lack]:
    attachments = draft.attachments
    if len(attachments) > wire.MAX_ANNEXES:
        yield Lack.TOO_MANY_ATTACHMENTS
    if not all(_is_name(attachment.name) for attachment in attachments):
        yield Lack.BAD_ATTACHMENT_NAME
    if len({attachment.name.casefold() for attachment in attachments}) != len(attachments):
        yield Lack.ATTACHMENT_TWICE
    if not all(wire.MEDIA_TYPE.fullmatch(attachment.media_type) for attachment in attachments):
        yield Lack.BAD_ATTACHMENT_TYPE
    if not all(0 <= attachment.size <= slip.MAX_CONTENT for attachment in attachments):
        yield Lack.ATTACHMENT_TOO_LARGE
    if not all(0 <= attachment.pages <= MAX_ATTACHMENT_PAGES for attachment in attachments):
        yield Lack.BAD_ATTACHMENT_PAGES


def _circulation(draft: Draft, now: int) -> Iterator[Lack]:
    if not 1 <= draft.copies <= wire.MAX_COPIES:
        yield Lack.BAD_COPIES
    if not _within(draft.return_by, now, MAX_DATE_WITHIN_S):
        yield Lack.BAD_RETURN_BY


def _persons(draft: Draft, releaser: Signatory, now: int) -> Iterator[Lack]:
    if not draft.drafter_name.strip():
        yield Lack.NO_DRAFTER
    if len(draft.drafter_name) > wire.MAX_NAME or len(draft.drafter_title) > wire.MAX_TITLE:
        yield Lack.DRAFTER_TOO_LONG
    if draft.second_person_name and not _is_line(draft.second_person_name, wire.MAX_NAME):
        yield Lack.BAD_SECOND_PERSON
    if draft.degree is not None:
        drafter, second = _drafter(draft, releaser, now), _second(draft, now)
        for objection in clearance.separation(draft.degree, drafter, releaser, second):
            yield _LACK_OF[objection]


def _lines(draft: Draft) -> tuple[str, ...]:
    """Return the free texts of one line; what a list or a pattern holds has a lack of its own."""
    return (
        draft.basis,
        draft.urgency_reason,
        draft.subject,
        draft.drafter_name,
        draft.drafter_title,
        draft.second_person_name,
    )


def _is_line(line: str, longest: int) -> bool:
    try:
        text.check(line, 1, longest, "line")
    except FormatError:
        return False
    return True


def _is_name(name: str) -> bool:
    try:
        names.check(name)
    except FormatError:
        return False
    return True


def _are_words(words: tuple[str, ...], most: int) -> bool:
    return len(words) <= most and len(set(words)) == len(words) and all(_is_line(word, wire.MAX_WORD) for word in words)


_LACK_OF = {
    Objection.RELEASER_IS_DRAFTER: Lack.RELEASER_IS_DRAFTER,
    Objection.NO_SECOND_PERSON: Lack.NO_SECOND_PERSON,
    Objection.SECOND_IS_RELEASER: Lack.SECOND_IS_RELEASER,
}
