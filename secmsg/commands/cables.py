"""`secmsg show`, `export` and `acknowledge`: one cable."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.listing import find_cable
from secmsg.commands.printing import moment, print_json, word
from secmsg.office import circulars
from secmsg.office.circulars import Standing
from secmsg.station.views import AttachmentState, AttachmentView, CableView, Opening, Verification
from secmsg.wire.cable import Cable, Degree

_NONE = "-"
_OPENED = {
    Standing.OTHER: "ANOTHER CONTENT: ask there by another way",
    Standing.NOT_YET: "not yet",
    Standing.UNNAMED: "its receipt names no content",
}


@click.command()
@home_option
@way_options
@json_option
@click.argument("cable")
def show(*, home: Path, way: Way, as_json: bool, cable: str) -> None:
    """Show a cable, named by its number ("26 PARIS 045") or its id; an incoming one is then read."""
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        if row.incoming:
            station.mark_read(row.cable_id)
        view = station.read(row.cable_id)
    if as_json:
        print_json(view)
    else:
        print_view(view)


@click.command()
@home_option
@way_options
@json_option
@click.option(
    "--annex", type=click.IntRange(1), multiple=True, help="Only this annex, counted from 1; repeat for more."
)
@click.option("--text", is_flag=True, help="The cable's text with all its fields instead of its annexes.")
@click.argument("cable")
@click.argument("target", type=click.Path(path_type=Path))
def export(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    annex: tuple[int, ...],
    text: bool,
    cable: str,
    target: Path,
) -> None:
    """Decipher a cable's annexes into a folder, or one into a file that is not there yet.

    What is written is no longer protected by the store.
    """
    if text and annex:
        raise click.UsageError("--text and --annex exclude each other")
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        if text:
            written = [station.export_text(row.cable_id, target)]
        else:
            chosen = [number - 1 for number in annex] or list(range(row.annexes))
            if len(chosen) != 1 and not target.is_dir():
                raise click.UsageError(f"{target} is not a folder, and the cable has {len(chosen)} annexes to write")
            written = [station.export(row.cable_id, index, target) for index in chosen]
    if as_json:
        print_json(written)
    else:
        for path in written:
            click.echo(f"written {path}")


@click.command()
@home_option
@way_options
@click.argument("cable")
def acknowledge(*, home: Path, way: Way, cable: str) -> None:
    """Sign that a person has an incoming cable (`secmsg sync` carries the receipt)."""
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        station.acknowledge(row.cable_id)
    click.echo(f"acknowledged {row.mrn}")


def print_view(view: CableView) -> None:
    """Print one cable in full."""
    cable, proof = view.cable, view.verification
    for head, text in (
        ("cable", f"{cable.mrn}  {cable.symbol}  {view.row.cable_id.hex()}"),
        ("kind", word(cable.kind)),
        ("from", view.origin_name),
        ("to", ", ".join(view.action_names)),
        ("info", ", ".join(view.info_names) or _NONE),
        ("released", moment(cable.dtg)),
        ("degree", _degree(cable)),
        ("urgency", f"{word(cable.urg_action)}  {cable.urgency_reason}".rstrip()),
        ("caption", ", ".join(cable.caption) or _NONE),
        ("topics", ", ".join(cable.topics)),
        ("reply by", moment(cable.reply_by)),
        ("references", ", ".join(f"{word(each.link)} {each.mrn}" for each in cable.refs) or _NONE),
        ("drafter", f"{cable.drafter.name}, {cable.drafter.title}".rstrip(", ")),
        ("releaser", f"{cable.releaser.name}, {cable.releaser.title}".rstrip(", ")),
        ("copies", f"{cable.copies}, {'may' if cable.copy_ok else 'may not'} be copied"),
        ("pages", f"{cable.pages} in {cable.documents} documents"),
        ("subject", cable.subject),
    ):
        click.echo(f"{head:12}{text}")
    if proof.unsigned:
        _print_unsigned(view)
    else:
        signature = "verified" if proof.signature_ok else "NOT VERIFIED"
        click.echo(
            f"{'signature':12}{signature}: {proof.person_name}, {proof.person_title}, {proof.station_name}, "
            f"edition {proof.edition}"
        )
    if view.sent_from is not None:
        click.echo(f"{'copy':12}sent from machine {view.sent_from} of this station")
    for doubt in proof.doubts:
        click.echo(f"{'doubt':12}{word(doubt)}")
    if view.row.incoming and not proof.unsigned:
        carrier = "pouch" if proof.by_pouch else proof.relay_name
        way = f"by {carrier}, serial {proof.serial}, {_place(proof)}"
        click.echo(f"{'received':12}{moment(proof.received_at)} {way}")
    if cable.summary:
        click.echo(f"\n{cable.summary}")
    click.echo(f"\n{cable.body}\n")
    if view.thin_text:
        way = "by hand" if proof.by_hand else "by thin packets"
        click.echo(f"What came {way} says something else, ask by voice:\n\n{view.thin_text}\n")
    for number, each in enumerate(view.attachments, 1):
        click.echo(f"{f'annex {number}':12}{each.name}  {each.size} bytes  {each.pages} pages  {_stands(each)}")
    for receipt in view.receipts:
        rung = f"{word(receipt.level)}  {moment(receipt.at)}  {receipt.evidence}"
        click.echo(f"{'receipt':12}{receipt.station_name}  {rung}")
    if view.openings:
        _print_openings(view.openings)


def _print_openings(openings: tuple[Opening, ...]) -> None:
    """Say how many machines have opened the same of a released cable, and name every other one."""
    tally = circulars.tally(each.standing for each in openings)
    click.echo(f"{'opened':12}the same by {tally.same} of {tally.machines} machines")
    for each in openings:
        if each.standing is not Standing.SAME:
            click.echo(f"{'':12}{each.station_name}, machine {each.device}: {_OPENED[each.standing]}")


def _print_unsigned(view: CableView) -> None:
    """Say of a cable by thin packets or by hand what is proven, and that it is no person's signature."""
    proof = view.verification
    if proof.by_hand:
        click.echo(
            f"{'signature':12}NOT SIGNED YET: the tag is right, so who holds the pages of {proof.station_name} wrote it"
        )
        click.echo(f"{'received':12}{moment(proof.received_at)} by hand, serial {proof.serial}")
        return
    click.echo(f"{'signature':12}NOT SIGNED YET: the session of a machine of {proof.station_name}, no person")
    click.echo(f"{'received':12}{moment(proof.received_at)} by thin packets, serial {proof.serial}")


def _place(proof: Verification) -> str:
    """Say what is known of a cable's place in the chain of its pair."""
    if proof.in_order_after == 0:
        return "the first"
    if proof.in_order_after is None:
        return "something before it is missing"
    return f"follows {proof.in_order_after}"


def _degree(cable: Cable) -> str:
    if cable.degree is Degree.UNCLASSIFIED:
        return word(cable.degree)
    return f"{word(cable.degree)} until {moment(cable.protect_until)}, {cable.basis}"


def _stands(each: AttachmentView) -> str:
    parts = [word(each.state)]
    if each.total:
        sent = "" if each.state is AttachmentState.DOWNLOADING else ", sent"
        parts.append(f"{sent} {each.done} of {each.total} bytes".replace("  ", " "))
    if each.paused:
        parts.append(", paused")
    return "".join(parts)
