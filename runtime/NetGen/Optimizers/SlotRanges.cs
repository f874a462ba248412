namespace NetGen;

/// <summary>The same range of each of an optimizer's slots, in the order of <see cref="Optimizer.SlotNames"/>.</summary>
public readonly ref struct SlotRanges
{
    private readonly ReadOnlySpan<Memory<float>> _slots;
    private readonly int _offset;
    private readonly int _length;

    internal SlotRanges(ReadOnlySpan<Memory<float>> slots, int offset, int length)
    {
        _slots = slots;
        _offset = offset;
        _length = length;
    }

    /// <summary>The number of slots.</summary>
    public int Count => _slots.Length;

    /// <summary>The range of slot number <paramref name="index"/>.</summary>
    public Span<float> this[int index] => _slots[index].Span.Slice(_offset, _length);
}
