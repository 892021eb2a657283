"""The on-device model: two ONNX files and the label table, made by tools/model."""
