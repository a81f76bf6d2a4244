"""`secmsg station relays`: the relays that this station uses, and how one is switched off, added or taken out."""

from pathlib import Path

import click

from secmsg.commands.access import Access
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.printing import print_json, print_table
from secmsg.errors import EnrolmentError
from secmsg.station import relaying
from secmsg.station.relaying import RelayAccess


@click.group()
def relays() -> None:
    """List this station's relays, switch one off or on, add one, take one out for good."""


@relays.command("list")
@home_option
@way_options
@json_option
def listing(*, home: Path, way: Way, as_json: bool) -> None:
    """List the relays in the order in which they are used."""
    with opened_station(home, way) as opened:
        found = opened.relays()
    if as_json:
        print_json(found)
        return
    rows = (
        (each.name, each.base_url, "on" if each.enabled else "off", f"{each.holds}", each.fingerprint) for each in found
    )
    print_table(("relay", "address", "is", "unproven", "fingerprint"), rows, "this station has no relay")


@relays.command()
@home_option
@way_options
@click.argument("name")
def off(*, home: Path, way: Way, name: str) -> None:
    """Switch a relay off: nothing is sent or fetched by it until it is switched on again."""
    with opened_station(home, way) as opened:
        opened.switch_relay(name, enabled=False)
        left = [each.name for each in opened.relays() if each.enabled]
    click.echo(f"{name} is off; in use: {', '.join(left) or 'none, everything waits'}")


@relays.command()
@home_option
@way_options
@click.argument("name")
def on(*, home: Path, way: Way, name: str) -> None:
    """Switch a relay on again."""
    with opened_station(home, way) as opened:
        opened.switch_relay(name, enabled=True)
    click.echo(f"{name} is on")


@relays.command()
@click.argument("access", type=Access())
def fingerprint(*, access: RelayAccess) -> None:
    """Print the groups by which two persons compare a relay's access, at the relay and at the station."""
    click.echo(relaying.fingerprint(access))


@relays.command()
@home_option
@way_options
@click.option("--first", is_flag=True, help="Use it before all others.")
@click.option(
    "--fingerprint", "read_out", help="Its groups as the relay's keeper read them out, instead of a question."
)
@click.argument("access", type=Access())
def add(*, home: Path, way: Way, first: bool, read_out: str | None, access: RelayAccess) -> None:
    """Add a relay after its fingerprint was compared; what is on its way is offered to it too."""
    with opened_station(home, way) as opened:
        shown = opened.check_relay(access)
        if read_out is None:
            click.echo(f"fingerprint of {access.name}: {shown}", err=True)
            same = click.confirm("Does the relay's keeper read out the same groups?", err=True)
        else:
            same = read_out.split() == shown.split()
        if not same:
            raise EnrolmentError("the fingerprints differ: the relay was not added")
        opened.add_relay(access, 0 if first else None)
    click.echo(f"{access.name} is added")


@relays.command()
@home_option
@way_options
@click.argument("name")
def remove(*, home: Path, way: Way, name: str) -> None:
    """Take a relay out for good; what only it had taken goes another way."""
    with opened_station(home, way) as opened:
        opened.remove_relay(name)
    click.echo(f"{name} is taken out; tell the posts that write to this one")
