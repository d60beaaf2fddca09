"""Text made safe for a spreadsheet cell."""


def safe_cell(value: object) -> object:
    """Mark as text what a spreadsheet would take for a formula, as OWASP advises."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
