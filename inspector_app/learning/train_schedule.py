"""Learning rate of every step."""

from __future__ import annotations

import math

from inspector_app.domain.training import Schedule


def rate_at(plan: Schedule, step: int, steps: int, epoch_steps: int) -> float:
    """Returns the learning rate of a step.

    `linear_warmup_cosine` is that of MiniGPT-v2 with what is odd in it: warm-up counts inside the
    epoch, so that one longer than an epoch begins anew in each; the cosine counts from step 0, so
    that the rate jumps down when warm-up ends. The others warm up from `start` and then go on from
    the highest rate.

    Args:
        plan: Of the run.
        step: Counted from 0.
        steps: In all.
        epoch_steps: Of an epoch.
    """
    if plan.kind == "linear_warmup_cosine":
        if step < plan.warmup:
            inside = step % max(1, epoch_steps)
            return min(plan.rate, plan.start + (plan.rate - plan.start) * inside / plan.warmup)
        wave = 1 + math.cos(math.pi * step / max(1, steps))
        return plan.lowest + 0.5 * (plan.rate - plan.lowest) * wave
    if step < plan.warmup:
        return plan.start + (plan.rate - plan.start) * step / plan.warmup
    gone = min(1.0, (step - plan.warmup) / max(1, steps - plan.warmup))
    if plan.kind == "linear":
        return plan.rate + (plan.lowest - plan.rate) * gone
    if plan.kind == "cosine":
        return plan.lowest + 0.5 * (plan.rate - plan.lowest) * (1 + math.cos(math.pi * gone))
    return plan.rate


def count_steps(plan: Schedule, samples: int, per_step: int) -> tuple[int, int]:
    """Returns the steps of a run and those of an epoch.

    Args:
        plan: Of the run.
        samples: Learned from.
        per_step: Samples of an optimiser step, on all devices.
    """
    epoch = plan.epoch_steps or max(1, math.ceil(samples / per_step))
    return plan.steps or max(1, round(plan.epochs * epoch)), epoch
