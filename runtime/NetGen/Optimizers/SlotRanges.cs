namespace NetGen;

/// <summary>The same range of each of an optimizer's slots, in the order of <see cref="Optimizer.SlotNames"/>.</summary>
public readonly ref struct SlotRanges
{
    private readonly ReadOnlySpan<NativeBuffer> _slots;
    private readonly int _offset;
    private readonly int _length;

    internal SlotRanges(ReadOnlySpan<NativeBuffer> slots, int offset, int length)
    {
        _slots = slots;
        _offset = offset;
        _length = length;
    }

    /// <summary>The number of slots.</summary>
    public int Count => _slots.Length;

    /// <summary>The range of slot number <paramref name="index"/>.</summary>
    public Span<float> this[int index] => _slots[index].Slice(_offset, _length);
}
