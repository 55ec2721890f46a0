"""Turning model text into boxes and fields. No engine, no Qt."""
