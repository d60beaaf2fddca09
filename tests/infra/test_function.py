"""Every function has its own role, log and variables; all run in the same way."""

import json

import pytest

from tests.infra.stack_template import FUNCTIONS, StackTemplate, Synth


def test_every_folder_has_a_function(template: StackTemplate) -> None:
    functions = template.functions()
    assert set(functions) == FUNCTIONS
    assert {each["Handler"] for each in functions.values()} == {
        f"{n}.handler.handler" for n in FUNCTIONS
    }


def test_functions_run_python_3_14_on_arm(template: StackTemplate) -> None:
    for function in template.functions().values():
        assert function["Runtime"] == "python3.14"
        assert function["Architectures"] == ["arm64"]
        # An HTTP API sends no trace and the functions add no parts: there would be nothing to see.
        assert "TracingConfig" not in function


def test_functions_share_a_layer_but_for_the_one_that_every_sign_in_waits_for(
    template: StackTemplate,
) -> None:
    layers = {name: len(each.get("Layers", [])) for name, each in template.functions().items()}
    assert layers.pop("withhold_roles") == 0
    assert set(layers.values()) == {1}


def test_no_two_functions_share_a_role_or_a_log(template: StackTemplate) -> None:
    functions = template.functions().values()
    assert len({json.dumps(each["Role"]) for each in functions}) == len(FUNCTIONS)
    assert len({json.dumps(each["LoggingConfig"]) for each in functions}) == len(FUNCTIONS)
    assert {each["LoggingConfig"]["LogFormat"] for each in functions} == {"JSON"}


@pytest.mark.parametrize(("settings", "days"), [({}, 365), ({"log_retention_days": 30}, 30)])
def test_logs_are_kept_for_the_councils_retention_period(
    synth: Synth, settings: dict[str, int], days: int
) -> None:
    groups = synth(**settings).resources("Logs::LogGroup").values()
    assert {each["Properties"]["RetentionInDays"] for each in groups} == {days}


def test_each_function_can_write_only_to_its_own_log(template: StackTemplate) -> None:
    for name, function in template.functions().items():
        (statement,) = (s for s in template.statements(name) if "logs:PutLogEvents" in s["Action"])
        group = function["LoggingConfig"]["LogGroup"]["Ref"]
        assert statement["Resource"] == {"Fn::GetAtt": [group, "Arn"]}


LOG = "CHANGE_RETENTION_DAYS"
"""A variable of the functions that write to the change log."""


TELLING = {
    "SITE_URL",
    "ADDRESS_KEY",
    "EMAIL_FROM",
    "EMAIL_CONFIGURATION_SET",
    "SMS_SENDER_ID",
}
"""The variables of the functions that write to people."""


def test_each_function_gets_only_the_variables_it_needs(template: StackTemplate) -> None:
    variables = {
        name: {key for key in each["Environment"]["Variables"] if not key.startswith("POWERTOOLS")}
        for name, each in template.functions().items()
    }
    assert variables == {
        "update_vacancy": {"TABLE_NAME", "GROUPS_CLAIM", LOG},
        "record_outcome": {"TABLE_NAME", "GROUPS_CLAIM", LOG},
        "post_by_link": {"TABLE_NAME", "GROUPS_CLAIM", LOG, "ADDRESS_KEY", "DISTRIBUTION_PROOF"},
        "search": {"TABLE_NAME", "GROUPS_CLAIM", "SEARCH_ACCESS", "DEMAND_SPAN"},
        "show_home": {"TABLE_NAME", "GROUPS_CLAIM", LOG, "SEARCH_ACCESS"},
        "council_overview": {"TABLE_NAME", "GROUPS_CLAIM"},
        "subscribe": {
            "TABLE_NAME",
            "GROUPS_CLAIM",
            LOG,
            "TEAM_TOPIC_PREFIX",
            "DELIVERY_QUEUE_ARN",
            "DELIVERY_QUEUE_URL",
            *TELLING,
        },
        "notify": {"TABLE_NAME", LOG, "TEAM_TOPIC_PREFIX", "DELIVERY_QUEUE_URL"},
        "deliver": {"TABLE_NAME", "TEAM_TOPIC_PREFIX", "DELIVERY_QUEUE_URL", *TELLING},
        "import_homes": {"TABLE_NAME", LOG, "LOCAL_AUTHORITIES", "IMPORT_BUCKET"},
        "upload_directory": {"TABLE_NAME", "GROUPS_CLAIM", LOG, "IMPORT_BUCKET"},
        "manage_people": {"TABLE_NAME", "GROUPS_CLAIM", "USER_POOL_ID"},
        "snapshot_homes": {"TABLE_NAME", LOG, "DEMAND_SPAN", "COUNCIL"},
        "remind_homes": {"TABLE_NAME", "DELIVERY_QUEUE_URL"},
        "withhold_roles": {"SECOND_STEP_FOR"},
    }


def test_the_councils_settings_reach_the_functions(synth: Synth) -> None:
    functions = synth(search_access="public", local_authorities=("Devon", "Torbay")).functions()
    for name in ("search", "show_home"):
        assert functions[name]["Environment"]["Variables"]["SEARCH_ACCESS"] == "public"
    authorities = functions["import_homes"]["Environment"]["Variables"]["LOCAL_AUTHORITIES"]
    assert json.loads(authorities) == ["Devon", "Torbay"]
