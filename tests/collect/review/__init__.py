"""Tests of the review of clean decks."""
