namespace NetGen.Benchmarks;

/// <summary>The command line cannot be carried out as it stands; the message says which part and what was expected.</summary>
internal sealed class UsageException(string message) : Exception(message);
