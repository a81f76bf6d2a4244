"""Write every file of vectors anew, and the examples of the pages from them: `python -m tests.vectors`.

`--check` writes nothing and says which files differ.

Every `make_*.py` beside this file has `made()`, which returns the texts of its files by their names.
"""

import importlib
import sys

from tests.vectors import examples, frame, recorded


def made() -> dict[str, str]:
    """Let every maker work; two that write one file are a mistake."""
    texts: dict[str, str] = {}
    with recorded.signatures():
        for maker in sorted(frame.FOLDER.glob("make_*.py")):
            for name, text in importlib.import_module(f"tests.vectors.{maker.stem}").made().items():
                assert name not in texts, f"{name}: a second maker, {maker.stem}"
                texts[name] = text
    return texts


def main(*arguments: str) -> int:
    """Write, or check: 1 when a file differs or has no maker."""
    texts, differs = made(), []
    for name in sorted(texts.keys() | set(frame.names())):
        path = frame.FOLDER / f"{name}.json"
        if name in texts and path.exists() and path.read_text("utf-8") == texts[name]:
            continue
        differs.append(name)
        if name in texts and "--check" not in arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_text(texts[name], "utf-8")
    for page in [] if "--check" in arguments else sorted(frame.SPEC.glob("*.md")):
        page.write_text(examples.printed(page.read_text("utf-8")), "utf-8")
    for name in differs:
        print(f"vectors: {name}.json {'is not what its maker writes' if name in texts else 'has no maker'}")
    print(frame.summary())
    lacks_maker = set(differs) - texts.keys()
    return 1 if lacks_maker or (differs and "--check" in arguments) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
