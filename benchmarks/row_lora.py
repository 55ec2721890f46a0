"""Row lora: an optimiser step of ours against plain trl on the same model, data and order.

Plain is what trl's documentation shows for a vision-language model: SFTTrainer with a LoRA
configuration and its own vision collator, which decodes, resizes and patches images and runs the
frozen tower in every step, and on the processor runs the output layer at every position. Both sides
start from the same weights, see the same batches and compute in float32 without checkpointed
activations.
"""

from __future__ import annotations

import contextlib
import threading
import time
import warnings
from pathlib import Path
from typing import Any

from language import device, picture, threads
from PIL import Image
from timing import Samples, make_row

from inspector_app.domain.loading import SeenImage
from inspector_app.domain.samples import Lesson, Sample
from inspector_app.domain.tasks import Task
from inspector_app.domain.training import DataSource, LoraSettings, Schedule, TrainConfig
from inspector_app.engines import registry
from inspector_app.learning.checkpoints import Sizes, make_checkpoint
from inspector_app.learning.encode import Draft, encode
from inspector_app.learning.run_folder import RunFolder, RunState
from inspector_app.learning.train_machine import choose_machine
from inspector_app.learning.train_order import make_order
from inspector_app.learning.trainer import Run, make_trainer

# The shares of a released model: a tower of a third of the values, a vocabulary that outweighs a
# layer. Large enough that sums, not calls, take the time.
SIZES = Sizes(256, 4, 4, 2, 704, 32_000, 128, 8, 4)
TOKENS = 256  # of an image, the least that its authors recommend
COUNT, BATCH, STEPS = 8, 2, 20
RATE, SEED = 1e-4, 42
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
QUESTIONS = ("Is there a defect on this part?", "What is in this region?", "Is it bent?")
ANSWERS = ("No", "A scratch at the upper left.", "Yes, by a dent")
SYSTEM = "You are a helpful assistant."


