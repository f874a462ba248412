namespace NetGen;

/// <summary>All elements 0.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    protected override void Generate(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream) => logical.Clear();
}
