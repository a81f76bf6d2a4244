"""Keys of the windows of the hand cipher, for the windows and for the key sheet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """What a key does, in English, and the keys."""

    source: str
    keys: tuple[str, ...]
