"""Where the bars of a waterfall begin and end."""

from soyol.ui.charts import signed, waterfall

STEPS = [("begin", -10.0), ("number", 30.0), ("phone", -5.0)]


def test_each_bar_begins_where_the_one_before_ended() -> None:
    begin, number, phone = waterfall(STEPS)
    # From -10 to 20 are 30 bits: the first bar is a third, the second all, the third a sixth at the end.
    assert [(bar.left, bar.width) for bar in (begin, number, phone)] == [
        ("0.00", "33.33"),
        ("0.00", "100.00"),
        ("83.33", "16.67"),
    ]
    assert {bar.zero for bar in (begin, number, phone)} == {"33.33"}
    assert [bar.kind for bar in (begin, number, phone)] == ["minus", "plus", "minus"]


def test_a_step_that_moves_nothing_is_still_seen() -> None:
    assert waterfall([("nothing", 0.0), ("all", 8.0)])[0].width == "0.50"


def test_weights_carry_a_true_sign_and_nothing_carries_none() -> None:
    assert [signed(weight) for weight in (2.04, -3.46, 0.01, -0.02)] == ["+2.0", "\N{MINUS SIGN}3.5", "0.0", "0.0"]
