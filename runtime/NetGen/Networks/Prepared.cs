namespace NetGen;

/// <summary>A snapshot of the weights, with what follows from them. It never changes once it is published.</summary>
internal sealed class Prepared(NativeBuffer buffer, long version)
{
    public NativeBuffer Buffer { get; } = buffer;

    /// <summary>The version of the weights that it was made from.</summary>
    public long Version { get; } = version;
}
