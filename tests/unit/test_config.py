"""The settings of an installed program are not weaker than the design asks."""

from secmsg.config import PRODUCTION


def test_production_stretches_passphrases_at_full_cost_and_accepts_no_less() -> None:
    stretching = PRODUCTION.key_stretching

    assert stretching.memory_kib >= 262_144
    assert stretching.passes >= 3
    assert (stretching.floor_memory_kib, stretching.floor_passes) == (
        stretching.memory_kib,
        stretching.passes,
    )


def test_private_prekeys_outlive_the_public_ones() -> None:
    assert PRODUCTION.prekeys.signed_keep_s > PRODUCTION.prekeys.signed_life_s
    assert PRODUCTION.prekeys.refill_below < PRODUCTION.prekeys.batch


def test_the_relay_answers_a_long_poll_before_the_link_gives_up() -> None:
    assert PRODUCTION.link.poll_s <= 55
    assert PRODUCTION.link.poll_s < PRODUCTION.link.read_s
