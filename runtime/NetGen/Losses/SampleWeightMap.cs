namespace NetGen;

/// <summary>Which weight belongs to which row or element: weight <c>(i / divisor) % modulus</c>, which covers every broadcast whose axes of more
/// than one value stand side by side.</summary>
internal readonly struct SampleWeightMap
{
    private readonly int divisor;
    private readonly int modulus;

    private SampleWeightMap(int divisor, int modulus)
    {
        this.divisor = divisor;
        this.modulus = modulus;
    }

    /// <summary>The map for the values that a sample of some shape has: its rows or its elements.</summary>
    /// <exception cref="ArgumentException">The weights do not fit.</exception>
    public static SampleWeightMap For(in LossInput input, ReadOnlySpan<int> valueShape)
    {
        int length = input.SampleWeights.Length;
        if (length == 0) return new SampleWeightMap(1, 1);
        if (!input.SampleWeightShape.IsEmpty) return Align(input, valueShape);
        if (length == 1) return new SampleWeightMap(1, 1);

        int count = input.Batch;
        foreach (int size in valueShape) count *= size;
        bool fits = length == input.Batch || length == input.Rows || length == count;
        return fits && length <= count ? new SampleWeightMap(count / length, length) : throw Mismatch(input);
    }

    /// <summary>The index of the weight of a row or element.</summary>
    public int this[int index] => modulus == 1 ? 0 : divisor == 1 ? index % modulus : index / divisor % modulus;

    private static SampleWeightMap Align(in LossInput input, ReadOnlySpan<int> valueShape)
    {
        ReadOnlySpan<int> shape = input.SampleWeightShape;
        int modulus = 1;
        int divisor = 1;
        for (int axis = 0; axis < Math.Max(shape.Length, valueShape.Length + 1); axis++)
        {
            int size = axis == 0 ? input.Batch : axis <= valueShape.Length ? valueShape[axis - 1] : 1;
            int weights = axis < shape.Length ? shape[axis] : 1;
            if (weights != 1 && (weights != size || divisor != 1)) throw Mismatch(input);
            if (weights != 1) modulus *= weights;
            else if (modulus != 1) divisor *= size;
        }

        return modulus == input.SampleWeights.Length ? new SampleWeightMap(divisor, modulus) : throw Mismatch(input);
    }

    private static ArgumentException Mismatch(in LossInput input)
    {
        string shape = input.SampleWeightShape.IsEmpty ? "" : $" of shape {LossInput.Text(input.SampleWeightShape)}";
        return new ArgumentException(
            $"{input.SampleWeights.Length} sample weights{shape} do not fit a batch of {input.Batch} samples of shape "
            + $"{LossInput.Text(input.PredictionShape)}; expected one per sample or one per row.",
            nameof(input.SampleWeights));
    }
}
