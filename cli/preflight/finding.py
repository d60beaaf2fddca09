"""The finding of a check before a deployment: its level, what the state is, and what to do."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """What a finding means for the deployment."""

    OK = "ok"
    FIX = "must fix"
    """The deployment fails, or replaces what it must not, until this is put right."""
    ADVICE = "should fix"
    """The deployment succeeds; something that people expect then does not work."""
    ASK = "ask AWS"
    """Only AWS, or whoever runs the organisation's accounts, can change it."""
    UNSEEN = "not seen"
    """It could not be looked at, so it may be right or wrong."""


class Finding(NamedTuple):
    """One line of the report."""

    level: Level
    subject: str
    """What was looked at: `certificate`."""
    state: str
    action: str = ""
    """What to do; empty where all is well."""
    wait: str = ""
    """How long to allow for it, where somebody else must act."""


def ok(subject: str, state: str) -> Finding:
    """Report that something is as the deployment needs it."""
    return Finding(Level.OK, subject, state)


def fix(subject: str, state: str, action: str, wait: str = "") -> Finding:
    """Report something with which the deployment fails."""
    return Finding(Level.FIX, subject, state, action, wait)


def advice(subject: str, state: str, action: str) -> Finding:
    """Report something that does not stop the deployment and that someone should put right."""
    return Finding(Level.ADVICE, subject, state, action)


def ask(subject: str, state: str, action: str, wait: str) -> Finding:
    """Report something to ask AWS or the owner of the organisation for."""
    return Finding(Level.ASK, subject, state, action, wait)


def unseen(subject: str, state: str, action: str = "") -> Finding:
    """Report something that could not be looked at, and why."""
    return Finding(Level.UNSEEN, subject, state, action)
