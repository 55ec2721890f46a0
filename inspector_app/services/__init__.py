"""Use cases: inspect, batch, fit, report, evaluate. What the window and the command line call."""
