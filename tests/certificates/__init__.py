"""Tests of certificates: who gets one, what is printed, what the register keeps, and that all of it goes again."""
