"""Tests of what comes back: decks good and bad, made here in code, and what becomes of them."""
