"""Aimags, soums and districts with rough sizes, so that places repeat as often as they do in life.

Weights are thousands of people, rounded; they shape how often a place occurs and are no statistics.
"""

import numpy as np

AIMAGS: dict[str, tuple[int, str]] = {
    "Улаанбаатар": (
        1640,
        "Баянзүрх Сонгинохайрхан Баянгол Хан-Уул Чингэлтэй Сүхбаатар Налайх Багануур Багахангай",
    ),
    "Архангай": (95, "Эрдэнэбулган Тариат Хашаат Өгийнуур Ихтамир Цэцэрлэг Хотонт Батцэнгэл Төвшрүүлэх Жаргалант"),
    "Баян-Өлгий": (109, "Өлгий Цэнгэл Дэлүүн Толбо Улаанхус Ногооннуур Сагсай Буянт Алтай Баяннуур"),
    "Баянхонгор": (89, "Баянхонгор Богд Галуут Шинэжинст Жаргалант Бөмбөгөр Өлзийт Гурванбулаг Баянлиг Заг"),
    "Булган": (62, "Булган Хутаг-Өндөр Орхон Сэлэнгэ Тэшиг Хишиг-Өндөр Дашинчилэн Могод Рашаант Сайхан"),
    "Говь-Алтай": (58, "Есөнбулаг Дэлгэр Тайшир Цогт Бугат Чандмань Тонхил Халиун Төгрөг Эрдэнэ"),
    "Говьсүмбэр": (18, "Сүмбэр Шивээговь Баянтал"),
    "Дархан-Уул": (109, "Дархан Хонгор Орхон Шарынгол"),
    "Дорноговь": (70, "Сайншанд Замын-Үүд Айраг Даланжаргалан Хатанбулаг Мандах Өргөн Эрдэнэ Иххэт"),
    "Дорнод": (84, "Хэрлэн Чойбалсан Баян-Уул Дашбалбар Матад Халхгол Цагаан-Овоо Баяндун Сэргэлэн"),
    "Дундговь": (47, "Сайнцагаан Адаацаг Дэлгэрхангай Эрдэнэдалай Луус Өлзийт Хулд Дэрэн"),
    "Завхан": (74, "Улиастай Тосонцэнгэл Идэр Яруу Отгон Их-Уул Тэлмэн Алдархаан Ургамал Нөмрөг"),
    "Орхон": (108, "Баян-Өндөр Жаргалант"),
    "Өвөрхангай": (118, "Арвайхээр Хархорин Бат-Өлзий Хужирт Уянга Есөнзүйл Баянгол Бүрд Сант Тарагт"),
    "Өмнөговь": (75, "Даланзадгад Цогтцэций Ханбогд Гурвантэс Булган Номгон Ноён Мандал-Овоо Баяндалай"),
    "Сүхбаатар": (65, "Баруун-Урт Дарьганга Асгат Онгон Эрдэнэцагаан Мөнххаан Сүхбаатар Халзан Наран"),
    "Сэлэнгэ": (111, "Сүхбаатар Мандал Сайхан Баруунбүрэн Ерөө Шаамар Алтанбулаг Хүдэр Орхонтуул Цагааннуур"),
    "Төв": (97, "Зуунмод Баянчандмань Борнуур Батсүмбэр Жаргалант Эрдэнэ Лүн Заамар Аргалант Мөнгөнморьт"),
    "Увс": (84, "Улаангом Тариалан Давст Малчин Тэс Өмнөговь Хяргас Түргэн Зүүнговь Наранбулаг"),
    "Ховд": (90, "Жаргалант Буянт Булган Манхан Мөст Дуут Чандмань Үенч Дөргөн Зэрэг"),
    "Хөвсгөл": (135, "Мөрөн Хатгал Ханх Цагаан-Уул Рэнчинлхүмбэ Улаан-Уул Тариалан Их-Уул Бүрэнтогтох Арбулаг"),
    "Хэнтий": (79, "Хэрлэн Бор-Өндөр Дадал Биндэр Өмнөдэлгэр Батноров Дэлгэрхаан Жаргалтхаан Баян-Овоо"),
}

AIMAG_NAMES = np.array(list(AIMAGS), dtype=object)


def _soums() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    names, aimags, weights = [], [], []
    for number, (size, listed) in enumerate(AIMAGS.values()):
        soums = listed.split()
        # The centre holds about a third of an aimag; districts of the capital are more even.
        shares = np.array([1 / (place + 1.0) ** (0.5 if number == 0 else 1.1) for place in range(len(soums))])
        names += soums
        aimags += [number] * len(soums)
        # Artists gather in the capital: its weight counts more than its people.
        weights += list(shares / shares.sum() * size * (1.4 if number == 0 else 1.0))
    weight = np.array(weights)
    return np.array(names, dtype=object), np.array(aimags), weight / weight.sum()


#: Per soum or district: its name, the index of its aimag, its share of the people.
SOUM_NAMES, SOUM_AIMAG, SOUM_WEIGHT = _soums()

#: First letters of register numbers by soum; invented, and as many as there are soums.
_LETTERS = "АБВГДЕЖЗИЙКЛМНОӨПРСТУҮФХЦЧШЭЮЯ"
SOUM_LETTERS = np.array(
    [_LETTERS[SOUM_AIMAG[n] % 30] + _LETTERS[(n * 7 + SOUM_AIMAG[n]) % 30] for n in range(len(SOUM_NAMES))],
    dtype=object,
)
