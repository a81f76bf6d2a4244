"""Parameters of papers about key material: an item or some of its pages, a person with an office."""

import re

import click

from secmsg.station.material_papers import Lot

Context = click.Context | None
Parameter = click.Parameter | None
_LOT = re.compile(r"([1-9][0-9]{0,8})(?::([0-9]{1,4})-([0-9]{1,4}))?")


class LotOf(click.ParamType[Lot]):
    """ITEM or ITEM:FIRST-LAST, by register number and page numbers without their check figures."""

    name = "item[:first-last]"

    def convert(self, value: object, param: Parameter, ctx: Context) -> Lot:
        """Split the text."""
        if isinstance(value, Lot):
            return value
        found = _LOT.fullmatch(str(value))
        if found is None or (found[2] and not 1 <= int(found[2]) <= int(found[3])):
            self.fail(f"{value!r} is not like 17 or 17:1-41", param, ctx)
        return Lot(int(found[1]), int(found[2] or 0), int(found[3] or 0))


class Person(click.ParamType[tuple[str, str]]):
    """NAME or NAME=OFFICE."""

    name = "name[=office]"

    def convert(self, value: object, param: Parameter, ctx: Context) -> tuple[str, str]:
        """Part the name from the office."""
        if isinstance(value, tuple):
            return str(value[0]), str(value[1])
        name, _, office = str(value).partition("=")
        if not name.strip():
            self.fail("a person has a name", param, ctx)
        return name.strip(), office.strip()
