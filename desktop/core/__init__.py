"""The core: pure Python that knows neither Qt nor AWS nor onnxruntime."""
