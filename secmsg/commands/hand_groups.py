"""`secmsg hand groups`: any sealed packet as groups, base45, QR codes or a fax sheet, and back, without a profile.

What comes back is not proven here: only the station that opens the packet proves it (`secmsg thin read`).
"""

import base64
import binascii
import re
from pathlib import Path

import click

from secmsg.commands import files, hearing, packet_forms
from secmsg.commands.asking import json_option
from secmsg.commands.packet_forms import Form
from secmsg.commands.printing import Json, print_json
from secmsg.errors import FormatError
from secmsg.wire import base45_text, groups
from secmsg.wire.groups import Link, Recovered, Wanted

_Source = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_MAX_ENCODED = 8_192


@click.command("groups")
@click.option("--encode", "way", flag_value="encode", help="Write a packet.")
@click.option("--decode", "way", flag_value="decode", help="Read what came.")
@packet_forms.link_option
@click.option(
    "--as", "form", type=click.Choice([each.value for each in Form]), default=Form.GROUPS.value, show_default=True
)
@click.option("--parity", type=click.IntRange(0, groups.MAX_PARITY), help="Groups of parity, instead of --link.")
@packet_forms.spoken_option
@click.option("--out", type=click.Path(path_type=Path), help="A new file: of codes or sheets, or of the packet.")
@json_option
@click.argument("source", nargs=-1, required=True, type=_Source)
def groups_(
    *,
    way: str | None,
    link: str | None,
    form: str,
    parity: int | None,
    spoken: bool,
    out: Path | None,
    as_json: bool,
    source: tuple[Path, ...],
) -> None:
    """Write a packet (raw, hexadecimal or base64) for a line that loses groups, or read what came over it.

    SOURCE is a file, or - for standard input; to decode there may be several: texts and pictures of QR codes.
    Groups that were asked for may be added to the text by their numbers: 17=45231.
    """
    if way is None:
        raise click.UsageError("one of --encode and --decode is needed")
    if way == "encode":
        if len(source) != 1:
            raise click.UsageError("--encode takes one file")
        chosen = Link(link) if link else Link.FAX if form == Form.FAX.value else Link.TELEPHONE
        packet = packet_of(files.read(source[0], _MAX_ENCODED))
        _encode(packet, Form(form), packet_forms.parity(packet, chosen, parity), out, spoken=spoken, as_json=as_json)
    else:
        _decode(source, out, as_json=as_json)


def packet_of(data: bytes) -> bytes:
    """Return the bytes of a packet that is raw, in hexadecimal or in base64; a sealed one is neither by chance."""
    text = re.sub(rb"\s", b"", data)
    try:
        if re.fullmatch(rb"(?:[0-9A-Fa-f]{2})+", text):
            return bytes.fromhex(text.decode("ascii"))
        if re.fullmatch(rb"[A-Za-z0-9+/_-]+={0,2}", text):
            return base64.b64decode(text.translate(bytes.maketrans(b"-_", b"+/")), validate=True)
    except binascii.Error:
        raise FormatError("the packet is neither raw bytes nor whole base64") from None
    return data


def _encode(packet: bytes, form: Form, parity: int, out: Path | None, *, spoken: bool, as_json: bool) -> None:
    if packet_forms.is_file(form):
        if out is None:
            raise click.UsageError(f"--as {form.value} writes files: --out says where, without their ending")
        made = [str(path) for path in packet_forms.write(packet, form, parity, out)]
        if as_json:
            print_json({"bytes": len(packet), "files": made})
        else:
            click.echo("\n".join(f"written {path}" for path in made))
        return
    if as_json:
        print_json(_told(packet, form, parity))
        return
    text = "\n".join(packet_forms.lines(packet, form, parity, spoken=spoken)) + "\n"
    click.echo(text if out is None else f"written {files.make(out, text.encode())}", nl=out is not None)


def _told(packet: bytes, form: Form, parity: int) -> dict[str, object]:
    if form is Form.BASE45:
        return {"bytes": len(packet), "parts": base45_text.encode(packet, base45_text.SMS_BYTES)}
    spoken = groups.encode(packet, parity)
    return {"bytes": len(packet), "parity": parity, "groups": spoken, "lines": groups.lines(spoken)}


def _decode(source: tuple[Path, ...], out: Path | None, *, as_json: bool) -> None:
    outcomes = [each.heard() for each in hearing.given(source)]
    if len(outcomes) != 1:
        raise FormatError(f"{len(outcomes)} packets where one is read")
    (outcome,) = outcomes
    if as_json:
        print_json(_outcome(outcome))
        if isinstance(outcome, Wanted):
            click.get_current_context().exit(FormatError.exit_code)
        return
    if isinstance(outcome, Wanted):
        raise FormatError(groups.asked(outcome))
    again = hearing.put_right(outcome)
    if again:
        click.echo(f"# put right: {again}", err=True)
    click.echo("# NOT PROVEN: only the station that opens the packet proves it", err=True)
    click.echo(outcome.packet.hex() if out is None else f"written {files.make(out, outcome.packet)}")


def _outcome(outcome: Recovered | Wanted) -> dict[str, Json]:
    """Say what came out, for a program; the packet is nobody's word until it is opened."""

    def names(places: tuple[int, ...]) -> list[Json]:
        return [groups.name(place) for place in places]

    if isinstance(outcome, Wanted):
        return {"packet": None, "ask": names(outcome.places), "enough": outcome.enough}
    return {
        "packet": outcome.packet.hex(),
        "bytes": len(outcome.packet),
        "wrong": names(outcome.wrong),
        "changed": names(outcome.changed),
        "proven": False,
    }
