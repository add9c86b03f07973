"""How lists garble what is really so: habits of writing names, slips of the keyboard, half-filled cells."""

from random import Random

from invented import names
from invented.world import Body, Person

LOOKALIKES = str.maketrans("аеорсхАЕОРСХ", "aeopcxAEOPCX")
LEGACY = str.maketrans("өүӨҮ", "єїЄЇ")
PLAIN_KEYBOARD = str.maketrans("өүӨҮё", "оуОУе")


def maybe(rng: Random, share: float, text: str) -> str:
    """Return ``text`` in ``share`` of the calls, else an empty cell."""
    return text if rng.random() < share else ""


def slip(rng: Random, text: str) -> str:
    """Return ``text`` with one typing error: two letters exchanged, one lost, or one doubled."""
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 2)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :] if kind == 1 else text[:at] + text[at] + text[at:]


def keyboard(rng: Random, text: str) -> str:
    """Return ``text`` as a keyboard without ө and ү, an old code page or a mixed layout gives it."""
    chance = rng.random()
    if chance < 0.07:
        return text.translate(PLAIN_KEYBOARD)
    if chance < 0.11:
        return text.translate(LEGACY)
    return text.translate(LOOKALIKES) if chance < 0.14 else text


def given_name(rng: Random, text: str, slips: float = 0.04) -> str:
    """Return a name as typed in a list that is typed with average care."""
    typed = slip(rng, text) if rng.random() < slips else text
    return keyboard(rng, typed)


def full_name(rng: Random, person: Person, styles: str) -> str:
    """Write the whole name in one of ``styles``, a letter each, drawn by lot; the table below shows them."""
    given, parent = given_name(rng, person.given), given_name(rng, person.parent, 0.02)
    return {
        "p": f"{parent} {given}",
        "g": f"{names.genitive(parent)} {given}",
        "i": f"{parent[0]}.{given}",
        "I": f"{parent[0]}. {given}",
        "r": f"{given} {parent[0]}.",
        "R": f"{given} {parent}",
        "c": f"{person.clan} овгийн {names.genitive(parent)} {given}",
        "f": f"{parent} овогтой {given}",
        "A": f"{parent} {given}".upper(),
    }[rng.choice(styles)]


def number(rng: Random, person: Person, share: float) -> str:
    """Return the register number as lists carry it: absent, in small letters, spaced, or one digit wrong."""
    if rng.random() > share:
        return ""
    chance, value = rng.random(), person.number
    if chance < 0.06:
        return value.lower()
    if chance < 0.10:
        return f"{value[:2]} {value[2:]}"
    if chance < 0.13:
        digit = rng.randrange(8, 10)
        return value[:digit] + str((int(value[digit]) + 1 + rng.randrange(8)) % 10) + value[digit + 1 :]
    return value


def phone(rng: Random, person: Person, share: float) -> str:
    """Return one of the person's telephones in one of the usual spellings; the second one is the newer."""
    if rng.random() > share:
        return ""
    digits = person.phones[0] if rng.random() < 0.7 else person.phones[1]
    spelled = (digits, digits, digits, f"{digits[:4]}-{digits[4:]}", f"{digits[:4]} {digits[4:]}", f"+976 {digits}")
    return rng.choice(spelled)


def body_name(rng: Random, body: Body, *, latin: float = 0.0, form_first: float = 0.1) -> str:
    """Write a body's name with or without quotes and form, at times its former name, at times in Latin."""
    core = body.former_core if body.former_core and rng.random() < 0.35 else body.core
    core = keyboard(rng, slip(rng, core) if rng.random() < 0.04 else core)
    form = {"llc": "ХХК", "ngo": "ТББ", "state": "ОНӨААТҮГ" if rng.random() < 0.1 else "", "group": ""}[body.form]
    if rng.random() < latin:
        form = {"ХХК": "LLC", "ТББ": "NGO"}.get(form, "")
        return f"{names.romanise(core, rng.choice(('mns', 'passport')))} {form}".strip()
    if body.form in {"llc", "ngo"} and rng.random() < 0.45:
        core = rng.choice((f'"{core}"', f"«{core}»", f"“{core}”"))
    if rng.random() < 0.15:
        form = ""
    return f"{form} {core}".strip() if rng.random() < form_first else f"{core} {form}".strip()


def group_name(rng: Random, body: Body) -> str:
    """Write an informal group's name with the word for what it is before or after."""
    core = keyboard(rng, body.core)
    return rng.choice((f"«{core}» хамтлаг", f"{core} чуулга", f"Хамтлаг {core}", core))
