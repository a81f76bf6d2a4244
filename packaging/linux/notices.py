"""The notices of third parties: who made what is in a package, under which licence, with the words of each."""

from importlib import metadata
from pathlib import Path

from inventory import Part

_HEAD = """Third-party notices of {package} {version}

This package holds the works listed here, each under its own licence. The texts of the licences follow the list, each
once. What is said to be built into another work came inside it, as its maker delivered it.

"""
_QT = """\
Qt and PySide6 (Qt for Python), with shiboken6, are used under the GNU Lesser General Public License, version 3. They
are separate, dynamically loaded files in {folder}/_internal/PySide6 and {folder}/_internal/shiboken6, and may be
replaced there by builds of your own with the same interface; packaging/README.md of the program's source says how.
Nothing in the licence of this program forbids to change them, or to study them for that purpose. Their source is
published by The Qt Company under the versions named below (Qt, PySide6_Essentials, shiboken6). Whoever passes this
package on offers that source, on request and for at least three years, at no more than the cost of giving it.

"""
_NAMES = ("licen", "copying", "notice", "copyright")


def write(target: Path, package: str, version: str, folder: str, parts: list[Part]) -> None:
    """Write the notices of one package."""
    lines = [_HEAD.format(package=package, version=version)]
    if any(part.name == "Qt" for part in parts):
        lines.append(_QT.format(folder=folder))
    for part in parts:
        where = f", built into {part.inside}" if part.inside else ""
        lines.append(f"{part.name} {part.version}{where}: {part.licence or 'see the text below'}\n")
    texts: dict[str, list[str]] = {}
    for part in parts:
        if part.purl.startswith("pkg:pypi/") and not part.inside:
            for name, text in _texts(part):
                texts.setdefault(text, []).append(f"{part.name}: {name}")
        if part.purl.startswith("pkg:deb/"):
            text = (Path("/usr/share/doc") / part.name / "copyright").read_text(encoding="utf-8", errors="replace")
            texts.setdefault(text, []).append(f"{part.name}: copyright")
    for name in ("LGPL-3", "GPL-3"):
        common = Path("/usr/share/common-licenses") / name
        if any(part.name == "Qt" for part in parts) and common.is_file():
            texts.setdefault(common.read_text(encoding="utf-8"), []).append(f"PySide6, shiboken6, Qt: {name}")
    for text, whose in sorted(texts.items(), key=lambda each: each[1][0].lower()):
        lines.append(f"\n{'=' * 100}\n{chr(10).join(sorted(whose))}\n{'-' * 100}\n{text.strip()}\n")
    target.write_text("".join(lines), encoding="utf-8")


def without_text(parts: list[Part]) -> list[str]:
    """Name the works whose licence asks for its text to go along and whose maker put none into the wheel."""
    wheels = [part for part in parts if part.purl.startswith("pkg:pypi/") and not part.inside]
    return [
        part.name for part in wheels if not list(_texts(part)) and part.name not in {"PySide6_Essentials", "shiboken6"}
    ]


def _texts(part: Part) -> list[tuple[str, str]]:
    name = "pyinstaller" if part.name == "pyinstaller-bootloader" else part.name
    found = []
    for file in sorted(metadata.files(name) or [], key=str):
        inside = str(file).partition(".dist-info/")[2]
        if inside and any(word in inside.lower() for word in _NAMES) and "/__pycache__/" not in inside:
            found.append((inside, Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")))
    return found
