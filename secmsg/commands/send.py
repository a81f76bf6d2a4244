"""`secmsg send`: a cable from options and files, released at once."""

from collections.abc import Iterable
from pathlib import Path

import click

from secmsg import vietnamese
from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.attachments import looked_into
from secmsg.commands.choices import Attachment, Moment, OneOf, ReferenceTo
from secmsg.commands.printing import print_json
from secmsg.errors import NotFound, NotListed
from secmsg.ids import StationId
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.station.views import Addressee
from secmsg.wire.cable import MAX_BODY, Degree, Kind, Reference, SignPrefix, Urgency

MAX_TEXT_BYTES = 4 * MAX_BODY
"""UTF-8 needs at most four bytes for a character; the cable's own bound counts characters."""

_Text = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)


@click.command()
@home_option
@way_options
@json_option
@click.option("--to", multiple=True, required=True, help="Addressee for action, by number or name; repeat for more.")
@click.option("--info", multiple=True, help="Addressee for information.")
@click.option("--kind", type=OneOf(Kind.CABLE, Kind.TELEGRAM), default=Kind.CABLE)
@click.option("--degree", type=OneOf(*Degree), required=True, help="There is no default.")
@click.option("--basis", default="", help="Why it has its degree: the item of the list. Mandatory for a secret.")
@click.option("--protect-until", type=Moment(), help="Default: the term of the degree.")
@click.option("--urgency", type=OneOf(*Urgency), default=Urgency.ROUTINE)
@click.option("--urgency-reason", default="", help="Mandatory for flash.")
@click.option("--desk-by", type=Moment())
@click.option("--reply-by", type=Moment())
@click.option("--void-after", type=Moment())
@click.option("--caption", multiple=True, help="Whom it may be shown to.")
@click.option("--topic", multiple=True, required=True)
@click.option("--subject", default="", help="3 to 200 characters. Others on this machine may see it: --subject-file.")
@click.option("--subject-file", type=_Text, help="The subject is the first line of this file.")
@click.option("--subject-in-register", is_flag=True, help="Enter the subject of a top-secret cable too.")
@click.option("--ref", type=ReferenceTo(), multiple=True, help='For example reply="26 PARIS 045".')
@click.option("--body-file", type=_Text, required=True, help="The text; - reads it from standard input.")
@click.option("--summary-file", type=_Text, help="Mandatory above three pages.")
@click.option("--attach", type=Attachment(), multiple=True)
@click.option("--keep-metadata", is_flag=True, help="Send attachments as they are on the disk.")
@click.option("--copies", type=click.IntRange(1, 99), default=1, show_default=True)
@click.option("--copy-ok", is_flag=True, help="It may be copied.")
@click.option("--return-by", type=Moment(), help="It is to be given back by then.")
@click.option("--drafter", required=True, help="Who drafted it.")
@click.option("--drafter-title", default="")
@click.option("--prefix", type=OneOf(*SignPrefix), default=SignPrefix.NONE, help="In whose stead it is signed.")
@click.option("--second-person", default="", help="Mandatory for top-secret.")
def send(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    to: tuple[str, ...],
    info: tuple[str, ...],
    kind: Kind,
    degree: Degree,
    basis: str,
    protect_until: int | None,
    urgency: Urgency,
    urgency_reason: str,
    desk_by: int | None,
    reply_by: int | None,
    void_after: int | None,
    caption: tuple[str, ...],
    topic: tuple[str, ...],
    subject: str,
    subject_file: Path | None,
    subject_in_register: bool,
    ref: tuple[Reference, ...],
    body_file: Path,
    summary_file: Path | None,
    attach: tuple[DraftAttachment, ...],
    keep_metadata: bool,
    copies: int,
    copy_ok: bool,
    return_by: int | None,
    drafter: str,
    drafter_title: str,
    prefix: SignPrefix,
    second_person: str,
) -> None:
    """Release a cable: it is numbered, entered, signed, sealed and put into the outbox for `secmsg sync`."""
    if bool(subject) == (subject_file is not None):
        raise click.UsageError("one of --subject and --subject-file is needed")
    body = files.read_text(body_file, MAX_TEXT_BYTES)
    summary = "" if summary_file is None else files.read_text(summary_file, MAX_TEXT_BYTES)
    line = subject if subject_file is None else files.first_line(subject_file, MAX_TEXT_BYTES)
    attachments = attach if keep_metadata else tuple(looked_into(each) for each in attach)
    with opened_station(home, way) as station:
        known = station.addressees()
        released = station.release(
            Draft(
                kind=kind,
                degree=degree,
                basis=basis,
                protect_until=protect_until,
                urgency=urgency,
                urgency_reason=urgency_reason,
                desk_by=desk_by,
                reply_by=reply_by,
                void_after=void_after,
                action_to=addressed(to, known),
                info_to=addressed(info, known),
                caption=caption,
                topics=topic,
                subject=vietnamese.nfc(line),
                subject_in_register=subject_in_register,
                refs=ref,
                body=vietnamese.nfc(body),
                summary=vietnamese.nfc(summary),
                attachments=attachments,
                copies=copies,
                copy_ok=copy_ok,
                return_by=return_by,
                drafter_name=vietnamese.nfc(drafter),
                drafter_title=vietnamese.nfc(drafter_title),
                sign_prefix=prefix,
                second_person_name=vietnamese.nfc(second_person),
            )
        )
    if as_json:
        print_json(released)
    else:
        click.echo(f"released {released.mrn} as number {released.number}, cable {released.cable_id.hex()}")


def addressed(wanted: Iterable[str], known: tuple[Addressee, ...]) -> tuple[StationId, ...]:
    """Find stations by number or name; NotListed, NotFound."""
    return tuple(_find(each, known) for each in wanted)


def _find(wanted: str, known: tuple[Addressee, ...]) -> StationId:
    """Find a station by number, or by a name in either language with or without tone marks."""
    folded = vietnamese.fold(wanted)
    found = [
        each.station
        for each in known
        if wanted == str(each.station) or folded in {vietnamese.fold(each.name_vi), vietnamese.fold(each.name_en)}
    ]
    if not found:
        raise NotListed(f"no station of the directory held here is called {wanted!r}")
    if len(found) > 1:
        raise NotFound(f"more than one station is called {wanted!r}, name it by its number")
    return found[0]
