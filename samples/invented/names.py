"""Names out of which the invented people and bodies are put together, and the ways in which lists write them."""

import tomllib
from pathlib import Path

LISTS = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))

MALE, FEMALE, CLANS, STAGE_NAMES = (LISTS[key] for key in ("male", "female", "clans", "stage_names"))
PARENTS = [*MALE, *LISTS["parents"]]
COMPANY_CORES, NGO_CORES, STATE_CORES, GROUPS = (
    LISTS[key] for key in ("companies", "associations", "state_bodies", "groups")
)
#: aimag → the soums that the lists name; area → its occupations
UNITS: dict[str, list[str]] = LISTS["units"]
AREAS: dict[str, list[str]] = LISTS["areas"]
OCCUPATIONS_EN: dict[str, str] = LISTS["occupations_en"]

LETTERS = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
LATIN = "a b v g d ye yo j z i i k l m n o ö p r s t u ü f kh ts ch sh sh i y i e yu ya"
#: The standard, and three habits that depart from it: passports, chats, older books.
ROMAN = {"mns": dict(zip(LETTERS, LATIN.split(), strict=True))}
ROMAN["passport"] = ROMAN["mns"] | {"ө": "u", "ү": "u", "е": "e", "ы": "y", "ь": ""}
ROMAN["chat"] = ROMAN["mns"] | {"ө": "o", "ү": "v", "х": "h", "ц": "c", "е": "e", "ь": "", "ъ": "", "й": "i"}
ROMAN["older"] = ROMAN["mns"] | {"ө": "o", "ү": "u", "х": "h", "ж": "zh", "е": "e", "ь": "'", "ъ": "", "й": "y"}


def romanise(text: str, habit: str) -> str:
    """Write Cyrillic ``text`` in Latin letters by one of the habits of ``ROMAN``, keeping capitals at word starts."""
    table = ROMAN[habit]
    out = []
    for letter in text:
        latin = table.get(letter.lower(), letter)
        out.append(latin.capitalize() if letter.isupper() and latin else latin)
    return "".join(out)


def genitive(name: str) -> str:
    """Return the parent's name as it stands before a given name ("Дорж" → "Доржийн")."""
    if name[-1] in "аэоөуүийян":
        return name + "гийн"
    return name + ("ын" if set(name.lower()) & set("аоу") and name[-1] not in "гжчшь" else "ийн")


FEET = {
    "invented_mn": "ЗОХИОМОЛ ЖИШЭЭ: энд байгаа хүн, байгууллага, дугаар бүгд зохиомол.",
    "invented_en": "INVENTED SAMPLE: every person, body and number here is made up.",
}
INVENTED = f"{FEET['invented_mn']} {FEET['invented_en']}"
