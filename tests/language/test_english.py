"""What is not English is not read, and English copy full of brand names still is."""

from __future__ import annotations

import pytest

from copylint.language.english import is_english
from copylint.language.words import words_of


@pytest.mark.parametrize(
    "text",
    [
        "The treatment takes about an hour, and most people go home the same day.",
        "Botox Dysport Xeomin Juvéderm Restylane Sculptra Radiesse Belotero Kybella",
        "Book now",
        "Results may vary. No downtime. Le Visage clinic, Rue de la Paix.",
        "",
    ],
)
def test_english(text: str) -> None:
    assert is_english(words_of(text).keys)


@pytest.mark.parametrize(
    "text",
    [
        "Die Behandlung dauert etwa eine Stunde und die Ergebnisse sind nicht für immer.",
        "Le traitement dure une heure et les résultats ne sont pas garantis pour vous.",
        "El tratamiento dura una hora y los resultados no son para toda la vida.",
        "Лазерная липосакция",
        "レーザー 脂肪吸引 です",
        "علاج بالليزر",
    ],
)
def test_not_english(text: str) -> None:
    assert not is_english(words_of(text).keys)
