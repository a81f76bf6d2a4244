"""The build's own files, loaded from where they lie: `packaging` is no package of ours, and a library's name."""

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def load(path: str) -> ModuleType:
    """Load a Python file below `packaging/`."""
    file = ROOT / "packaging" / path
    spec = importlib.util.spec_from_file_location(f"built_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
