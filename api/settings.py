"""Configuration: environment variables `NIVESH_*` and a `.env` file, checked at start."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from data.embedded import Engine


class Environment(StrEnum):
    """Where the program runs; only development allows emulators."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Workers(StrEnum):
    """Who delivers events: this process, or another one (`nivesh worker`)."""

    INLINE = "inline"
    NONE = "none"


class Settings(BaseSettings):
    """All settings. Every store without a URL is an engine that the program boots itself."""

    model_config = SettingsConfigDict(env_prefix="NIVESH_", env_file=".env", extra="ignore", env_ignore_empty=True)

    environment: Environment = Environment.DEVELOPMENT
    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("nivesh")))
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    log_level: str = "info"
    log_file: Path | None = None
    cors_origins: Annotated[list[str], NoDecode] = []
    rate_limit_per_minute: int = Field(default=100, ge=0, description="0 switches the limit off")
    workers: Workers = Workers.INLINE
    turn_deadline_s: float = Field(default=120, gt=0)

    postgres_url: SecretStr | None = None
    mongo_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    neo4j_url: str | None = None
    neo4j_username: str | None = None
    neo4j_password: SecretStr | None = None
    clickhouse_url: SecretStr | None = None
    kafka_bootstrap: str | None = None

    fi_mcp_url: str = "https://mcp.fi.money:8080/mcp/stream"

    webhooks_to_loopback: bool = Field(default=False, description="to develop a receiver on this machine, over http")

    signing_secret: SecretStr | None = None
    firebase_project: str | None = None

    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    llm_model: str | None = None
    llm_temperature: float | None = None
    llm_models: Annotated[list[str], NoDecode] = []
    llm_prices_file: Path | None = None
    turn_token_budget: int = Field(default=120_000, ge=1)
    turn_cost_budget_usd: Decimal = Field(default=Decimal("0.50"), gt=0)
    quota_runs_per_day: int = Field(default=0, ge=0, description="0 is no bound; the same for the next two")
    quota_tokens_per_day: int = Field(default=0, ge=0)
    quota_usd_per_day: Decimal = Field(default=Decimal(0), ge=0)

    @field_validator("cors_origins", "llm_models", mode="before")
    @classmethod
    def _split_list(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("webhooks_to_loopback")
    @classmethod
    def _refuse_in_production(cls, value: bool, others: ValidationInfo) -> bool:
        if value and others.data.get("environment") is Environment.PRODUCTION:
            raise ValueError("it is for development; unset it, or set NIVESH_ENVIRONMENT=development")
        return value

    @cached_property
    def embedded_engines(self) -> frozenset[Engine]:
        """The stores that no URL is set for: engines of our own take their places."""
        urls = {
            Engine.POSTGRES: self.postgres_url,
            Engine.MONGO: self.mongo_url,
            Engine.REDIS: self.redis_url,
            Engine.GRAPH: self.neo4j_url,
        }
        return frozenset(engine for engine, url in urls.items() if not url)

    @cached_property
    def keys_directory(self) -> Path:
        """Where signing keys are kept when no secret is configured."""
        return self.home / "keys"


def secret(value: SecretStr | None) -> str | None:
    """The text of a secret setting."""
    return value.get_secret_value() if value is not None else None
