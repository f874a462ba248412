namespace NetGen;

/// <summary>The same range of each of an optimizer's slots, or what each holds of one variable, in the order of <see cref="Optimizer.SlotNames"/>.</summary>
public readonly ref struct SlotRanges
{
    private readonly ReadOnlySpan<NativeBuffer> _slots;
    private readonly ReadOnlySpan<SlotPlace> _places;
    private readonly SlotPlace _range;

    internal SlotRanges(ReadOnlySpan<NativeBuffer> slots, int offset, int length)
    {
        _slots = slots;
        _range = new SlotPlace(offset, length);
    }

    internal SlotRanges(ReadOnlySpan<NativeBuffer> slots, ReadOnlySpan<SlotPlace> places)
    {
        _slots = slots;
        _places = places;
    }

    /// <summary>The number of slots.</summary>
    public int Count => _slots.Length;

    /// <summary>The range of slot number <paramref name="index"/>.</summary>
    public Span<float> this[int index]
    {
        get
        {
            SlotPlace place = _places.IsEmpty ? _range : _places[index];
            return _slots[index].Slice(place.Offset, place.Length);
        }
    }
}
