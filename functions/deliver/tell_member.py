"""Tell one person of one thing by email or text, once: unless they stopped the messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit

from deliver.alert_message import alert_message
from deliver.ending_message import ending_message
from deliver.fan_out import VACANCY_OPENED
from deliver.occasion import is_too_late, occasion_of
from deliver.reminder_message import reminder_message, still_free_message
from deliver.written import Written
from shared.aws.address_key import AddressKey
from shared.aws.clock import Clock
from shared.aws.senders import Email, Emails, Texts
from shared.aws.telemetry import AddMetric, logger
from shared.domain.alerts_ending_event import ALERTS_ENDING
from shared.domain.documents import Document
from shared.domain.errors import NotFoundError
from shared.domain.member import Member, MemberState, Owner, Protocol
from shared.domain.posting_link import LinkPurpose
from shared.domain.sealed_address import SealedAddress
from shared.domain.still_free_event import STILL_FREE
from shared.messages.links import one_click_address, token_page
from shared.store import keys, members, posting_links, sent_messages, stack_secret
from shared.store.posting_links import LinkSecrets
from shared.store.table import Table


@dataclass(frozen=True, slots=True)
class MemberTelling:
    """How the people of one stack are told."""

    table: Table
    clock: Clock
    key: AddressKey
    emails: Emails
    texts: Texts
    site_url: str
    add_metric: AddMetric

    def tell(self, owner: Owner, member_id: str, event: Document, delivery_id: str) -> None:
        """Send someone the message about an event, unless they have it or must not get it.

        `delivery_id` is that of the queue's message: they get it twice only if this is interrupted
        between sending and recording. Raises NotSentError, ClaimedError, BusyError.
        """
        now = self.clock.now()
        member = self._member_to_tell(owner, member_id, now)
        if member is None or member.sealed is None or is_too_late(event, now):
            logger.info("not told any more", owner=str(owner), member_id=member_id)
            return
        occasion = occasion_of(event)
        partition = keys.told(occasion.name)
        if not sent_messages.claim(self.table, partition, member_id, delivery_id, now):
            return
        sealed = SealedAddress.from_text(self.key.open(member.sealed, str(owner), member_id))
        message_id = self._send(member, sealed, event)
        if message_id is None:
            return
        told_at = self.clock.now()
        expires_at = told_at + occasion.retention
        sent_messages.record(self.table, partition, member_id, message_id, expires_at)
        logger.info("told", occasion=occasion.name, member_id=member_id, message_id=message_id)
        self._count(event, told_at)

    def _member_to_tell(self, owner: Owner, member_id: str, now: datetime) -> Member | None:
        try:
            member = members.load(self.table, owner, member_id, now)
        except NotFoundError:
            return None  # they were removed meanwhile
        return member if member.state is MemberState.CONFIRMED else None

    def _send(self, member: Member, sealed: SealedAddress, event: Document) -> str | None:
        """Send it and return the provider's id of it; None to a phone that takes no texts."""
        if member.protocol is Protocol.EMAIL:
            email = self._email(self._write(member, event), sealed.stop_token.text)
            return self.emails.send(sealed.address, email, member.tags)
        if self.texts.is_opted_out(sealed.address):
            now = self.clock.now()
            members.revise(
                self.table, member, now, lambda current: current.stop(MemberState.OPTED_OUT, now)
            )
            logger.info("opted out", owner=str(member.owner), member_id=member.member_id)
            return None
        return self.texts.send(sealed.address, self._write(member, event).sms)

    def _write(self, member: Member, event: Document) -> Written:
        if event["event"] == VACANCY_OPENED:
            return alert_message(event, self.site_url)
        if event["event"] == ALERTS_ENDING:
            return ending_message(event, self.site_url)
        write = still_free_message if event["event"] == STILL_FREE else reminder_message
        return write(event, self.site_url, self._mint(member))

    def _mint(self, member: Member) -> LinkSecrets | None:
        """Make a link that posts for the member's home; None while its links are stopped.

        It is made for each try to send, so that no queue holds it.
        """
        # Whoever added the member drew the secret.
        code_key = stack_secret.existing(self.table, self.key)
        if code_key is None:
            return None
        home, purpose = member.owner.owner_id, LinkPurpose.REMINDER
        now = self.clock.now()
        return posting_links.mint(self.table, code_key, home, member.member_id, purpose, now)

    def _email(self, written: Written, stop_token: str) -> Email:
        """Add what every email ends with: who asked for it, and how to stop it (RFC 8058)."""
        page = token_page(self.site_url, stop_token)
        ending = f"\n-- \nYou agreed to get these emails. To stop them, open {page}\n"
        one_click = one_click_address(self.site_url, stop_token)
        headers = {
            "List-Unsubscribe": f"<{one_click}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return Email(written.subject, written.email + ending, headers)

    def _count(self, event: Document, told_at: datetime) -> None:
        if "location_id" in event:
            self.add_metric("RemindersTold", MetricUnit.Count, 1)
        if event["event"] != VACANCY_OPENED:
            return
        self.add_metric("AlertsTold", MetricUnit.Count, 1)
        delay = told_at - datetime.fromisoformat(event["changed_at"])
        self.add_metric("TellDelay", MetricUnit.Milliseconds, delay / _MILLISECOND)


_MILLISECOND: Final = timedelta(milliseconds=1)
