"""Number words of languages of Europe never tell a figure. The facts: ₹22,000, ₹2,00,000, 3 visits, 21.0 %."""

from __future__ import annotations

import pytest

from tests.unit.agents.verification.test_disguises import WIDTHS, passed


@pytest.mark.parametrize(
    "lie",
    [
        "cinco mil rupias", "fünfhundert Rupien", "deux lakh", "trois mille roupies", "mil rupias",
        "quinientos rupees", "veinte percent", "zwanzig Prozent", "₹cinco mil",
        "vingt-cinq mille rupees", "zweitausend rupees", "drei crore", "cinquenta e dois mil rupees",
        "quarante-deux percent", "duemila rupie", "achthundert", "cinco mil", "Rs quatre",
        "treinta y cinco rupees", "neuf cents rupees", "zwei Millionen Rupien", "dos millones",
        "três mil", "sieben %", "fünfundzwanzig Rupien",
    ],
)  # fmt: skip
def test_an_invented_figure_is_stopped_before_it_is_read(lie: str) -> None:
    for width in WIDTHS:
        shown, stopped = passed(f"You spent {lie}. More", width)
        assert stopped, (width, shown)
        # "mil" alone opens nothing: in Hindi it means that something came.
        assert "You spent mil ".startswith(shown), width


@pytest.mark.parametrize(
    "truth",
    [
        "Aapko ₹22,000 mil gaye. Do lakh rupaye mil gaye. Usko ₹22,000 mila, 22,000 mila rupaye mein.",
        "Total due Rs 22,000, due in two lakh. Once Rs 22,000. Sept Rs 22,000. Seize ₹22,000.",
        "Fiat Uno at ₹22,000. Otto took ₹22,000. OTTO Rs 22,000 went. Elf ₹22,000. Tres ₹22,000. Uno, dos, tres.",
        "Per cent, a cent. The die is cast. Set it, or not. Mille Miglia, DOS and a novel trend.",
    ],
)
def test_true_figures_and_common_words_pass(truth: str) -> None:
    for width in WIDTHS:
        assert passed(truth, width) == (truth, []), width
