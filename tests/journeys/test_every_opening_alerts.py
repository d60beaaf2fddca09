"""Through the deployed stack: each opening alerts exactly the teams whose alerts fit, once."""

import json
import random
import time
from collections import Counter
from dataclasses import replace
from typing import Any

import boto3
import httpx

from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.domain.alert import Alert
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import BedCategory, Rating
from tests.notify.brute_force import fired_alerts
from tests.support.builders import REGISTER, home, save
from tests.support.patience import PATIENCE_SECONDS

TEAMS = ["journey-north", "journey-south", "journey-east"]
CATEGORIES = [BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING]
CHANGES = 60


def somewhere(dice: random.Random) -> tuple[float, float]:
    """Return a random point in an area some twenty miles wide."""
    return 57.5 + dice.uniform(-0.3, 0.3), -4.2 + dice.uniform(-0.3, 0.3)


def alerts_of(stack: LocalStack, team: str, dice: random.Random) -> list[Alert]:
    """Create some alerts around the homes, as the team does."""
    saved = []
    with httpx.Client(
        base_url=stack.api_url,
        timeout=30,
        headers={"Authorization": f"Bearer {token(stack, [f'team:{team}'])}"},
    ) as client:
        for _ in range(5):
            wanted: dict[str, Any] = {
                "near": "{:.5f},{:.5f}".format(*somewhere(dice)),
                "radius_miles": dice.choice([5, 15, 40]),
                "categories": dice.sample(CATEGORIES, dice.choice([0, 1, 2])),
                "beds": dice.choice([1, 1, 2, 3]),
            }
            if dice.random() < 0.3:
                wanted["min_rating"] = Rating.GOOD
            response = client.post("/alerts", json=wanted)
            assert response.status_code == 201, response.text
            saved.append(Alert.from_document(response.json()))
        gone = saved.pop()
        assert client.delete(f"/alerts/{gone.alert_id}").status_code == 204
    return saved


def random_counts(dice: random.Random) -> dict[str, Any]:
    accepting = dice.choice([0, 0, 1, 2, 3])
    return {
        "maximum_capacity": 10,
        "occupied": 10 - accepting,
        "reserved": 0,
        "accepting": accepting,
        "not_available": 0,
    }


def test_every_opening_reaches_exactly_the_teams_whose_alerts_fit(stack: LocalStack) -> None:
    dice = random.Random(11)
    homes = [
        home(
            f"1-96000000{number:02d}",
            accepting=0,
            register=replace(
                REGISTER,
                latitude=latitude,
                longitude=longitude,
                rating=dice.choice([None, *Rating]),
            ),
        )
        for number, (latitude, longitude) in enumerate(somewhere(dice) for _ in range(5))
    ]
    save(table_of(stack), *homes)
    alerts = [alert for team in TEAMS for alert in alerts_of(stack, team, dice)]
    inboxes = {team: Inbox(stack, f"inbox-{team}") for team in TEAMS}
    for team, inbox in inboxes.items():
        response = httpx.post(
            f"{stack.api_url}/alerts/members",
            json={"protocol": "sqs", "address": inbox.arn},
            headers={"Authorization": f"Bearer {token(stack, [f'team:{team}'])}"},
            timeout=30,
        )
        assert response.status_code == 201, response.text

    expected: Counter[tuple[str, str]] = Counter()
    state = {each.location_id: each for each in homes}
    with httpx.Client(base_url=stack.api_url, timeout=30) as client:
        staff = {each: token(stack, [f"home:{each}"]) for each in state}
        for _ in range(CHANGES):
            location_id = dice.choice(list(state))
            body: dict[str, Any] = {
                "beds": {category: random_counts(dice) for category in CATEGORIES}
            }
            if dice.random() < 0.3:
                body["admission_status"] = dice.choice(
                    [{"status": "open"}, {"status": "closed", "reason": "outbreak"}]
                )
            response = client.put(
                f"/homes/{location_id}/vacancies",
                json=body,
                headers={"Authorization": f"Bearer {staff[location_id]}"},
            )
            assert response.status_code == 200, response.text
            becomes = CareHome.from_document(response.json())
            for team in fired_alerts(alerts, state[location_id], becomes):
                expected[team, f"{location_id}#{becomes.version}"] += 1
            state[location_id] = becomes
    assert len(expected) > 20, "too little opened to prove anything"

    got: Counter[tuple[str, str]] = Counter()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while got.total() < expected.total() and time.monotonic() < deadline:
        for team, inbox in inboxes.items():
            while message := inbox.next(within_seconds=1):
                got[team, message["change_id"]] += 1
    for team, inbox in inboxes.items():
        while message := inbox.next(within_seconds=2):
            got[team, message["change_id"]] += 1
    assert got == expected


def test_the_dead_letter_queue_is_empty(stack: LocalStack) -> None:
    sqs = boto3.client("sqs", **stack.connection)
    left = sqs.receive_message(QueueUrl=stack.dead_letter_queue_url, WaitTimeSeconds=1)
    assert json.dumps(left.get("Messages", [])) == "[]"
