"""The trainer: trl's SFTTrainer with our batches, loss on answers, and whole checkpoints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector_app.domain.training import TrainConfig, TrainEvent
from inspector_app.learning.answer_logits import IGNORED, answer_with_loss
from inspector_app.learning.encode import Encoded, collate
from inspector_app.learning.run_folder import RunFolder, RunState
from inspector_app.learning.student import Student
from inspector_app.learning.train_machine import RunMachine
from inspector_app.learning.train_order import make_order
from inspector_app.learning.train_schedule import count_steps, rate_at

KEPT = 2  # checkpoints


@dataclass(slots=True)
class Run:
    """A run under way.

    Attributes:
        config: Of it.
        student: Learns.
        machine: Where.
        lessons: Learned from.
        validation: Measured on.
        folder: Of the run.
        state: What it knows of itself.
        emit: Tells an event; called by the first process only.
        steps: Optimiser steps in all.
        epoch_steps: Those called an epoch.
    """

    config: TrainConfig
    student: Student
    machine: RunMachine
    lessons: Sequence[Encoded]
    validation: Sequence[Encoded]
    folder: RunFolder
    state: RunState
    emit: Callable[[TrainEvent], None]
    steps: int = field(init=False)
    epoch_steps: int = field(init=False)
    processes: int = 1

    def __post_init__(self) -> None:
        per_step = self.config.batch * self.config.accumulation * self.processes
        self.steps, self.epoch_steps = count_steps(
            self.config.schedule, len(self.lessons), per_step
        )


def make_trainer(run: Run, validate: Callable[[Any], float], callback: Any) -> Any:
    """Builds the trainer of a run.

    Args:
        run: The run.
        validate: Measures and tells; called with the trainer.
        callback: Told of every step.
    """
    import datasets
    import transformers
    from trl.trainer.sft_trainer import SFTTrainer

    config = run.config

    class LessonTrainer(SFTTrainer):
        """See the module's docstring."""

        def compute_loss(
            self,
            model: Any,
            inputs: Any,
            return_outputs: bool = False,
            num_items_in_batch: Any = None,
        ) -> Any:
            total = model(**inputs)
            count = num_items_in_batch
            if count is None:
                count = (inputs["labels"][:, 1:] != IGNORED).sum()
            # The count is that of all processes and of all passes of the step; gradients are
            # averaged over processes.
            return total * self.accelerator.num_processes / count

        def create_scheduler(self, num_training_steps: int, optimizer: Any = None) -> Any:
            from torch.optim.lr_scheduler import LambdaLR

            plan = config.schedule

            def share(step: int) -> float:
                return rate_at(plan, step, run.steps, run.epoch_steps) / plan.rate

            chosen: Any = optimizer or self.optimizer
            self.lr_scheduler = LambdaLR(chosen, share)
            return self.lr_scheduler

        def _evaluate(self, *args: Any, **kwargs: Any) -> dict[str, float]:
            return {"eval_loss": validate(self)}

        def _send_telemetry(self) -> None:
            """Nothing is told to anybody; trl would send versions and sizes."""

        def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
            transformers.Trainer.log(self, logs, start_time)

        def save_model(self, output_dir: str | None = None, _internal_call: bool = False) -> None:
            if self.args.should_save and output_dir is not None:
                run.student.save(Path(output_dir))

        def _save_checkpoint(self, model: Any, trial: Any) -> None:
            save_checkpoint(run, self, model)

        def _get_output_dir(self, trial: Any) -> str:
            return str(part_of(run, self.state.global_step))

        def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
            run.student.restore(Path(resume_from_checkpoint))

    order = make_order(
        [len(lesson) for lesson in run.lessons],
        [lesson.share for lesson in run.lessons],
        config.batch * run.processes,  # what several devices learn from at once is a batch
        run.steps * config.accumulation * config.batch * run.processes,
        config.seed,
    )
    trainer = LessonTrainer(
        model=run.student.peft,
        args=_arguments(run),
        data_collator=lambda rows: collate(
            run.student, [run.lessons[row["lesson"]] for row in rows]
        ),
        train_dataset=datasets.Dataset.from_dict({"lesson": order}),
        processing_class=run.student.model.tokenizer,
        callbacks=[callback],
    )
    trainer.remove_callback(transformers.trainer_callback.PrinterCallback)
    trainer.model_accepts_loss_kwargs = True  # its loss is over the tokens of a whole step
    run.student.switch_on()  # trl turns on what it knows
    answer_with_loss(run.student.network, run.student.embed)
    return trainer


def part_of(run: Run, step: int) -> Path:
    """Where a checkpoint lies until it is whole."""
    return run.folder.path / f".saving-{step}.part"


def save_checkpoint(run: Run, trainer: Any, model: Any) -> None:
    """Writes a checkpoint of trainer and run, which gets its name when all is in it."""
    import shutil

    import transformers

    step = trainer.state.global_step
    part, name = part_of(run, step), f"checkpoint-{step}"
    if trainer.args.should_save:
        shutil.rmtree(part, ignore_errors=True)
    trainer.accelerator.wait_for_everyone()
    # The trainer's own way, without the model card that trl would add.
    transformers.Trainer._save_checkpoint(trainer, model, None)
    trainer.accelerator.wait_for_everyone()
    if trainer.args.should_save:
        run.folder.write_state(part / name, run.state)
        target = run.folder.path / name
        shutil.rmtree(target, ignore_errors=True)
        (part / name).replace(target)
        run.folder.keep(KEPT, run.state.best_step)


def _arguments(run: Run) -> Any:
    from trl.trainer.sft_config import SFTConfig

    config, machine = run.config, run.machine
    half = machine.report.dtype if machine.cuda else ""
    made = SFTConfig(
        output_dir=str(run.folder.path),
        max_steps=run.steps,
        per_device_train_batch_size=config.batch,
        gradient_accumulation_steps=config.accumulation,
        optim={"adamw": "adamw_torch", "adamw_8bit": "adamw_8bit"}[machine.optimiser],
        learning_rate=config.schedule.rate,
        weight_decay=config.weight_decay,
        max_grad_norm=run.student.max_grad_norm,
        seed=config.seed,
        use_cpu=not machine.cuda,
        bf16=half == "bfloat16",
        fp16=half == "float16",
        gradient_checkpointing=config.checkpointing,
        gradient_checkpointing_kwargs={"use_reentrant": False} if config.checkpointing else None,
        train_sampling_strategy="sequential",  # the order is made beforehand
        dataset_kwargs={"skip_prepare_dataset": True},
        max_length=None,  # an image's tokens are never cut
        remove_unused_columns=False,
        dataloader_pin_memory=machine.cuda,
        ddp_find_unused_parameters=True,  # a batch without images does not use the projection
        logging_steps=1,
        logging_nan_inf_filter=False,
        eval_strategy="no",  # evaluation and saving are asked for by the callback
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
    if run.processes == 1:
        made._n_gpu = min(1, made.n_gpu)  # several without a launcher would be DataParallel
    return made
