"""The bill of materials of a package: CycloneDX 1.6, checked against its schema, the same bytes for the same build."""

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from inventory import Part, digest

_SPACE = uuid.UUID("5b1f6f0e-8f0b-5d0e-9f5b-7a6f4f0d9c11")


def write(target: Path, package: str, version: str, parts: list[Part], root: Path, epoch: int) -> None:
    """Write the bill of one package; ValueError when the schema refuses it."""
    components = [_component(part, root) for part in parts]
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "application", "name": package, "version": version, "bom-ref": package},
        },
        "components": components,
        "dependencies": _tree(package, parts),
    }
    body["serialNumber"] = f"urn:uuid:{uuid.uuid5(_SPACE, json.dumps(body, sort_keys=True))}"
    text = json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if (wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)) is not None:
        raise ValueError(f"the bill of {package} is not in the form of its schema: {wrong}")
    target.write_text(text, encoding="utf-8")


def _reference(part: Part) -> str:
    return f"{part.inside}/{part.purl}" if part.inside else part.purl


def _component(part: Part, root: Path) -> dict[str, object]:
    properties = [{"name": "secmsg:version-known-by", "value": part.how}]
    if part.inside:
        properties.append({"name": "secmsg:built-into", "value": part.inside})
    for place in part.files:
        file = root / "_internal" / place
        file = file if file.is_file() else root / place
        properties.append({"name": "secmsg:file", "value": f"{place} sha256:{digest(file)}"})
    made: dict[str, object] = {
        "type": "library",
        "bom-ref": _reference(part),
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "properties": properties,
    }
    if part.licence:
        made["licenses"] = [{"license": {"name": part.licence}}]
    return made


def _tree(package: str, parts: list[Part]) -> list[dict[str, object]]:
    inside: dict[str, list[str]] = {}
    for part in parts:
        inside.setdefault(part.inside, []).append(_reference(part))
    own = {part.name: _reference(part) for part in parts if not part.inside}
    tree: list[dict[str, object]] = [{"ref": package, "dependsOn": sorted(inside.get("", []))}]
    tree += [{"ref": own[name], "dependsOn": sorted(refs)} for name, refs in sorted(inside.items()) if name in own]
    return tree
