namespace NetGen.Benchmarks;

/// <summary>A side ended early, or the two sides' outputs cannot be compared; the message says whose and what was found.</summary>
internal sealed class MeasurementException(string message) : Exception(message);
