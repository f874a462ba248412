namespace NetGen;

/// <summary>
/// The bias of an LSTM, whose quarters belong to the gates i, f, c and o: 1 for the forget gate, so that the state lasts at first (Jozefowicz et al., 2015),
/// and another initializer's values for the others.
/// </summary>
/// <param name="others">What fills the other gates; 0 where it is null.</param>
public sealed class UnitForgetBias(Initializer? others = null) : Initializer
{
    /// <inheritdoc/>
    protected override void Generate(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
    {
        if (shape.Length != 1 || shape[0] % 4 != 0)
            throw new ArgumentException($"UnitForgetBias fills a vector of four gates; the shape is {TensorInfo.FormatShape(shape)}.", nameof(shape));
        (others ?? new Zeros()).Fill(logical, shape, seed, stream);
        int units = logical.Length / 4;
        logical.Slice(units, units).Fill(1);
    }
}
