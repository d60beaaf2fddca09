"""All homes are kept as a snapshot round the clock; one that fails is made good by the next."""

from tests.infra.written import Written


def test_a_snapshot_is_kept_every_quarter_of_an_hour(written: Written) -> None:
    rules = (each["Properties"] for each in written.all("Events::Rule").values())
    (rule,) = (each for each in rules if "ScheduleExpression" in each)
    assert rule["ScheduleExpression"] == "rate(15 minutes)"
    (target,) = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0].startswith("SnapshotHomesFunction")
    assert target["RetryPolicy"]["MaximumRetryAttempts"] == 0


def test_one_that_fails_is_not_tried_again_and_puts_nothing_by(written: Written) -> None:
    settings = written.all("Lambda::EventInvokeConfig")
    (calls,) = (each["Properties"] for k, each in settings.items() if k.startswith("SnapshotHomes"))
    assert calls["MaximumRetryAttempts"] == 0
    assert "DestinationConfig" not in calls
