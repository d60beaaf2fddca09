"""What only a person can see: whether an email or a text arrived (--mail, --phone)."""

import sys
from http import HTTPStatus

import typer

from cli.prove.people import delete_person
from cli.prove.proof import Proof
from cli.target import Target
from shared.aws.clock import SYSTEM
from shared.domain.contact_details import masked_email
from shared.domain.member import Owner
from shared.http.roles import TEAM_PREFIX
from shared.store import members


def invite_reader(proof: Proof) -> None:
    """Invite the address of --mail to sign in, and ask what its owner sees."""
    pool, mail = proof.stack.user_pool, proof.options.mail
    claim = "an invitation to sign in arrives"
    if not mail or pool is None:
        return
    if pool.find(mail) is not None:
        proof.ledger.unseen(claim, "this person can sign in already, so nobody was invited")
        return
    proof.cleanup.add("the invited person", lambda: delete_person(pool, mail))
    person, _ = pool.add(mail)
    # By the group a later proof finds who was invited, if this one is killed.
    pool.add_to_group(person.person_id, f"{TEAM_PREFIX}{proof.team}")
    proof.ask(claim, f"Did an invitation arrive at {masked_email(mail)}?")
    proof.ask("it says who sent it, and how to sign in", "Does it say who sent it and what to do?")


def add_readers(proof: Proof) -> list[str]:
    """Add --mail and --phone as members of the proof's team; return the protocols that agreed."""
    addresses = {"email": proof.options.mail, "sms": proof.options.phone}
    return [
        protocol
        for protocol, address in addresses.items()
        if address and _add_reader(proof, protocol, address)
    ]


def _add_reader(proof: Proof, protocol: str, address: str) -> bool:
    claim = f"a member with {_NAMES[protocol]} can agree to alerts"
    role, path = f"team:{proof.team}", "/alerts/members"
    body = {"protocol": protocol, "address": address}
    response = proof.caller.send(role, "POST", path, body=body)
    if response.status_code == HTTPStatus.CONFLICT:
        # No sender is set up, or the owner of the address wants no invitations.
        proof.ledger.unseen(claim, response.json()["detail"])
        return False
    proof.cleanup.add("the team's members", lambda: delete_members(proof.stack, proof.team))
    is_added = response.status_code == HTTPStatus.CREATED
    proof.ledger.require(claim, is_added, response.status_code)
    member_id = response.json()["member_id"]
    if not sys.stdin.isatty():
        proof.ledger.unseen(f"{_NAMES[protocol]} with an alert arrives", "nobody was there to ask")
        return False
    if protocol == "sms":
        code = typer.prompt("The code in the text message", err=True).strip()
        answer = proof.caller.send(role, "POST", f"{path}/{member_id}/code", body={"code": code})
        return proof.ledger.check("the code of the text message is right", answer.is_success)
    typer.prompt("Open the link in the email and agree. Then press Enter", default="", err=True)
    return True


def ask_readers(proof: Proof, protocols: list[str]) -> None:
    """Ask whether the alert arrived, and where."""
    for protocol in protocols:
        name = _NAMES[protocol]
        proof.ask(f"{name} with an alert arrives", f"Did {name} about a free bed arrive?")
        proof.ask(
            f"{name} names a sender that people know",
            "Is its sender the one that your council chose?",
        )


def delete_members(stack: Target, team: str) -> None:
    """Delete the addresses of a team's members, and the links in what they were sent."""
    owner = Owner.team(team)
    now = SYSTEM.now()
    for member in members.list_of_owner(stack.table, owner, now, lambda _: None):
        members.remove(stack.table, member, now)


_NAMES = {"email": "an email", "sms": "a text message"}
