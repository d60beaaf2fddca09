"""Prints a story as it happens: its titles, each request and response, and what was checked."""

import json
from typing import Final

from rich.console import Console
from rich.markup import escape

from claims.caller import Exchange
from claims.ledger import Claim, Ledger, Outcome
from local.emulator.sent_messages import SentEmail

_MAX_SHOWN: Final = 420


class Narrator:
    """Prints to a console."""

    def __init__(self, console: Console) -> None:
        self._console, self._titles = console, 0

    def ledger(self) -> Ledger:
        """Return a ledger whose claims are printed, and that ends at the first broken one."""
        return Ledger(self._print_claim, self._print_title, stops_at_first=True)

    def print_exchange(self, exchange: Exchange) -> None:
        """Print a request and its response."""
        response = exchange.response
        who = f"  as {escape(exchange.role)}" if exchange.role else ""
        self._console.print(f"   [cyan]{exchange.method} {escape(exchange.path)}[/cyan]{who}")
        for name, value in exchange.headers.items():
            self._console.print(f"   [dim]{name}: {escape(value)}[/dim]")
        if exchange.body is not None:
            self._show("request ", exchange.body)
        took = exchange.milliseconds
        self._console.print(f"   [green]{response.status_code}[/green] in {took:.0f} ms")
        if response.content:
            self._show("response", response.json())

    def print_email(self, email: SentEmail) -> None:
        """Print an email as its reader sees it."""
        self._console.print(f"   [cyan]email[/cyan] {escape(email.subject)}")
        for line in email.text.splitlines():
            self._console.print(f"   [dim]|[/dim] {escape(line)}", highlight=False)

    def _print_title(self, text: str) -> None:
        self._titles += 1
        self._console.print(f"\n[bold]{self._titles}. {escape(text)}[/bold]")

    def _print_claim(self, claim: Claim) -> None:
        if claim.outcome is Outcome.HELD:
            seen = f" ({claim.seen})" if claim.seen else ""
            self._console.print(f"   [green]checked:[/green] {escape(claim.text)}{escape(seen)}")

    def _show(self, name: str, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False)
        if len(text) > _MAX_SHOWN:
            text = f"{text[:_MAX_SHOWN]} ... ({len(text):,} characters)"
        self._console.print(f"   [dim]{name}[/dim] {escape(text)}", highlight=False)
