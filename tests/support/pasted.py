"""Contact details and postcodes as people paste and type them, each with its normal form.

The tests of every edge read the same tables: the API, the import, the command line.
"""

from typing import Final

EMAIL: Final = "a.carer-7@example.org"
EMAILS: Final = (
    "A.Carer-7@Example.org",
    " a.carer-7@example.org\u00a0",
    "\u200ba.carer-7@example.org\ufeff",
    "a.carer-7@exa\u200bmple.org",
    "a.carer\u00ad-7@example.org",
    "a.carer\u20117@example.org",
    "Ann Carer <a.carer-7@example.org>",
    '"Carer, Ann (Ward 7)" <a.carer-7@example.org>',
    "a.carer-7@example.org <a.carer-7@example.org>",
    "<a.carer-7@example.org>",
    "Ann\u00a0O\u2019Carer\u00a0<a.carer-7@example.org>;",
    "mailto:a.carer-7@example.org",
    "a.carer-7@example.org;",
    "a.carer-7@example.org,",
    "a.carer-7@example.org.",
)

APOSTROPHE_EMAIL: Final = "a.o'carer@example.org"
APOSTROPHE_EMAILS: Final = (
    "a.o'carer@example.org",
    "a.o\u2019carer@example.org",
    "a.o\u2018carer@example.org",
    "a.o\u02bccarer@example.org",
    "Ann O\u2019Carer <a.o\u2019carer@example.org>",
)

PHONE: Final = "01632960001"
PHONES: Final = (
    "01632960001",
    "01632 960 001",
    "(01632) 960001",
    "(01632)960001",
    "01632-960001",
    "01632 \u2013 960001",
    "01632\u2011960001",
    "01632.960.001",
    "01632\u00a0960001",
    "01632\u200b960001",
    "\u202a01632 960001\u202c",
    "+44 1632 960001",
    "+44 (0)1632 960001",
    "+44(0) 1632 960001",
    "(+44) 1632 960001",
    "+44 0 1632 960001",
    "0044 1632 960001",
    "0044 (0)1632 960001",
    "44 1632 960001",
    "tel:+441632960001",
    "Tel: 01632 960001",
    "01632 960001.",
)

MOBILE: Final = "+447700900123"
MOBILES: Final = (
    "07700 900123",
    "07700-900123",
    "(07700) 900123",
    "+44 (0)7700 900123",
    "+44\u00a0(0)7700\u00a0900123",
    "0044 7700 900123",
    "00447700900123",
    "447700900123",
    "07700\u200b900\u200b123",
    "tel:07700900123",
)

WEBSITE: Final = "https://www.larkrise.example"
WEBSITES: Final = (
    "www.larkrise.example",
    "WWW.Larkrise.Example",
    " www.larkrise.example\u00a0",
    "www.lark\u200brise.example",
    "www.lark\u00adrise.example",
    "\u2068www.larkrise.example\u2069",
    "https://www.larkrise.example",
    "HTTPS://www.larkrise.example",
    "<https://www.larkrise.example>",
    "www.larkrise.example.",
    "www.larkrise.example,",
)

POSTCODE: Final = "EX2 5DW"
POSTCODES: Final = (
    "EX2 5DW",
    "ex25dw",
    " EX2  5dw ",
    "EX2\u00a05DW",
    "EX2\u202f5DW",
    "EX2\u20095DW",
    "EX2\u200b 5DW",
    "\ufeffEX2 5DW",
    "\u2068EX2 5DW\u2069",
    "EX\u00ad2 5DW",
    "E X 2 5 D W",
    "EX2\t5DW",
    "EX2-5DW",
    "EX2 5DW.",
    "EX2 5DW,",
)

NOT_EMAILS: Final = (
    "wa rd@example.org",
    "Ward Seven ward@example.org",
    "Ward Seven <ward@example.org",
    "Ward Seven <ward@example.org> <sister@example.org>",
    "sister@example.org <ward@example.org>",
    "ward@example.org,sister@example.org",
    "ward@example.org; sister@example.org",
    "Ward <ward@example.org>, Sister <sister@example.org>",
)
"""What names nobody, or two people: never one of them, silently."""

NOT_PHONES: Final = (
    "0",
    "0          ",
    "000 0000 0000",
    "00000 000000",
    "+44",
    "+44 (0)",
    "01632 960001 ext 2",
    "01632 960001 x2",
    "01632 960001 (2)",
    "01632 960001 / 960002",
    "01632 960001 / 01632 960002",
    "01632 960001 or 01632 960002",
    "call 01632 960001",
    "01632 960001 after 6",
)
"""What is no number, or more than one: a part of it is never taken."""
