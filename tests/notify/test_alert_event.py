"""An alert is enough to act on, short enough for a text message, and exact for machines."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliver.alert_message import alert_message
from deliver.written import Written
from notify.alert_event import alert_event
from notify.opening import Opening
from notify.streamed_change import StreamedChange
from shared.domain.alert import Alert
from shared.domain.care_home import CareHome
from shared.domain.chance import USUALLY_WRONG
from shared.domain.declaration import Declaration
from shared.domain.documents import to_json
from shared.domain.needs import NEEDS, Answer
from shared.domain.posts import Posts
from shared.domain.shop_window import ShopWindow
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory
from shared.messages.sms import LONGEST_SMS
from tests.support.builders import NOON, REGISTER, changed, counts, home
from tests.support.gsm import GSM_ALPHABET

FULL = replace(home(), beds={})
NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
BOTH = {NURSING: counts(2), DEMENTIA: counts(1)}
STAMPED = datetime(2026, 1, 5, 12, 0, 0, 123456, UTC)

LONGEST_SNS_MESSAGE = 262_144
LONGEST_IN_A_BATCH = 200_000

ALERT = Alert("exeter-discharge", "3f9c0d1e8a72", 1, "EX4 4QJ", 50.7362, -3.5331, 10, NOON)


def written(
    alerts: list[Alert], after: CareHome, before: CareHome = FULL
) -> tuple[Written, dict[str, Any], str, str]:
    """Return the message to people, the event, and the words for email and for text messages."""
    change = changed(before, after)
    # As it comes out of the queue.
    opening = Opening(change.previous, change.document)
    streamed = StreamedChange(change, STAMPED, STAMPED, is_republished=False)
    event = json.loads(to_json(alert_event(streamed, opening, alerts, USUALLY_WRONG)))
    message = alert_message(event, "https://beds.example.org/")
    return message, event, message.email, message.sms


def listed(category: BedCategory, beds: int, chance: float) -> dict[str, Any]:
    """Return what the event says of how likely beds that were said at noon are still there."""
    return {
        "chance": chance,
        "likelihood": "very_likely",
        "chance_basis": {
            "category": category,
            "listed": beds,
            "said_at": "2026-01-05T12:00:00.000Z",
            "days_to_fill": 25.0,
            "seen_to_fill": 0,
        },
    }


def test_machines_get_the_beds_the_home_and_the_alerts() -> None:
    posts = Posts(dict.fromkeys(BOTH, NOON))
    _, event, _, _ = written([ALERT], replace(home(), beds=BOTH, posts=posts))
    assert event == {
        "event": "vacancy_opened",
        "change_id": "1-9000000001#2",
        "changed_at": "2026-01-05T12:00:00.123Z",
        "as_of": "2026-01-05T12:00:00.000Z",
        "team": "exeter-discharge",
        "home": {
            "location_id": "1-9000000001",
            "name": "Larkrise House",
            "address": "1 Example Lane, Exeter",
            "postcode": "EX2 5DW",
            "latitude": 50.7167,
            "longitude": -3.5062,
            "rating": "Good",
            "phone": "01632960001",
        },
        "opened": [
            {"category": "general_nursing", "before": 0, "accepting": 2, **listed(NURSING, 2, 1)},
            {
                "category": "dementia_nursing",
                "before": 0,
                "accepting": 1,
                **listed(DEMENTIA, 1, 0.92),
            },
        ],
        "alerts": [
            {
                "alert_id": "3f9c0d1e8a72",
                "near": "EX4 4QJ",
                "radius_miles": 10,
                "distance_miles": 1.8,
                "categories": ["general_nursing", "dementia_nursing"],
                "asks_for": {"categories": [], "beds": 1},
            }
        ],
    }


def test_people_read_which_beds_are_free_how_far_it_is_and_the_phone_number() -> None:
    message, _, email, sms = written([ALERT], home(accepting=1))
    assert message.subject == "Vacancy at Larkrise House: 1 general nursing bed"
    assert email == (
        "Larkrise House has a vacancy that matches one of your team's alerts.\n"
        "\n"
        "  1 general nursing bed free (0 before)\n"
        "\n"
        "1 Example Lane, Exeter, EX2 5DW\n"
        "Phone: 01632 960001\n"
        "CQC rating: Good\n"
        "\n"
        "Your alert:\n"
        "  3f9c0d1e8a72: any bed, within 10 miles of EX4 4QJ. The home is 1.8 miles away.\n"
        "  https://beds.example.org/home.html?id=1-9000000001&alert=3f9c0d1e8a72"
        "&team=exeter-discharge\n"
        "\n"
        "This was correct at 12:00 on 5 January 2026. The bed may have gone since then, so phone"
        " the home before you make plans.\n"
        "Open the link to see its latest vacancies, and what to ask the home for the alert. You"
        " need to sign in.\n"
    )
    assert sms == (
        "Larkrise House, 01632 960001: 1 general nursing bed free at 12:00 on 5 Jan."
        " 1.8 miles from EX4 4QJ. Alert 3f9c0d1e8a72"
    )


def test_beds_that_fit_no_alert_of_the_team_are_left_out() -> None:
    alert = replace(ALERT, categories=(BedCategory.DEMENTIA_NURSING,))
    _, event, email, sms = written([alert], replace(home(), beds=BOTH))
    assert [each["category"] for each in event["opened"]] == ["dementia_nursing"]
    assert "general nursing" not in email + sms


def test_the_nearest_alert_comes_first() -> None:
    far = replace(ALERT, alert_id="00000000000a", latitude=50.8)
    _, event, _, sms = written([far, ALERT], home())
    assert [each["alert_id"] for each in event["alerts"]] == ["3f9c0d1e8a72", "00000000000a"]
    assert sms.endswith("Alert 3f9c0d1e8a72 and 1 more")


def test_the_number_for_vacancies_comes_before_the_number_on_the_register() -> None:
    window = ShopWindow(vacancies_phone="01632 960 999")
    _, event, email, sms = written([ALERT], replace(home(), shop_window=window))
    assert event["home"]["phone"] == "01632 960 999"
    assert "01632 960 999" in email
    assert "01632 960 999" in sms


def test_an_alert_about_a_home_without_a_phone_number_says_so() -> None:
    _, event, email, sms = written([ALERT], home(register=replace(REGISTER, phone=None)))
    assert event["home"]["phone"] is None
    assert "Phone: not known" in email
    assert "Phone" not in sms


def test_all_the_alerts_that_a_team_can_have_fit_into_one_message() -> None:
    alerts = [
        replace(
            ALERT,
            alert_id=f"{number:012x}",
            near="50.71670,-3.50620",
            categories=tuple(BedCategory),
        )
        for number in range(200)
    ]
    every = {category: counts(1) for category in BedCategory}
    _, event, email, _ = written(alerts, replace(home(), beds=every))
    assert len(event["alerts"]) == 200
    assert len(to_json(event).encode()) < min(LONGEST_SNS_MESSAGE, LONGEST_IN_A_BATCH)
    assert "and 190 more" in email
    assert len(email) < 6000


@given(
    name=st.text(min_size=1, max_size=120),
    phone=st.none() | st.text(min_size=1, max_size=40),
    accepting=st.dictionaries(st.sampled_from(BedCategory), st.integers(1, 999), min_size=1),
    near=st.sampled_from(["EX2", "EX2 5DW", "50.71670,-3.50620"]),
    alerts=st.integers(1, 200),
)
def test_a_phone_takes_the_message_whatever_the_home_is_called(
    name: str, phone: str | None, accepting: dict[BedCategory, int], near: str, alerts: int
) -> None:
    beds = {category: counts(free, of=free) for category, free in accepting.items()}
    opened = replace(home(register=replace(REGISTER, name=name, phone=phone)), beds=beds)
    message, event, email, sms = written([replace(ALERT, near=near)] * alerts, opened)
    assert message.subject.isprintable()
    assert len(sms) <= LONGEST_SMS
    assert set(sms) <= GSM_ALPHABET
    assert event["home"]["name"] == name
    assert not re.search(r"[^\n -\U0010ffff]", email)


@pytest.mark.parametrize(
    ("name", "subject", "texted"),
    [
        ("St Mary’s – The Lodge", "St Mary’s – The Lodge", "St Mary's - The Lodge"),
        ("Tŷ Môr", "Tŷ Môr", "Ty Mor"),
        ("Łódź House", "Łódź House", "Lodz House"),
        ("Haus Straße", "Haus Straße", "Haus Straße"),
        ("Rose\r\nBcc: someone", "Rose Bcc: someone", "Rose Bcc: someone"),
    ],
)
def test_a_subject_and_a_text_message_have_every_letter_of_the_name(
    name: str, subject: str, texted: str
) -> None:
    message, _, email, sms = written([ALERT], home(register=replace(REGISTER, name=name)))
    assert message.subject.startswith(f"Vacancy at {subject}: ")
    assert sms.startswith(f"{texted}, 01632 960001: ")
    assert "\r" not in email


@given(
    accepting=st.dictionaries(st.sampled_from(BedCategory), st.integers(1, 999), min_size=1),
    near=st.sampled_from(["EX2", "EX2 5DW", "50.71670,-3.50620"]),
    alerts=st.integers(1, 200),
    letters=st.integers(1, 200),
)
def test_the_home_and_its_number_come_first_and_always_fit(
    accepting: dict[BedCategory, int], near: str, alerts: int, letters: int
) -> None:
    beds = {category: counts(free, of=free) for category, free in accepting.items()}
    register = replace(REGISTER, name="L" * letters)
    _, _, _, sms = written(
        [replace(ALERT, near=near)] * alerts, replace(home(register=register), beds=beds)
    )
    assert len(sms) <= LONGEST_SMS
    assert sms.startswith("L" * min(letters, 40))
    assert ", 01632 960001: " in sms
    assert " free at 12:00 on 5 Jan." in sms


@pytest.mark.parametrize("answer", [None, Answer.YES, Answer.ASK])
def test_no_message_names_what_an_alert_asks_for_a_person(answer: Answer | None) -> None:
    alerts = [replace(ALERT, needs=tuple(NEEDS), funding=funding) for funding in Funding]
    declared = Declaration(needs=dict.fromkeys(NEEDS, answer) if answer else {})
    _, event, email, sms = written(alerts, replace(home(), declaration=declared))
    assert len(event["alerts"]) == len(Funding)
    names = "|".join([*NEEDS, *Funding])
    for text in (to_json(event), email, sms):
        assert not re.search(rf"\b({names})\b", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("categories", "is_said"),
    [(("general_nursing",), True), (("general_nursing", "dementia_nursing"), False), ((), False)],
)
def test_a_text_says_as_what_a_bed_may_serve_if_that_was_asked_for(
    categories: tuple[str, ...], *, is_said: bool
) -> None:
    alert = replace(ALERT, categories=tuple(map(BedCategory, categories)))
    other = (BedCategory.GENERAL_NURSING, BedCategory.TRANSITIONAL)
    flexible = Declaration(also_as={BedCategory.DEMENTIA_NURSING: other})
    after = replace(home(category=BedCategory.DEMENTIA_NURSING), declaration=flexible)
    _, event, email, sms = written([alert], after)
    assert [each["category"] for each in event["opened"]] == ["dementia_nursing"]
    assert "1 dementia nursing bed free (0 before), also as general nursing or" in email
    assert "1 dementia nursing bed free at" in sms
    assert (" May serve as general nursing. " in sms) is is_said


def test_an_email_says_that_a_home_fits_now_and_names_no_need() -> None:
    alert = replace(ALERT, needs=("peg",))
    refusing = replace(home(), declaration=Declaration(needs={"peg": Answer.NO}))
    _, event, email, sms = written([alert], home(), refusing)
    assert event["alerts"][0]["came_to_fit"] is True
    assert "It did not fit before" in email
    assert "peg" not in email + sms
    _, opened, plain, _ = written([alert], home())
    assert "came_to_fit" not in opened["alerts"][0]
    assert "It did not fit before" not in plain


def test_a_chance_goes_by_what_the_councils_calls_found() -> None:
    change = changed(FULL, home())
    opening = Opening(change.previous, change.document)
    streamed = StreamedChange(change, STAMPED, STAMPED, is_republished=False)
    chances = [
        alert_event(streamed, opening, [ALERT], wrong)["opened"][0]["chance"]
        for wrong in (USUALLY_WRONG, 0.3)
    ]
    assert chances == [0.92, 0.7]
