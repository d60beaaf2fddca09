"""A message to a person, in the words of each way to reach them."""

from typing import NamedTuple


class Written(NamedTuple):
    """The words of a message; what every email ends with is not in it."""

    subject: str
    email: str
    sms: str
