"""The schema of the settings as a list: one entry for each setting, by its dotted name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from nba_desktop.adapters.settings import SECURITY_MARK, Settings


@dataclass(frozen=True, slots=True)
class SettingKey:
    """One setting of the schema, such as `telephony.host`."""

    key: str
    info: FieldInfo

    @property
    def security(self) -> bool:
        """Whether a policy that is wrong here connects nothing."""
        extra = self.info.json_schema_extra
        return isinstance(extra, dict) and SECURITY_MARK in extra

    @property
    def type(self) -> Any:
        """What a value must be, with its limits."""
        limits = self.info.metadata
        return Annotated[self.info.annotation, *limits] if limits else self.info.annotation

    def problem(self, value: Any) -> str:
        """What is wrong with a value as JSON has it, without repeating it; empty when nothing is."""
        try:
            TypeAdapter(self.type).validate_json(json.dumps(value))
        except ValidationError as error:
            return str(error.errors(include_input=False)[0]["msg"])
        return ""


@cache
def setting_keys() -> Mapping[str, SettingKey]:
    """Every setting by its dotted name, in the order of the schema."""
    return MappingProxyType({one.key: one for one in _keys_of(Settings, "")})


def _keys_of(part: type[BaseModel], before: str) -> Iterator[SettingKey]:
    for name, info in part.model_fields.items():
        inner = info.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _keys_of(inner, f"{before}{name}.")
        else:
            yield SettingKey(before + name, info)


def value_at(values: Mapping[str, Any], key: str) -> Any:
    """What nested values have for a dotted name; raises `KeyError` when they have nothing."""
    found: Any = values
    for name in key.split("."):
        if not isinstance(found, Mapping):
            raise KeyError(key)
        found = found[name]
    return found


def put_at(values: dict[str, Any], key: str, value: Any) -> None:
    """Put a value at its dotted name; what stands in the place of a part gives way to the part."""
    *parts, name = key.split(".")
    inner = values
    for part in parts:
        if not isinstance(inner.get(part), dict):
            inner[part] = {}
        inner = inner[part]
    inner[name] = value