def measure(folder: Path, quick: bool) -> list[dict[str, Any]]:
    """Measures the row; valid when the losses of all steps are within 1e-3."""
    threads()
    warnings.simplefilter("ignore")
    model = make_checkpoint(folder / "lora", sizes=SIZES, texts=[*QUESTIONS, *ANSWERS, SYSTEM] * 3)
    samples = _samples(folder)
    with contextlib.redirect_stdout(None):
        trainer, lengths = _ours(folder, model, samples)
        baseline = _plain(folder, model, samples, trainer, lengths)
        ours, plain = _Stepper(trainer), _Stepper(baseline)
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(STEPS // 2):  # A B B A, two steps of each side a round
            for side, stepper in ((0, ours), (1, plain), (1, plain), (0, ours)):
                times[side].append(stepper.step())
        ours.end()
        plain.end()
    gap = max(abs(a - b) for a, b in zip(ours.losses, plain.losses, strict=True))
    skipped = 2  # the first rounds fill caches: ours of features, both of memory
    rounds = slice(skipped, STEPS // 2)
    a, b = ([(each[i], each[i + 1]) for i in range(0, STEPS, 2)] for each in times)
    import numpy as np

    found = Samples(np.array(a)[rounds], np.array(b)[rounds])
    unit = (
        f"ms a step of {BATCH} samples with {TOKENS} image tokens; baseline: trl's SFTTrainer and "
        f"collator; losses of {STEPS} steps differ by at most {gap:.1e}"
    )
    valid = gap < 1e-3 and len(ours.losses) == STEPS
    return [make_row("lora", found, unit, valid, 1000)]


class _Stepper:
    """A trainer that takes one step when it is told to, so that two can take turns."""

    def __init__(self, trainer: Any) -> None:
        import transformers

        self.trainer = trainer
        self.losses: list[float] = []
        self._go, self._done = threading.Semaphore(0), threading.Semaphore(0)
        stepper = self

        class Turns(transformers.TrainerCallback):
            # Held before the batch is made, so that making it belongs to the step.
            def on_train_begin(self, *args: Any, **more: Any) -> None:
                stepper._go.acquire()

            def on_log(self, args: Any, state: Any, control: Any, **more: Any) -> None:
                if "loss" in more["logs"]:
                    stepper.losses.append(more["logs"]["loss"])
                    stepper._done.release()
                    stepper._go.acquire()

        trainer.add_callback(Turns())
        self._thread = threading.Thread(target=trainer.train, daemon=True)
        self._thread.start()

    def step(self) -> float:
        """Takes a step, its batch included; returns its seconds."""
        begun = time.perf_counter()
        self._go.release()
        if not self._done.acquire(timeout=300):
            raise RuntimeError("a step took more than five minutes, or the trainer failed")
        return time.perf_counter() - begun

    def end(self) -> None:
        """Lets the trainer end."""
        self._go.release()
        self._thread.join(60)


def _samples(folder: Path) -> list[Sample]:
    samples: list[Sample] = []
    for number in range(COUNT):
        path = folder / f"part-{number}.png"
        # Sizes of photographs of parts; each becomes about 256 tokens.
        Image.fromarray(picture(1024, 768 + 16 * number, seed=number)).save(path)
        question, answer = QUESTIONS[number % 3], ANSWERS[number % 3]
        samples.append(Sample((str(path),), Task.VQA, "train", question, (answer,)))
    return samples


def _ours(folder: Path, model: Path, samples: list[Sample]) -> tuple[Any, list[int]]:
    from inspector_app.learning.lora_qwen import QwenStudent
    from inspector_app.services.models import add_folder

    card = add_folder(model, name="Lora", card_id="lora")
    config = TrainConfig(
        "Lora", card.id, (DataSource("made"),), lora=LoraSettings(16, 16),
        schedule=Schedule("linear", RATE, warmup=0, steps=STEPS), batch=BATCH, seed=SEED,
        image_tokens=TOKENS,
    )  # fmt: skip
    machine = choose_machine(config, card, model)
    student = QwenStudent(config, card, registry.create(card.id), model, machine)

    def draft(sample: Sample) -> Draft:
        def make(seen: SeenImage | None) -> Lesson:
            return Lesson(sample, ((sample.question, sample.answers[0]),), SYSTEM)

        return Draft(sample, make)

    lessons = [encode(student, draft(sample)) for sample in samples]
    run = Run(
        config, student, machine, lessons, (), RunFolder(folder / "ours"), RunState(),
        lambda event: None,
    )  # fmt: skip
    import transformers

    trainer = make_trainer(run, lambda trainer: 0.0, transformers.TrainerCallback())
    return trainer, [len(lesson) for lesson in lessons]


def _plain(folder: Path, model: Path, samples: list[Sample], ours: Any, lengths: list[int]) -> Any:
    import datasets
    import peft
    import torch
    import transformers
    import trl
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    network = transformers.Qwen2VLForConditionalGeneration.from_pretrained(
        model, dtype=torch.float32, attn_implementation="sdpa"
    ).to(device())
    side = 28 * 28 * TOKENS
    tokenizer = transformers.AutoTokenizer.from_pretrained(model)

    class ImageProcessor(transformers.Qwen2VLProcessor):
        """The processor without its video half, which needs torchvision."""

        def check_argument_for_proper_class(self, argument_name: str, argument: Any) -> Any:
            if argument is None:
                return None
            return super().check_argument_for_proper_class(argument_name, argument)

    processor = ImageProcessor(
        image_processor=Qwen2VLImageProcessorPil(min_pixels=side, max_pixels=side),
        tokenizer=tokenizer,
        chat_template=tokenizer.chat_template,
    )
    order = make_order(lengths, [1.0] * COUNT, BATCH, STEPS * BATCH, SEED)
    rows = [samples[index] for index in order]
    start, end = "<|im_start|>", "<|im_end|>"
    image = "<|vision_start|><|image_pad|><|vision_end|>"
    data = datasets.Dataset.from_dict(
        {
            "images": [[row.images[0]] for row in rows],
            "prompt": [
                f"{start}system\n{SYSTEM}{end}\n{start}user\n{image}{row.question}{end}\n"
                f"{start}assistant\n"
                for row in rows
            ],
            "completion": [f"{row.answers[0]}{end}" for row in rows],
        }
    ).cast_column("images", datasets.List(datasets.Image()))
    args = trl.SFTConfig(
        output_dir=str(folder / "plain"),
        max_steps=STEPS,
        per_device_train_batch_size=BATCH,
        learning_rate=RATE,
        lr_scheduler_type="linear",
        optim="adamw_torch",
        weight_decay=ours.args.weight_decay,
        max_grad_norm=1.0,
        gradient_checkpointing=False,
        max_length=None,
        pad_to_multiple_of=None,
        bf16=ours.args.bf16,
        use_cpu=ours.args.use_cpu,
        train_sampling_strategy="sequential",
        logging_steps=1,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        seed=SEED,
    )
    trainer = trl.SFTTrainer(
        model=network,
        args=args,
        train_dataset=data,
        processing_class=processor,
        peft_config=peft.LoraConfig(r=16, lora_alpha=16, target_modules=TARGETS),
    )
    trainer.remove_callback(transformers.trainer_callback.PrinterCallback)
    first = peft.get_peft_model_state_dict(ours.model, save_embedding_layers=False)
    peft.set_peft_model_state_dict(trainer.model, first)
    return trainer
