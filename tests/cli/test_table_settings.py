"""The settings that a restored table lacks are found and set."""

from collections.abc import Callable
from dataclasses import replace

from cli import table_settings
from cli.target import Target


def test_a_copy_of_the_table_gets_every_setting_that_it_lacks(
    target: Target, copy_table: Callable[[], str]
) -> None:
    client, copy = target.table.client, copy_table()
    expected = table_settings.template_settings(target)
    lacking = set(table_settings.differences(expected, table_settings.read_settings(client, copy)))
    assert lacking >= {"stream", "expiry", "point_in_time_recovery", "deletion_protection"}

    with_tags = replace(expected, tags={"council": "fictional"})
    assert set(table_settings.apply_settings(client, copy, with_tags)) == {*lacking, "tags"}
    assert table_settings.read_settings(client, copy) == with_tags


def test_a_table_with_every_setting_is_not_changed(target: Target) -> None:
    client, name = target.table.client, target.table.name
    expected = table_settings.template_settings(target)
    table_settings.apply_settings(client, name, expected)
    assert table_settings.apply_settings(client, name, expected) == {}


def test_additional_tags_are_no_difference() -> None:
    expected = table_settings.TableSettings("NEW_IMAGE", "expires", True, True, "PAY_PER_REQUEST")
    actual = replace(expected, tags={"owner": "someone"})
    assert table_settings.differences(expected, actual) == {}
