"""A short round of `make hand`, and what holds it to account: published examples, and attacks that do work."""

import math
import random

import pytest

from secmsg.digits import damm
from secmsg.manual import checks
from secmsg.manual.tag import sheet
from tests.hand import forgeries, slips


def test_the_figures_compared_are_the_published_ones() -> None:
    # Damm's dissertation; the worked examples of Luhn's figure and of ISO 7064's.
    assert damm(map(int, "572")) == 4
    assert slips.luhn("7992739871") == 3
    assert slips.iso_7064_11_10("0794") == 5


def test_the_seeded_figure_finds_what_the_page_promises() -> None:
    scheme = slips.Scheme("Damm from the seed")
    values = range(0, 10_000, 37)

    for slip in (slips.one_figure, slips.swap):
        found = slips.inside(scheme, slip, values, range(3))
        assert found.found == found.made > 10_000 / 4
    for slip in (slips.jump, slips.twins):
        assert 0.8 < slips.inside(scheme, slip, values, range(3)).share < 1
    assert 0.85 < slips.garbled(scheme, 2_000).share < 0.95
    for change in slips.WHOLE.values():
        found = slips.whole(scheme, change, 100)
        assert found.found == found.made > 90


def test_the_others_do_not() -> None:
    # The controls: what the table prints for them is not what any figure would get.
    plain, luhn, total = (slips.Scheme(name) for name in ("Damm", "Luhn", "sum"))
    for change in slips.WHOLE.values():
        assert [slips.whole(each, change, 20).found for each in (plain, luhn, total)] == [0, 0, 0]
    values = range(0, 10_000, 37)
    assert slips.inside(luhn, slips.swap, values, range(1)).share < 1
    assert slips.inside(luhn, slips.jump, values, range(1)).found == 0
    assert slips.inside(total, slips.swap, values, range(1)).share < 0.5


@pytest.mark.parametrize("length", [1, 2, 8, 9, 10, 11, 20, 30])
def test_runs_dropped_are_found_and_located(length: int) -> None:
    found, located = slips.dropped(length, 15, by_column=False)
    control, _ = slips.dropped(length, 15, by_column=True)

    assert (found.share, located.share) == (1, 1)
    assert control.share == (0 if length % 10 == 0 else 1)


@pytest.mark.parametrize("tags", [1, 2])
def test_forgeries_stay_under_the_bound(tags: int) -> None:
    for tally in (
        forgeries.at_random(250, tags),
        forgeries.with_roots(250, tags, roots=3, checked=True),
        forgeries.with_roots(250, tags, roots=50, checked=False),
    ):
        assert tally.holds


def test_a_forger_who_knows_the_secret_is_accepted_by_every_root() -> None:
    # The control of the attacks: their difference has the roots that it claims, so their count means something.
    for count, checked in ((3, True), (50, False)):
        groups, changed, shift, roots = forgeries.difference(random.Random(9), count, checked=checked)
        assert len(roots) == count
        for r in roots:
            assert forgeries.passes(sheet(r), "00001", 104, groups, changed, shift)
        others = [r for r in range(1, 200) if r not in roots]
        assert not any(forgeries.passes(sheet(r), "00001", 104, groups, changed, shift) for r in others)


def test_without_the_tag_every_forgery_at_random_would_pass() -> None:
    # Check figures and header are right in each: nothing but the tag stands in the way.
    chance = random.Random(11)
    for change in forgeries.CHANGES:
        sent, _, _ = forgeries.sent_of(chance, 1)
        forged = change(chance, sent)
        assert all(checks.fits(group, place) for place, group in enumerate(forged.groups))
        assert len(forged.groups) == forged.header.count
        assert forged != sent


def test_the_quantile_is_that_of_the_binomial() -> None:
    def at_most(count: int, trials: int, chance: float) -> float:
        terms = (math.comb(trials, each) * chance**each * (1 - chance) ** (trials - each) for each in range(count + 1))
        return sum(terms)

    for trials, chance in ((10_000, 0.00052), (10, 0.5), (10_000, 2.7e-7)):
        most = forgeries.quantile(trials, chance, 0.999)
        assert at_most(most, trials, chance) >= 0.999
        assert most == 0 or at_most(most - 1, trials, chance) < 0.999
