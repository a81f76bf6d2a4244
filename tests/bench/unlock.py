"""A vault with every slot taken beside one with a single officer: one stretch of the passphrase for all slots."""

import tempfile
from pathlib import Path

from secmsg.crypto import passphrase
from secmsg.crypto.randomness import secret, system
from secmsg.crypto.secret import Secret
from secmsg.store import vault
from secmsg.store.vault import Passphrase
from tests.bench.rows import Row, interleaved, ratio, table, walls

FIRST = Passphrase(Secret(b"the passphrase of the first officer"), None)


def run(size: int, rounds: int) -> None:
    """Open both vaults in turn at the cost of production, the fuller one by its last officer; there is no `size`."""
    last = Passphrase(Secret(b"the passphrase of officer 5"), None)
    with tempfile.TemporaryDirectory() as name:
        paths = {each: Path(name) / each for each in ("one", "eight")}
        for path in paths.values():
            master = secret(system, vault.KEY_SIZE)
            vault.create(path, bytes(16), master, FIRST, cost=passphrase.PRODUCTION, random=system)
        opened = vault.open_(paths["eight"], FIRST, floor=passphrase.PRODUCTION, random=system)
        for number in range(vault.SLOTS - 2):
            officer = Passphrase(Secret(b"the passphrase of officer %d" % number), None)
            vault.add_officer(paths["eight"], opened, officer, random=system)
        found = interleaved(
            {
                "one": lambda: vault.open_(paths["one"], FIRST, floor=passphrase.PRODUCTION, random=system),
                "eight": lambda: vault.open_(paths["eight"], last, floor=passphrase.PRODUCTION, random=system),
            },
            rounds,
        )
    ours, peer = walls(found["eight"]), walls(found["one"])
    middle, low, high = ratio(peer, ours)
    row = Row(
        "unlock, all 8 slots taken, by the last officer", f"{sorted(ours)[len(ours) // 2]:.3f} s",
        f"one officer: {sorted(peer)[len(peer) // 2]:.3f} s", middle, low, high, "≥ 0.95 (no slower)",
    )  # fmt: skip
    print(table([row]))
