"""Romanisations as people write them: tables of the benchmark's own, so that it does not test the pack by the pack.

Sources: MNS 5217:2012 for ``mns``; how passports print names for ``passport``; text messages for ``chat``;
library catalogues of the last century for ``international``.
"""

_USUAL = "a,b,v,g,d,z,i,i,k,l,m,n,o,p,r,s,t,u,f,ts,ch,sh,sh,y,e"
_BASE = dict(zip("абвгдзийклмнопрстуфцчшщыэ", _USUAL.split(","), strict=True))
TABLES: dict[str, dict[str, str]] = {
    "mns": _BASE
    | {"ө": "ö", "ү": "ü", "х": "kh", "е": "ye", "ё": "yo", "ж": "j", "ю": "yu", "я": "ya", "ь": "i", "ъ": "i"},
    "passport": _BASE
    | {"ө": "u", "ү": "u", "х": "kh", "е": "ye", "ё": "yo", "ж": "j", "ю": "yu", "я": "ya", "ь": "", "ъ": ""},
    "chat": _BASE
    | {
        "ө": "u",
        "ү": "v",
        "х": "h",
        "е": "e",
        "ё": "yo",
        "ж": "j",
        "ю": "yu",
        "я": "ya",
        "ь": "i",
        "ъ": "",
        "й": "i",
        "в": "w",
    },
    "chat_loose": _BASE
    | {
        "ө": "o",
        "ү": "u",
        "х": "x",
        "е": "e",
        "ё": "yo",
        "ж": "j",
        "ю": "yu",
        "я": "ya",
        "ь": "",
        "ъ": "",
        "ц": "c",
        "й": "y",
    },
    "international": _BASE
    | {"ө": "ö", "ү": "ü", "х": "h", "е": "e", "ё": "io", "ж": "zh", "ю": "iu", "я": "ia", "ь": "", "ъ": "", "ы": "i"},
}
_DOUBLED = ("aa", "ee", "oo", "uu", "öö", "üü", "vv", "ii")


def romanise(text: str, table: str) -> str:
    """Return ``text`` in Latin letters by one of ``TABLES``, keeping capitals and whatever is not Cyrillic."""
    letters = TABLES[table]
    out: list[str] = []
    for letter in text:
        latin = letters.get(letter.lower(), letter)
        out.append(latin[:1].upper() + latin[1:] if letter.isupper() and latin != letter else latin)
    result = "".join(out)
    if table == "chat_loose":
        for pair in _DOUBLED:
            result = result.replace(pair, pair[0])
    return result
