"""What can be asked of an engine."""

from enum import StrEnum


class Task(StrEnum):
    """The eight tasks; names as in the MiniGPT-v2 task tags where there is one."""

    VQA = "vqa"
    CAPTION = "caption"
    GROUNDING = "grounding"
    REFER = "refer"
    IDENTIFY = "identify"
    DETECTION = "detection"
    EXTRACT = "extract"
    SUMMARIZE = "summarize"
