"""White text on a council's colour can be read by everyone."""

import pytest

from infra.council.appearance import contrast_with_white


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#ffffff", 1), ("#000000", 21), ("#777777", 4.48), ("#767676", 4.54), ("#0000ff", 8.59)],
)
def test_contrast_follows_wcag(colour: str, ratio: float) -> None:
    assert contrast_with_white(colour) == pytest.approx(ratio, abs=0.01)
