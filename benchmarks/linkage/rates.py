"""How often each difficulty happens: the one place to turn when the set is calibrated."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rates:
    """Shares of people, bodies or records; ``families`` are shares of people, pairs drawn disjointly."""

    has_former_phone: float = 0.20
    has_email: float = 0.42
    movers: float = 0.10
    stage_names: float = 0.10
    employed: float = 0.45
    families: dict[str, float] = field(
        default_factory=lambda: {
            "twins": 0.02,
            "siblings": 0.05,
            "father_child": 0.05,
            "swapped_generation": 0.02,
            "couple": 0.03,
            "namesakes": 0.08,
        }
    )
    typing_error: float = 0.045  # per name part
    keyboard: float = 0.09  # of Cyrillic records, beyond lists that are wholly so
    number_error: float = 0.06
    number_kin: float = 0.01
    phone_former: float = 0.4  # of mentions by people who changed their phone
    phone_family: float = 0.35  # of mentions by people with a family phone
    phone_digit: float = 0.02
    date_trouble: float = 0.08
    body_families: float = 0.10
    body_renamed: float = 0.05
    body_moved: float = 0.06
    same_list_twice: float = 0.06
