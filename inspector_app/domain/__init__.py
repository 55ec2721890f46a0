"""The words of the program: frozen dataclasses, geometry, events, errors. Stdlib only."""
