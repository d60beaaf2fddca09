"""What is said of chances is held against what is true, in fixed bins."""

import pytest

from simulation.calibration import BinFigures, Calibration, farthest_apart


def test_a_listing_counts_in_the_tenth_of_its_chance() -> None:
    calibration = Calibration()
    calibration.note(0.52, is_there=True)
    calibration.note(0.56, is_there=False)
    calibration.note(1.0, is_there=True)
    figures = calibration.figures()
    assert list(figures) == ["0.5", "0.9"]
    assert (figures["0.5"].listings, figures["0.5"].seen) == (2, 0.5)
    assert figures["0.5"].said == pytest.approx(0.54)
    assert figures["0.9"] == BinFigures(1, 1.0, 1.0)


def test_years_add_up() -> None:
    one, other = Calibration(), Calibration()
    one.note(0.5, is_there=True)
    other.note(0.59, is_there=False)
    one.add(other)
    together = one.figures()["0.5"]
    assert (together.listings, together.seen) == (2, 0.5)
    assert together.said == pytest.approx(0.545)


def test_a_bin_with_few_listings_is_not_judged() -> None:
    bins = {"0.1": BinFigures(499, 0.1, 0.9), "0.9": BinFigures(500, 0.95, 0.92)}
    assert farthest_apart(bins) == pytest.approx(0.03)
