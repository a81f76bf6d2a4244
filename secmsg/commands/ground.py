"""What a run of the command line stands on: an installed program's policy, unless a test brings another."""

from dataclasses import dataclass, field

import click

from secmsg.config import PRODUCTION, Policy


@dataclass(frozen=True, slots=True)
class Ground:
    """Click carries it as the context's object from `main` to every command."""

    policy: Policy = field(default_factory=lambda: PRODUCTION)


def policy() -> Policy:
    """Return the settings that this run stands on."""
    ground = click.get_current_context().find_object(Ground)
    return PRODUCTION if ground is None else ground.policy
