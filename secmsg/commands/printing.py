"""How commands print: tables for the eye, JSON for programs, whose keys are those of the station's views."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TypeAlias

import click

from secmsg.station.views import StationStatus

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def word(choice: Enum) -> str:
    """Return an enum's member as the command line writes it: `TOP_SECRET` is top-secret."""
    return choice.name.lower().replace("_", "-")


def moment(at: int | None) -> str:
    """Return UTC seconds as a time with its zone, "-" for none."""
    return "-" if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%MZ")


def plain(value: object) -> Json:
    """Turn a frozen value into what JSON can say: times in UTC seconds, bytes as hex, enums as words."""
    match value:
        case Enum():
            return word(value)
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return value.hex()
        case Path():
            return str(value)
        case tuple() | list():
            return [plain(item) for item in value]
        case dict():
            return {str(name): plain(item) for name, item in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")


def not_listed(status: StationStatus) -> str:
    """Say that a station was dismissed, and what it can still do."""
    return (
        f"this device is not listed in edition {status.edition}: "
        "it keeps and shows what it has, and sends and fetches no more"
    )


def print_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1))


def print_json_line(value: object) -> None:
    """Print one JSON document on a line of its own, for a stream."""
    click.echo(json.dumps(plain(value), ensure_ascii=False))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], nothing: str) -> None:
    """Print aligned columns, or say that there is nothing."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    if len(lines) == 1:
        click.echo(nothing)
        return
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
