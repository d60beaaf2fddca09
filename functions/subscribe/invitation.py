"""Write the invitation that asks someone whether they want a team's or a home's messages."""

from shared.aws.senders import Email
from shared.domain.member import Owner, OwnerKind
from shared.messages.plain_text import one_line
from shared.messages.sms import fit_sms


def invitation_email(owner: Owner, name: str, confirm_page: str, stop_page: str) -> Email:
    """Write the email with the link to agree; `name` is that of the team or home."""
    name = one_line(name)
    if owner.kind is OwnerKind.TEAM:
        subject = f"Do you want bed alerts for {name}?"
        who = f"Someone in the discharge team {name}"
        what = "an email when a bed that the team looks for becomes free"
    else:
        subject = f"Do you want reminders for {name}?"
        who = f"Someone at {name}"
        what = "an email when the home's vacancies have not been confirmed for a day"
    lines = [
        f"{who} added this address to Bedboard, to get {what}.",
        "",
        "To agree, open this page and press the button. The link works for 48 hours:",
        "",
        confirm_page,
        "",
        "If you do not want these emails, you can ignore this one. We delete the address after 48"
        " hours. To delete it now:",
        "",
        stop_page,
    ]
    return Email(subject, "\n".join(lines) + "\n", {})


def invitation_text(name: str, code: str, stop_page: str) -> str:
    """Write the text with the code; the person who added the number enters it."""
    return fit_sms(one_line(name), f": your Bedboard code is {code}.", f" Not you? {stop_page}")
