namespace NetGen.Benchmarks;

/// <summary>What a side is called.</summary>
internal static class SideName
{
    /// <summary>The name on the command line and in results.</summary>
    public static string Label(this Side side) => side.ToString().ToLowerInvariant();
}
