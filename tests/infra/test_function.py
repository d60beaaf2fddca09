"""Every function is its own: role, log, settings; all alike in how they run."""

import json

import pytest

from tests.infra.written import FUNCTIONS, Write, Written


def test_there_is_a_function_for_each_folder(written: Written) -> None:
    functions = written.functions()
    assert set(functions) == FUNCTIONS
    assert {each["Handler"] for each in functions.values()} == {
        f"{n}.handler.handler" for n in FUNCTIONS
    }


def test_all_run_on_the_newest_python_on_arm_and_are_traced(written: Written) -> None:
    for function in written.functions().values():
        assert function["Runtime"] == "python3.14"
        assert function["Architectures"] == ["arm64"]
        assert function["TracingConfig"]["Mode"] == "Active"
        assert len(function["Layers"]) == 1


def test_no_two_share_a_role_or_a_log(written: Written) -> None:
    functions = written.functions().values()
    assert len({json.dumps(each["Role"]) for each in functions}) == len(FUNCTIONS)
    assert len({json.dumps(each["LoggingConfig"]) for each in functions}) == len(FUNCTIONS)
    assert {each["LoggingConfig"]["LogFormat"] for each in functions} == {"JSON"}


@pytest.mark.parametrize(("settings", "days"), [({}, 365), ({"log_retention_days": 30}, 30)])
def test_every_log_is_kept_as_long_as_the_council_says(
    write: Write, settings: dict[str, int], days: int
) -> None:
    groups = write(**settings).all("Logs::LogGroup").values()
    assert {each["Properties"]["RetentionInDays"] for each in groups} == {days}


def test_each_may_write_to_its_own_log_only(written: Written) -> None:
    for name, function in written.functions().items():
        (statement,) = (s for s in written.statements(name) if "logs:PutLogEvents" in s["Action"])
        group = function["LoggingConfig"]["LogGroup"]["Ref"]
        assert statement["Resource"] == {"Fn::GetAtt": [group, "Arn"]}


LOG = "CHANGE_RETENTION_DAYS"
"""For those who write to the log of changes."""


def test_each_is_told_only_what_it_needs(written: Written) -> None:
    told = {
        name: {key for key in each["Environment"]["Variables"] if not key.startswith("POWERTOOLS")}
        for name, each in written.functions().items()
    }
    assert told == {
        "update_vacancy": {"TABLE_NAME", "GROUPS_CLAIM", LOG},
        "search": {"TABLE_NAME", "GROUPS_CLAIM", "SEARCH_ACCESS"},
        "show_home": {"TABLE_NAME", "GROUPS_CLAIM", LOG, "SEARCH_ACCESS"},
        "council_overview": {"TABLE_NAME", "GROUPS_CLAIM"},
        "subscribe": {
            "TABLE_NAME",
            "GROUPS_CLAIM",
            LOG,
            "TEAM_TOPIC_PREFIX",
            "HOME_TOPIC_PREFIX",
        },
        "notify": {"TABLE_NAME", LOG, "TEAM_TOPIC_PREFIX"},
        "import_homes": {"TABLE_NAME", LOG, "LOCAL_AUTHORITIES", "IMPORT_BUCKET"},
        "upload_directory": {"TABLE_NAME", "GROUPS_CLAIM", "IMPORT_BUCKET"},
        "manage_people": {"TABLE_NAME", "GROUPS_CLAIM", "USER_POOL_ID"},
        "snapshot_homes": {"TABLE_NAME"},
        "remind_homes": {"TABLE_NAME", "HOME_TOPIC_PREFIX", "SITE_URL"},
    }


def test_the_councils_choices_reach_the_functions(write: Write) -> None:
    functions = write(search_access="public", local_authorities=("Devon", "Torbay")).functions()
    for name in ("search", "show_home"):
        assert functions[name]["Environment"]["Variables"]["SEARCH_ACCESS"] == "public"
    told = functions["import_homes"]["Environment"]["Variables"]["LOCAL_AUTHORITIES"]
    assert json.loads(told) == ["Devon", "Torbay"]
