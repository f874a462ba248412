global using DataType = NetGen.Onnx.Proto.TensorProto.Types.DataType;
// The compiler's sizes; NetGen.Dim is what users write in attributes.
global using Size = NetGen.Generator.Dim;
