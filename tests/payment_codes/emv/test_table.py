from payment_codes.emv.rows import rows_of
from payment_codes.emv.rules import issues_inside
from payment_codes.emv.table import ROOT, UNDEFINED, Field, Format, table
from payment_codes.fields import DataObject

OWN = table("Spec §1", {"01": Field("Key", Format.NUMERIC, 2, 4, mandatory=True)})


def test_a_table_has_a_row_for_every_id() -> None:
    assert len(OWN.fields) == 100
    assert OWN.fields["55"] is UNDEFINED
    assert OWN.mandatory == ("01",)
    assert not OWN.holds_templates
    assert ROOT.holds_templates


def test_a_replaced_row_cites_its_own_section_and_the_others_theirs() -> None:
    national = ROOT.with_fields("Spec §2", {"59": Field("Name", Format.STRING, 1, 3)})
    objects = (DataObject("52", "x"), DataObject("59", "name"))
    rules = {issue.where: issue.rule for issue in issues_inside(objects, national, "")}
    assert rules["59"] == "Spec §2"
    assert rules["52"] == "EMV QRCPS MPM v1.1 Table 3.3"
    assert ROOT.fields["59"].mandatory


def test_the_page_shows_a_run_of_equal_fields_once() -> None:
    rows = list(rows_of(ROOT))
    assert [row.id for row in rows if row.name == "Merchant Account Information"] == ["26 to 51"]
    amount = next(row for row in rows if row.id == "54")
    assert amount.presence == "O"
    assert amount.form.startswith("printable ASCII characters; 1 to 13 characters; digits")
    assert "62.05" in {row.id for row in rows}


def test_a_run_that_is_broken_is_two_rows() -> None:
    own = Field("Own", Format.TEMPLATE, 1, 99, content=OWN)
    rows = [row.id for row in rows_of(ROOT.with_fields("Spec §3", {"30": own}))]
    assert rows.index("26 to 29") < rows.index("30") < rows.index("30.01") < rows.index("31 to 51")
