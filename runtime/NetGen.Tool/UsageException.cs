namespace NetGen.Tool;

/// <summary>A command line whose words are known but do not fit together, or not with the file.</summary>
internal sealed class UsageException(string message) : Exception(message);
