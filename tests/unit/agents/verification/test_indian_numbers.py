"""Numbers in words of Indian scripts. The facts: ₹22,000, ₹2,00,000, 3 visits, 21.0 %, 19 Aug 2026."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest

from agents.verification import indian_numbers
from agents.verification.figure import FigureKind
from agents.verification.figures import find_figures
from agents.verification.number_vocabulary import SCALES, SMALL, STANDS_FOR, TENS, WORDS
from tests.unit.agents.verification.test_disguises import WIDTHS, passed


@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("பத்து கோடி ரூபாய்", "பத்து கோடி", "100000000"),
        ("இருபத்தி இரண்டு ஆயிரம் ரூபாய்", "இருபத்தி இரண்டு ஆயிரம்", "22000"),
        ("ஐந்நூறு ரூபாய்", "ஐந்நூறு", "500"),
        ("రెండు లక్షల యాభై వేల రూపాయలు", "రెండు లక్షల యాభై వేల", "250000"),
        ("ಐದು ಲಕ್ಷದ ಐನೂರು ರೂಪಾಯಿ", "ಐದು ಲಕ್ಷದ ಐನೂರು", "500500"),
        ("അഞ്ച് ലക്ഷം രൂപ", "അഞ്ച് ലക്ഷം", "500000"),
        ("পঁচিশ লাখ পঞ্চাশ হাজার টাকা", "পঁচিশ লাখ পঞ্চাশ হাজার", "2550000"),
        ("পাঁচশ টাকা", "পাঁচশ", "500"),
        ("নয় লক্ষ টাকা", "নয় লক্ষ", "900000"),
        ("দেড় লাখ টাকা", "দেড় লাখ", "150000"),
        ("સાડા ત્રણ લાખ રૂપિયા", "સાડા ત્રણ લાખ", "350000"),
        ("પાંચસો રૂપિયા", "પાંચસો", "500"),
        ("साडेतीन नाही, पाच लाख वीस हजार रुपये", "पाच लाख वीस हजार", "520000"),
        ("दोनशे रुपये", "दोनशे", "200"),
        ("ਢਾਈ ਕਰੋੜ ਰੁਪਏ", "ਢਾਈ ਕਰੋੜ", "25000000"),
        ("ପାଞ୍ଚ ଲକ୍ଷ ଟଙ୍କା", "ପାଞ୍ଚ ଲକ୍ଷ", "500000"),
        ("پانچ لاکھ پچاس ہزار روپے", "پانچ لاکھ پچاس ہزار", "550000"),
        ("اسی روپے", "اسی", "80"),
        ("५ कोटी रुपये", "५ कोटी", "50000000"),
        ("৩.৫ লাখ টাকা", "৩.৫ লাখ", "350000"),
    ],
)
def test_an_amount_in_words_is_read(text: str, figure: str, value: str) -> None:
    (found,) = find_figures(text)
    assert (found.text, found.kind, found.value) == (figure, FigureKind.AMOUNT, Decimal(value))


@pytest.mark.parametrize(
    "lie",
    [
        "உங்களிடம் ஐந்து லட்சம் உள்ளது.", "உங்கள் செலவு இருபதாயிரம் ரூபாய்.", "இருபத்தைந்து லட்சம்.", "எட்டு ரூபாய்.",
        "மூன்றரை லட்சம்.", "லட்சங்களில் சேமித்தீர்கள்.", "மீதம் ௫ லட்சம்.", "மீதம் 5 லட்சம்.",
        "మీ దగ్గర ఐదు లక్షల రూపాయలు ఉన్నాయి.", "ఐదువందలు ఖర్చు చేశారు.", "ఇరవైఐదు శాతం.", "రూపాయలు పది వేలు.",
        "ನಿಮ್ಮ ಬಳಿ ಐದು ಲಕ್ಷ ರೂಪಾಯಿ ಇದೆ.", "ಇಪ್ಪತ್ತೈದು ಸಾವಿರ ರೂಪಾಯಿ.", "ಶೇಕಡಾ ಹತ್ತು ಉಳಿತಾಯ.", "ಒಂದು ಕೋಟಿ.",
        "അഞ്ച് ലക്ഷം രൂപയുണ്ട്.", "ഇരുപതിനായിരം രൂപ.", "ഇരുപത്തിയഞ്ച് രൂപ.", "ഒരു കോടി രൂപ.",
        "আপনার পাঁচ লাখ টাকা আছে।", "আড়াই কোটি টাকা।", "নয় টাকা।", "চারটি লেনদেন হয়েছে।", "শতকরা দশ।", "লাখের বেশি টাকা।",
        "এঘাৰ হাজাৰ টকা।", "তমার ছয়ত্রিশ লক্ষ টাকা।", "৪টি লেনদেন।", "৯৯টাকা বাকি।",
        "તમારી પાસે પાંચ લાખ રૂપિયા છે.", "પાંચસો રૂપિયા ખર્ચ્યા.", "નવ ટકા બચત.", "लाखों रुपये बचे।",
        "तुमच्याकडे पाच लाख रुपये आहेत.", "नऊशे रुपये खर्च झाले.", "दीड कोटी.", "पंचवीस टक्के.", "लाखांची बचत.",
        "ਤੁਹਾਡੇ ਕੋਲ ਪੰਜ ਲੱਖ ਰੁਪਏ ਹਨ।", "ਨੌਂ ਸੌ ਰੁਪਏ।", "ਬਾਈ ਰੁਪਏ।", "ଆପଣଙ୍କ ପାଖରେ ପାଞ୍ଚ ଲକ୍ଷ ଟଙ୍କା ଅଛି।", "ପାଞ୍ଚଶହ ଟଙ୍କା।",
        "آپ کے پاس پانچ لاکھ روپے ہیں۔", "نو سو روپے خرچ ہوئے۔", "اسی روپے۔", "ڈیڑھ کروڑ روپے۔", "لاکھوں روپے بچے۔",
        "Ungalidam anju latcham irukku.", "Aidu saavira kharchu aagide.", "Mee daggara moodu koti undi.",
    ],
)  # fmt: skip
def test_an_invented_figure_is_stopped(lie: str) -> None:
    for width in WIDTHS:
        shown, stopped = passed(f"Look here. {lie} More", width)
        assert stopped, (width, shown)
        assert lie not in shown, width


@pytest.mark.parametrize(
    "truth",
    [
        "நீங்கள் ₹22,000 செலவு செய்தீர்கள். உங்களிடம் இரண்டு லட்சம் ரூபாய் உள்ளது.", "ஒரு நல்ல இலக்கு. ஆறு ஓடுகிறது.",
        "మీరు మూడుసార్లు ఖర్చు చేశారు. మీ లక్ష్యం ఒక ఇల్లు. రెండు లక్షల రూపాయలు.", "ಎರಡು ಲಕ್ಷ ರೂಪಾಯಿ. ಇದು ಒಂದು ಒಳ್ಳೆಯ ಲಕ್ಷಣ.",
        "രണ്ട് ലക്ഷം രൂപ. ലക്ഷ്യം നല്ലതായിരുന്നു. ഒരു കാര്യം.", "আপনি ৩টি লেনদেনে ₹22,000 খরচ করেছেন। আপনার দুই লাখ টাকা আছে।",
        "এটা ঠিক নয়। তিনি একটি লক্ষ্য ঠিক করেছেন, লক্ষ করুন।", "২২,০০০টাকা খরচ, তিনবার। বাইশ হাজার টাকা।",
        "તમારું લક્ષ્ય નવું છે. બે લાખ રૂપિયા, ત્રણ વાર. એકવીસ ટકા.", "तुमचे ध्येय चांगले आहे. दोन लाख रुपये, तीन वेळा. बावीस हजार.",
        "ਇੱਕ ਚੰਗਾ ਟੀਚਾ। ਦੋ ਲੱਖ ਰੁਪਏ, ਤਿੰਨ ਵਾਰ।", "ଦୁଇ ଲକ୍ଷ ଟଙ୍କା। ଆପଣଙ୍କ ଲକ୍ଷ୍ୟ ଭଲ।",
        "یہ ایک اچھا ہدف ہے، اسی لیے سوچیں۔ دو لاکھ روپے، تین بار۔ بائیس ہزار روپے۔",
    ],
)  # fmt: skip
def test_a_true_figure_and_common_words_pass(truth: str) -> None:
    for width in WIDTHS:
        assert passed(truth, width) == (truth, []), width


@pytest.mark.parametrize("zero", "०০੦૦୦௦౦೦൦۰٠")
def test_native_digits_are_digits(zero: str) -> None:
    for text, holds in (("₹22,000", True), ("₹22,001", False)):
        native = "".join(chr(ord(zero) + int(one)) if one.isdigit() else one for one in text)
        assert (passed(f"{native}.", 1)[1] == []) is holds


def test_the_table_is_consistent() -> None:
    for word, value in indian_numbers.NUMBERS.items():
        assert SMALL[word] == value
    known = SMALL.keys() | TENS.keys() | WORDS | STANDS_FOR.keys()
    assert known >= indian_numbers.DOUBTFUL
    assert set(indian_numbers.MEANINGS.values()) <= known | SCALES.keys() | {"percent", "rupees"}
    assert all(unicodedata.is_normalized("NFC", word) for word in known)
