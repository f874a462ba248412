namespace NetGen;

/// <summary>
/// A group of floats that an element-wise kernel updates at once. A kernel is written once over this interface and runs at every width;
/// each operation rounds as IEEE 754 says, so that an element gets the same bits whichever width it falls into.
/// </summary>
internal unsafe interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Reads the lanes at <paramref name="source"/>.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Writes the lanes to <paramref name="destination"/>.</summary>
    static abstract void Store(TSelf value, float* destination);

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary><c>left * right + addend</c>, rounded once where the machine fuses it, at every width alike (<see cref="VectorMath.IsFused"/>).</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Each to the same power.</summary>
    static abstract TSelf Pow(TSelf value, float exponent);

    /// <summary>The larger one; NaN if either is.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller one; NaN if either is.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>0 where none of the bits of <paramref name="exponents"/> is set, which are some of the highest of the exponent's: see <see cref="Tiny"/>.</summary>
    static abstract TSelf Flush(TSelf value, int exponents);

    /// <summary>-1, 0 or 1; 0 also for NaN.</summary>
    static abstract TSelf Sign(TSelf value);
}
