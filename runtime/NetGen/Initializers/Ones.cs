namespace NetGen;

/// <summary>All elements 1.</summary>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    protected override void Generate(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream) => logical.Fill(1);
}
