"""Keeps Rasa and TensorFlow from talking: their lines would carry patients' words or hide our own."""

import logging
import os
import warnings

import structlog


def quiet() -> None:
    """To be called before Rasa is imported."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # Sanic, once imported, asks for the deprecation warnings of everything that comes after it.
    import sanic  # noqa: F401

    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    # Rasa's structured log prints whole messages at debug level until it is configured.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
