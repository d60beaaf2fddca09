"""Withhold roles from people who sign in without a second step, where the council requires one."""
