"""Projects that the reports are tested on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from inspector_app.domain.events import Provenance
from inspector_app.domain.findings import Author, AuthorKind, Finding, FindingState
from inspector_app.domain.geometry import Box
from inspector_app.domain.heat import HeatMap
from inspector_app.domain.images import ImageRef
from inspector_app.domain.results import Overrule, Result
from inspector_app.domain.tasks import Task
from inspector_app.domain.verdicts import Limits, Verdict
from inspector_app.imaging.decode import file_sha256
from inspector_app.reports.export import FORMATS, export
from inspector_app.store.project import Project

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://example.com","x")'
LONG = "dài" * 400
RTL = "\u202eשריטה\u202c خدش"
VIETNAMESE = "vết xước sâu"
LIMITS = Limits(1.2, 1.5, 1.3, 0.1, 20, promised=True)
ENGINE = Author(AuthorKind.ENGINE, "anomaly")
BOX = Box(0.25, 0.5, 0.5, 0.75)
PERSON = Author(AuthorKind.PERSON, "Nguyễn Thị Ánh")
RECIPE = '[[reject_codes]]\ncode = "S2"\ntext = "vết xước"\n'

Judge = Callable[..., Result]


def judge(
    project: Project,
    image: ImageRef,
    score: float | None,
    *labels: str,
    reasons: tuple[str, ...] = (),
    heat: bool = False,
    box: Box | None = BOX,
) -> Result:
    """Stores a result whose verdict follows from its score, with a finding for every label."""
    digest = file_sha256(image.path) if Path(image.path).is_file() else ""
    project.update_image(image.id, width=80, height=60, sha256=digest, trouble="")
    result = Result(
        image.id,
        Task.DETECTION,
        "",
        "",
        "",
        Provenance("anomaly", recipe="Đai ốc M8 v3 0123456789abcdef"),
        score=score,
        limits=LIMITS,
        verdict=None if score is None else LIMITS.decide(score),
        reasons=reasons,
        seconds=0.25,
        image_sha256=digest,
    )
    findings = [
        Finding(image.id, label, box, ENGINE, score, result_id=result.id) for label in labels
    ]
    cells = HeatMap(8, 6, bytes(range(48)), 0.0, 2.0) if heat else None
    project.add_result(result, findings, cells)
    return result


def paint(path: Path, color: tuple[int, int, int] = (90, 120, 150)) -> Path:
    """Writes a small picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (80, 60), color).save(path)
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Nine images with every state there is, and text that means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    names = [
        "ok.png", "ảnh có dấu.png", "script.png", "gone.png", "broken.png", "new.png",
        "rtl.png", "long.png", "=cmd.png",
    ]  # fmt: skip
    paths = [paint(folder / name) for name in names]
    with Project.create(folder / "lô số 7.inspect", f"Lô 7 {SCRIPT}") as project:
        project.save_recipe("0123456789abcdef", "Đai ốc M8 v3", RECIPE)
        project.add_images(paths)
        found = {Path(image.path).name: image for image in project.images()}
        judge(project, found["ok.png"], 0.5)
        judge(project, found["ảnh có dấu.png"], 1.75, VIETNAMESE, reasons=("Có vết.",), heat=True)
        judge(project, found["script.png"], 1.6, SCRIPT, reasons=(SCRIPT, "@SUM(1+1)"))
        judge(project, found["gone.png"], 1.3, FORMULA)
        judge(project, found["rtl.png"], 1.9, RTL)
        judge(project, found["long.png"], 2.0, LONG, VIETNAMESE, reasons=(LONG,))
        judge(project, found["=cmd.png"], 1.55, "chip", "false one")
        broken = found["broken.png"]
        project.update_image(
            broken.id, width=0, height=0, sha256="", trouble="Cannot read broken.png: it is empty."
        )
        paths[3].unlink()
        image = found["ảnh có dấu.png"].id
        project.add_finding(Finding(image, "by hand", Box(0, 0, 0.5, 0.5), PERSON, note=FORMULA))
        project.add_finding(Finding(image, "whole part", None, PERSON))
        wrong = next(f for f in project.findings(found["=cmd.png"].id) if f.label == "false one")
        project.set_finding_state(wrong.id, FindingState.REJECTED)
        project.set_overrule(
            Overrule(found["script.png"].id, Verdict.REVIEW, PERSON.name, "S2", "-1 lần xem lại")
        )
        yield project


@pytest.fixture(scope="session")
def files(hostile: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All reports of the hostile project, by the end of their names."""
    written = export(hostile, FORMATS, tmp_path_factory.mktemp("out"))
    ends = (".pdf", ".html", ".xlsx", "-images.csv", "-findings.csv", ".coco.json", ".json")
    return {next(end for end in ends if path.name.endswith(end)): path for path in written}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    """A project without images."""
    with Project.create(tmp_path / "empty.inspect", "Empty") as project:
        yield project
