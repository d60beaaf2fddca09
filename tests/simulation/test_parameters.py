"""The parameters say where they come from, and name what exists."""

import tomllib
from math import log

import pytest

from shared.domain.needs import NEEDS, NeedGroup
from shared.domain.reminder_value import WORTH_A_REMINDER
from simulation.parameters import FILE, Parameters, Plan, changed, read_plan


def test_every_value_has_a_source_or_is_called_an_assumption() -> None:
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    entries = {
        f"{section}.{name}": set(entry)
        for section, values in content.items()
        if isinstance(values, dict) and section not in {"needs", "levers"}
        for name, entry in values.items()
    }
    assert len(entries) > 40
    for name, members in entries.items():
        assert members in ({"value", "source"}, {"value", "assumption"}), name


def test_people_have_all_needs_but_languages(parameters: Parameters) -> None:
    listed = {need.id for need in NEEDS.values() if need.group is not NeedGroup.LANGUAGE}
    assert set(parameters.needs) == listed


def test_shares_of_homes_that_meet_a_need_are_realistic(parameters: Parameters) -> None:
    assert all(0.55 <= share.able <= 0.95 for share in parameters.needs.values())


def test_stays_are_as_published(parameters: Parameters) -> None:
    stays = parameters.stays
    median = stays.weibull_scale_days * log(2) ** (1 / stays.weibull_shape)
    long_mean = (stays.mean_days - stays.short_share * stays.short_days) / (1 - stays.short_share)
    assert median == pytest.approx(462, abs=5)
    assert long_mean == pytest.approx(801, abs=10)


def test_habits_of_posting_are_shares_of_one_whole(plan: Plan) -> None:
    for each in [*plan.worlds, *plan.sensitivity]:
        posting = changed(plan.parameters, each.changes).posting
        assert posting.monthly + posting.weekly + posting.daily == pytest.approx(1)


def test_variations_have_names_of_their_own() -> None:
    plan = read_plan()
    names = [each.name for each in [*plan.worlds, *plan.sensitivity, *plan.reminders]]
    assert len(set(names)) == len(names)


def test_reminders_by_value_go_out_as_the_product_sends_them(parameters: Parameters) -> None:
    assert parameters.reminding.worth == WORTH_A_REMINDER


def test_an_unknown_parameter_is_refused(parameters: Parameters) -> None:
    with pytest.raises(TypeError):
        changed(parameters, {"posting.hourly": 1.0})
