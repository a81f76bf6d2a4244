"""Print the ten largest files, functions and classes of secmsg and ui: a mirror, not a gate."""

import ast
from pathlib import Path


def main() -> None:
    files: list[tuple[int, str]] = []
    functions: list[tuple[int, str]] = []
    classes: list[tuple[int, str]] = []
    for path in sorted([*Path("secmsg").rglob("*.py"), *Path("ui").rglob("*.py")]):
        text = path.read_text(encoding="utf-8")
        files.append((text.count("\n"), str(path)))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                rows = classes if isinstance(node, ast.ClassDef) else functions
                rows.append(((node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.lineno} {node.name}"))
    for title, rows in (("files", files), ("functions", functions), ("classes", classes)):
        print(f"{title} ({len(rows)}, median {sorted(rows)[len(rows) // 2][0] if rows else 0} lines)")
        for lines, name in sorted(rows, reverse=True)[:10]:
            print(f"  {lines:5} {name}")


if __name__ == "__main__":
    main()
