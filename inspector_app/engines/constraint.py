"""Answers under a JSON schema: which tokens may come, and which must."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inspector_app.domain.errors import BadInputError

# What ends a value, the most at once first; a comma ends a number.
_CLOSERS = ('"}]}', '"}]', '"]}', '"}}', '"}', '"]', "}]", "]}", "}}", '"', "]", "}", ",")


class Grammars:
    """Compiles schemas for one tokenizer (llguidance, see the ADR).

    Args:
        tokenizer: A fast tokenizer of transformers.
        vocabulary: Rows of the model's output layer.
        stops: Ids that end an answer.
    """

    def __init__(self, tokenizer: Any, vocabulary: int, stops: Sequence[int]) -> None:
        from llguidance.hf import from_tokenizer

        self._vocabulary = vocabulary
        self._tokenizer = from_tokenizer(tokenizer, n_vocab=vocabulary, eos_token=list(stops))
        coded = [tokenizer.encode(text, add_special_tokens=False) for text in _CLOSERS]
        self._closers = tuple(ids[0] for ids in coded if len(ids) == 1)

    def schema(self, text: str) -> Constraint:
        """Starts an answer under a JSON schema.

        Raises:
            BadInputError: The text is no JSON schema, or says something that cannot be enforced.
        """
        from llguidance import LLMatcher

        try:
            # Compact: white space that means nothing would only cost tokens.
            grammar = LLMatcher.grammar_from_json_schema(
                text, overrides={"whitespace_flexible": False, "item_separator": ", "}
            )
        except ValueError as error:
            raise _bad(str(error)) from error
        trouble = LLMatcher.validate_grammar(grammar, self._tokenizer)
        if trouble and not trouble.startswith("WARNING"):
            raise _bad(trouble)
        matcher = LLMatcher(self._tokenizer, grammar, log_level=0)
        return Constraint(matcher, self._vocabulary, self._closers)


class Constraint:
    """State of one answer under a grammar."""

    def __init__(self, matcher: Any, vocabulary: int, closers: Sequence[int]) -> None:
        self._matcher = matcher
        self._vocabulary = vocabulary
        self._closers = closers

    @property
    def finished(self) -> bool:
        """Whether nothing may follow."""
        return self._matcher.is_stopped()

    def allowed(self) -> Any:
        """Bool `[vocabulary]`: which tokens may come now."""
        import torch

        bias = torch.frombuffer(bytearray(self._matcher.compute_logit_bias()), dtype=torch.uint8)
        mask = torch.zeros(self._vocabulary, dtype=torch.bool)
        count = min(len(bias), self._vocabulary)
        mask[:count] = bias[:count] > 0
        return mask

    def closer(self) -> int | None:
        """A token that ends the value under way, None where nothing can end yet."""
        return next((token for token in self._closers if self.accepts([token])), None)

    def forced(self) -> list[int]:
        """Tokens that must come now, whatever the model says; may be empty."""
        return list(self._matcher.compute_ff_tokens())

    def accepts(self, tokens: Sequence[int]) -> int:
        """How many of these tokens may come next, in order."""
        return self._matcher.validate_tokens(list(tokens))

    def take(self, tokens: Sequence[int]) -> None:
        """Goes on past these tokens."""
        if tokens and not self._matcher.consume_tokens(list(tokens)):
            raise BadInputError(
                f"The answer cannot go on under the schema: {self._matcher.get_error()}",
                "Simplify the schema.",
            )


def _bad(reason: str) -> BadInputError:
    first = reason.strip().splitlines()[0] if reason.strip() else "it is empty"
    return BadInputError(f"The JSON schema cannot be used: {first}.", "Mend the schema.")
