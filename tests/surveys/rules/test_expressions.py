import pytest
from hypothesis import given
from hypothesis import strategies as st

from soyol.surveys.rules.expressions import DEEPEST, LONGEST, NotUnderstood, names_in, parse


@pytest.mark.parametrize(
    ("text", "code", "piece"),
    [
        ("", "empty", ""),
        ("   ", "empty", ""),
        ("1 +", "ends", ""),
        ("(1", "open", "("),
        ("1 2", "unexpected", "2"),
        ("and 1", "unexpected", "and"),
        ("/data/a = 1", "sign", "/data/a = 1"),
        ("../a = 1", "sign", "../a = 1"),
        ("${a}[1]", "sign", "[1]"),
        ("'open", "sign", "'open"),
        ("pulldata('a','b')", "function", "pulldata"),
        ("jr:choice-name(${a}, 'b')", "sign", ":choice-name"),
        ("selected(${a})", "arguments", "selected"),
        ("today(1)", "arguments", "today"),
        ("concat()", "arguments", "concat"),
        ("selected(${a} ${b})", "unexpected", "${b}"),
        ("(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "too_deep", "1"),
        ("-" * (DEEPEST + 2) + "1", "too_deep", "-"),
        ("1" * (LONGEST + 1), "too_long", "1" * 20),
    ],
)
def test_what_is_not_understood_is_refused_with_its_piece(text: str, code: str, piece: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(text)
    assert (refused.value.code, refused.value.piece[: len(piece) or None]) == (code, piece)


def test_the_questions_of_an_expression_are_found_wherever_they_stand() -> None:
    assert names_in("if(${a} = -${b}, concat(${c}, 'x ${d}'), ( ${ e } ))") == {"a", "b", "c", "e"}
    assert names_in("") == frozenset()


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("${a} = 1 or ${b} = 2 and ${c} = 3", "(${a} = 1) or ((${b} = 2) and (${c} = 3))"),
        ("1 < 2 = true()", "(1 < 2) = true()"),
        ("${a}-1", "${a} - 1"),
        (". >= 1", ".>=1"),
        ("selected(${a}, ‘x’)", "selected(${a}, 'x')"),
    ],
)
def test_stronger_signs_bind_first(one: str, same: str) -> None:
    assert parse(one) == parse(same)


@given(st.text(alphabet="${}ab.,()'\"=<>!+-*/ 019orandivm", max_size=60))
def test_any_text_is_a_tree_or_is_refused(text: str) -> None:
    assert _is_tree(text) in {True, False}


def _is_tree(text: str) -> bool:
    try:
        parse(text)
    except NotUnderstood:
        return False
    return True
