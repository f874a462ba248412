namespace NetGen.Onnx;

/// <summary>A node that cannot be converted; the message is a sentence without the node's name.</summary>
internal sealed class ConversionException(string message) : Exception(message);

/// <summary>An operator mixes the samples of what was taken as the batch.</summary>
internal sealed class BatchException(string message) : Exception(message);

/// <summary>Something hangs on a node whose own problem has been reported.</summary>
internal sealed class UnknownValueException() : Exception("The input is not known.");
