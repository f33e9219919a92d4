"""Addresses of the CRM as a catalogue declares them: checked when it is loaded, escaped when they are filled."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from nba_desktop.backend.decisioning.entries.crm import CrmEntry

CASES = "https://crm.example/c/{customer_no}/cases?id={case_id}"


@pytest.mark.parametrize(
    ("customer_no", "address"),
    [
        ("K-104776", "https://crm.example/c/K-104776"),
        ("A/1?x=&ü %2F", "https://crm.example/c/A%2F1%3Fx%3D%26%C3%BC%20%252F"),
        ("{case_id}", "https://crm.example/c/%7Bcase_id%7D"),
        ("..", None),
        ("", None),
    ],
)
def test_a_number_is_escaped_and_never_a_step_in_the_path(customer_no: str, address: str | None) -> None:
    assert CrmEntry(customer_url="https://crm.example/c/{customer_no}").customer_address(customer_no) == address


def test_a_case_is_named_with_its_customer_and_what_fills_one_gap_never_fills_another() -> None:
    crm = CrmEntry(case_url=CASES)
    assert crm.case_address("V 1&2", "K/1") == "https://crm.example/c/K%2F1/cases?id=V%201%262"
    assert crm.case_address("{customer_no}", "K-1") == "https://crm.example/c/K-1/cases?id=%7Bcustomer_no%7D"
    assert (crm.case_address(".", "K-1"), crm.customer_address("K-1")) == (None, None)


@pytest.mark.parametrize(
    "template",
    ["http://localhost:8080/{customer_no}", "http://127.0.0.1/{customer_no}", "http://[::1]:80/?no={customer_no}#x"],
)
def test_a_crm_on_this_machine_needs_no_encryption(template: str) -> None:
    assert CrmEntry(customer_url=template).customer_address("K-1")


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("http://crm.example/{customer_no}", "http is for this machine alone"),
        ("javascript:alert({customer_no})", "this is not an address"),
        ("file:///{customer_no}", "this is not an address"),
        ("https:///{customer_no}", "this is not an address"),
        ("https://crm.example:99999/{customer_no}", "this is not an address"),
        ("https://{customer_no}.example/", "without a gap"),
        ("https://me:pass@crm.example/{customer_no}", "without a password"),
        ("https://crm.example/", "the gap {customer_no} is missing"),
        ("https://crm.example/{customer_no}/{last_name}", "a gap that nothing fills"),
        ("https://crm.example/{customer_no}/{case_id}", "a gap that nothing fills"),
        ("https://crm.example/{{customer_no}}", "a gap that nothing fills"),
        ("https://crm.example/ü/{customer_no}", "a sign that no address has"),
        ("https://crm.example/a b/{customer_no}", "a sign that no address has"),
    ],
)
def test_what_no_browser_may_be_sent_to_is_refused(template: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says.replace("{", r"\{").replace("}", r"\}")):
        CrmEntry(customer_url=template)
