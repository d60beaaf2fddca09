"""Find and remove what an earlier proof left behind, because it was killed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from cli.prove.homes import LOCATION_IDS, remove_test_homes
from cli.prove.numbers import FORCED, set_environment
from cli.prove.people import DOMAIN, delete_group
from cli.prove.probe import delete_probes, function_of
from cli.prove.proof import MARK
from cli.prove.readers import delete_members
from cli.prove.recording import delete_rules
from cli.prove.story import delete_alerts, delete_queues, delete_topics
from cli.target import Target
from shared.aws.clock import SYSTEM
from shared.domain.errors import NotFoundError
from shared.http.roles import HOME_PREFIX, TEAM_PREFIX
from shared.store import homes, keys

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

_GROUPS: Final = (f"{TEAM_PREFIX}{MARK}-", *(f"{HOME_PREFIX}{each}" for each in LOCATION_IDS))


def remove_leftovers(stack: Target) -> list[str]:
    """Remove what earlier proofs left, and say what it was.

    Everything that a proof makes has its mark in the name, and nothing else has. A copy of the
    table (step `restore`) has the name of any copy, so it is not touched.
    """
    found = [*_people(stack), *_test_homes(stack), *_settings(stack), *_changes(stack)]
    delete_alerts(stack, f"{MARK}-")
    delete_topics(stack, f"{MARK}-")
    found += _places_in_topics(stack)
    delete_queues(stack, f"{MARK}-")
    delete_rules(stack.client("events"), f"{MARK}-")
    delete_probes(stack)
    return found


def _people(stack: Target) -> Iterator[str]:
    pool = stack.user_pool
    if pool is None:
        return
    for group in pool.groups():
        if group.startswith(_GROUPS):
            for person in pool.members(group):  # whoever was invited is in one
                pool.delete(person.person_id)
                yield "a person"
            delete_members(stack, group.removeprefix(TEAM_PREFIX))
            delete_group(pool, group)
            yield f"the group {group}"
    for person in pool.everyone():
        if person.email.endswith(f"@{DOMAIN}"):
            pool.delete(person.person_id)
            yield "a person"


def _test_homes(stack: Target) -> Iterator[str]:
    for location_id in LOCATION_IDS:
        with suppress(NotFoundError):
            homes.load(stack.table, location_id)
            remove_test_homes(stack)
            yield "the test homes"


def _settings(stack: Target) -> Iterator[str]:
    """Let go on what step `errors` halted, and put back what step `numbers` changed."""
    lambdas: LambdaClient = stack.client("lambda")
    overview = function_of(stack, "CouncilOverview")
    if (
        lambdas.get_function_concurrency(FunctionName=overview).get("ReservedConcurrentExecutions")
        == 0
    ):
        lambdas.delete_function_concurrency(FunctionName=overview)
        yield "the halt of one function"
    search = function_of(stack, "Search")
    settings: Any = lambdas.get_function_configuration(FunctionName=search)
    variables = settings["Environment"]["Variables"]
    if variables.pop(FORCED, None) is not None:
        set_environment(lambdas, search, variables)
        yield "the settings of search"


def _changes(stack: Target) -> Iterator[str]:
    """Delete the unreadable changes of step `dead letter`, which hide nothing but themselves."""
    table, now = stack.table, SYSTEM.now()
    for partition in keys.change_days(now - timedelta(days=2), now):
        for item in table.query(
            "#pk = :pk",
            {":pk": partition},
            ExpressionAttributeNames={"#pk": keys.PARTITION},
        ):
            if item.get(keys.OF_HOME, {}).get("S", "").startswith(f"{MARK}-"):
                key: Any = {name: item[name] for name in (keys.PARTITION, keys.SORT)}
                table.client.delete_item(TableName=table.name, Key=key)
                yield "an unreadable change"


def _places_in_topics(stack: Target) -> Iterator[str]:
    """Take a proof's queues out of the operators' topic."""
    sns = stack.client("sns")
    for topic in stack.resources("AWS::SNS::Topic").values():
        pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
        for member in [each for page in pages for each in page["Subscriptions"]]:
            is_ours = f":{MARK}-" in member["Endpoint"]
            if is_ours and member["SubscriptionArn"].startswith("arn:"):
                sns.unsubscribe(SubscriptionArn=member["SubscriptionArn"])
                yield "a queue's place in the operators' topic"
