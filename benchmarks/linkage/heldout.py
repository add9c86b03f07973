"""The held-out half: names, words and difficulty families that were kept unseen while the engine was developed.

Whoever works on ``soyol.linkage`` has promised not to read this file; its figures are published on their own.
"""

from benchmarks.linkage.names import Half, pairs, triples, words

HELDOUT = Half(
    name="heldout",
    first_parts=words(
        """Ган Энх Баяр Ням Пүрэв Мягмар Болор Оюун Сар Од Чулуун Хүрэл Түвшин Ууган Хишиг Өлзий Сайхан Тулга Цэнд
        Дуламсүрэн Мандах Баясгалан Нямаа Ургамал Энэрэл Хатан Хүсэл Төгөлдөр Зулаа Ерөө"""
    ),
    male_seconds=words("баатар бат бүрэн цог хуяг мөнх пүрэв тогтох түшиг нэмэх батор амгалан идэр"),
    female_seconds=words("наран зуль мааш дулам хорол цоож дарь гоо уянга энэ цэнд үжин"),
    male_whole=words(
        """Жамъян Данзан Намжил Сэнгэ Осор Пагва Ядам Юндэн Идэр Ишдорж Лхамсүрэн Чимэд Базар Ганжуур Төвд Өлзийт
        Пунцаг Равдан Сүрэнжав Хайдав Цэдэн Шагдар Элбэг Бөх Тогмид Ёндонбат"""
    ),
    female_whole=words(
        """Цэнддулам Бүжин Уянга Энхжин Дэжид Нансалмаа Равжаа Сэлэнгэ Хандсүрэн Цолмон Чанцал Шүрэнцэцэг Ядмаа
        Үүрийнтуяа Эрхэс Бүүвэй Сэржмаа Жавзмаа Лхаасүрэн Мядагмаа"""
    ),
    clans=words("Хиад Баяд Торгууд Халх Мянгад Хотгойд Дарьганга Чонос Найман Мэргэд Барга Ойрад"),
    stage_words=words("Шонхор Мөрөн Цахилгаан Хүннү Од Болор Тал Рэпмен Эгшиг Зэвсэг Хүрд Ирвэс Гоо Бөмбөр"),
    qualities=pairs(
        """Цагаан=White; Хүрэл=Bronze; Гурван=Three; Ногоон=Green; Хаан=Royal; Эртний=Ancient; Өнө=Lasting; Сүлд=Emblem;
        Гоёо=Beautiful; Очир=Vajra; Залуу=Young; Соёмбо=Soyombo; Ундраа=Flowing; Түмэн=Myriad; Чандмань=Chandmani;
        Үүрд=Forever; Энх=Peaceful; Сэлэнгэ=Selenge"""
    ),
    things=pairs(
        """Сар=Moon; Далай=Ocean; Тал=Steppe; Бороо=Rain; Хад=Rock; Арслан=Lion; Товшуур=Lute; Ордон=Court; Хаалга=Gate;
        Цацраг=Ray; Оюун=Mind; Шувуу=Bird; Дэвтэр=Notebook; Хангай=Khangai; Булаг=Spring; Уран=Skill; Эсгий=Felt;
        Навч=Leaf; Өглөө=Morning; Аялгуу=Melody"""
    ),
    trades=pairs(
        """Пикчерс=Pictures; Рекордс=Records; Чуулга=Ensemble; Театр=Theatre; Хэвлэл=Publishing; Ложистик=Logistics;
        Контент=Content; Цирк=Circus; Архитект=Architects; Гэрэл зураг=Photography; Холдинг=Holding"""
    ),
    state_bodies=triples(
        """Соёл, урлагийн төв=Centre of Culture and Arts=СУТ; Бүжиг дууны чуулга=Song and Dance Ensemble=БДЧ;
        Орон нутаг судлах музей=Museum of Local Studies=ОНСМ; Хүүхдийн номын сан=Children's Library=ХНС;
        Хүүхэд, залуучуудын театр=Theatre of Children and Youth=ХЗТ"""
    ),
    numbered_bodies=pairs(
        """{n}-р хорооны соёлын танхим=Culture Hall of Khoroo {n};
        {n} дүгээр цэцэрлэгийн хөгжмийн бүлэг=Music Group of Kindergarten {n}"""
    ),
    romanisations=("chat", "international"),
    keyboards=("plain", "latin_letters"),
    typing_errors=("transposition", "doubling", "vowel"),
    name_shapes=(
        "patronymic_given",
        "initial_given",
        "given_patronymic",
        "given_initial",
        "given",
        "genitive_given",
        "clan_genitive_given",
    ),
    number_errors=("transposed", "missing_letters", "kin_number"),
    phone_troubles=("changed", "family", "digit"),
    date_troubles=("year_only", "year_off", "january"),
    twin_names=("different",),
    kin=("father_child", "couple", "swapped_generation"),
    body_troubles=("moved", "translated", "branch", "abbreviated", "same_owner"),
)
