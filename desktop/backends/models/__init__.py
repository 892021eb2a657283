"""The on-device model: two ONNX files, the scene head and the label table, made by tools/model."""
