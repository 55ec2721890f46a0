"""Engines behind one protocol, and the process they live in."""
