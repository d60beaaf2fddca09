"""Request bodies are read strictly, also where they hold what the domain holds."""

import pytest

from shared.domain.errors import RefusedError
from shared.http.vacancies import Vacancies

COUNTS = b'"maximum_capacity": 1, "occupied": 1, "reserved": 0, "accepting": 0, "not_available": 0'


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b'{"bedz": {}}', "bedz"),
        (
            b'{"beds": {"general_nursing": {%s, "vacant": 1}}}' % COUNTS,
            "beds.general_nursing.vacant",
        ),
        (b'{"admission_status": {"status": "open", "why": ""}}', "admission_status.why"),
    ],
)
def test_an_unknown_field_is_refused_and_named(body: bytes, name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        Vacancies.read(body)
    (problem,) = refused.value.problems
    assert problem.field == name
    assert problem.expected.startswith("no such field")


def test_counts_are_whole_numbers_and_never_text() -> None:
    body = b'{"beds": {"general_nursing": {%s}}}' % COUNTS.replace(
        b'"occupied": 1', b'"occupied": "1"'
    )
    with pytest.raises(RefusedError) as refused:
        Vacancies.read(body)
    assert [each.field for each in refused.value.problems] == ["beds.general_nursing.occupied"]
