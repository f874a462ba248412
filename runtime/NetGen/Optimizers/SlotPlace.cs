namespace NetGen;

/// <summary>A range of a flat buffer, such as what a slot holds of a variable.</summary>
/// <param name="Offset">Its first element.</param>
/// <param name="Length">Its number of elements.</param>
internal readonly record struct SlotPlace(int Offset, int Length)
{
    public Span<float> Of(Span<float> buffer) => buffer.Slice(Offset, Length);

    public ReadOnlySpan<float> Of(ReadOnlySpan<float> buffer) => buffer.Slice(Offset, Length);
}
