"""Steps `api` and `alert`: the claims that the demo makes as well."""

from contextlib import suppress
from typing import TYPE_CHECKING

from claims import api as api_claims
from claims import story
from claims.inbox import Inbox
from cli.prove import readers, recording
from cli.prove.homes import CATEGORY, LOCATION_IDS, PLACE
from cli.prove.proof import MARK, Proof
from shared.aws.clock import SYSTEM
from shared.domain.author import Author
from shared.domain.errors import NotFoundError
from shared.domain.vocabulary import ChangeKind
from shared.store import alerts
from shared.store.scan import all_documents

if TYPE_CHECKING:
    from cli.target import Target


def api(proof: Proof) -> None:
    """Claim what every request to the API meets."""
    api_claims.check_strangers(proof.caller, proof.ledger)
    if not proof.can_sign_in:
        return
    role = f"team:{proof.team}"
    api_claims.check_responses(proof.caller, role, proof.ledger, near="EX2 5DW")
    # The emulator starts a process for each request that waits, and this machine is small.
    at_once = 2 if proof.is_emulated else 20
    teams = (proof.team, proof.other_team)
    api_claims.check_no_mixing(proof.caller, teams, proof.ledger, at_once=at_once)
    if proof.home is None:
        proof.ledger.unseen("what a home's staff rely on", "the test homes were not imported")
    else:
        location_id = proof.home["location_id"]
        proof.home = api_claims.check_home(proof.caller, location_id, proof.ledger)
    if proof.options.record:
        recording.keep_api_events(proof)


def alert(proof: Proof) -> None:
    """Claim that a free bed reaches a team, from the alert to the message in its queue."""
    if not proof.can_sign_in:
        return
    if proof.home is None:
        proof.ledger.unseen("a free bed reaches a team", "the test homes were not imported")
        return
    inbox = open_inbox(proof, "team", f"{proof.stack.output('TeamTopicPrefix')}*")
    proof.cleanup.add("the topic of the team", lambda: delete_topics(proof.stack, proof.team))
    proof.cleanup.add("the alert", lambda: delete_alerts(proof.stack, proof.team))
    scene = story.Scene(
        "a place at sea",
        PLACE,
        proof.home,
        CATEGORY,
        proof.team,
        another_role=f"home:{LOCATION_IDS[1]}",
    )
    protocols = readers.add_readers(proof)
    story.tell(proof.caller, scene, inbox, proof.ledger)
    readers.ask_readers(proof, protocols)
    if proof.options.record:
        recording.keep_stream_record(proof)
        recording.keep_errors(proof)


def open_inbox(proof: Proof, name: str, topics: str) -> Inbox:
    """Create a queue that these topics may send to, to be deleted at the end."""
    sqs = proof.stack.client("sqs")
    queue = f"{MARK}-{proof.run_id}-{name}"
    proof.cleanup.add(f"the queue {name}", lambda: delete_queues(proof.stack, queue))
    return Inbox(sqs, queue, topics)


def delete_queues(stack: "Target", prefix: str) -> None:
    """Delete the queues whose names begin like this."""
    sqs = stack.client("sqs")
    for url in sqs.list_queues(QueueNamePrefix=prefix).get("QueueUrls", []):
        sqs.delete_queue(QueueUrl=url)


def delete_topics(stack: "Target", team: str) -> None:
    """Delete the topics of the teams whose names begin like this, with their members."""
    sns, prefix = stack.client("sns"), f"{stack.output('TeamTopicPrefix')}{team}"
    topics = [
        topic["TopicArn"]
        for page in sns.get_paginator("list_topics").paginate()
        for topic in page["Topics"]
        if topic["TopicArn"].startswith(prefix)
    ]
    for arn in topics:
        for page in sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=arn):
            for member in page["Subscriptions"]:
                if member["SubscriptionArn"].startswith("arn:"):
                    sns.unsubscribe(SubscriptionArn=member["SubscriptionArn"])
        sns.delete_topic(TopicArn=arn)


def delete_alerts(stack: "Target", team: str) -> None:
    """Delete the alerts of the teams whose names begin like this."""
    table, author = stack.table, Author("proof", "proof")
    for document in list(all_documents(table, ChangeKind.ALERT)):
        if document["team"].startswith(team) and not document.get("deleted"):
            with suppress(NotFoundError):  # its time is over
                alerts.delete(table, SYSTEM, document["team"], document["alert_id"], author)
