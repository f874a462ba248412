using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>
/// Loads and stores of the first lanes of a vector, for rows that do not fill one. Nothing beyond the counted elements is read or written.
/// With a constant count the branches disappear and two to four moves are left.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Tail
{
    /// <summary>The elements 0 to <paramref name="count"/> - 1 in the first lanes and zero in the others.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="count">How many elements there are; above 16 counts as 16, below 1 as none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load512(ref readonly float source, int count)
    {
        if (count >= 16)
            return Vector512.LoadUnsafe(in source);
        return count > 8
            ? Vector256.LoadUnsafe(in source).ToVector512Unsafe()
                .WithUpper(Load256(in Unsafe.Add(ref Unsafe.AsRef(in source), 8), count - 8))
            : Load256(in source, count).ToVector512();
    }

    /// <summary>The elements 0 to <paramref name="count"/> - 1 in the first lanes and zero in the others.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="count">How many elements there are; above 8 counts as 8, below 1 as none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load256(ref readonly float source, int count)
    {
        if (count >= 8)
            return Vector256.LoadUnsafe(in source);
        return count > 4
            ? Vector128.LoadUnsafe(in source).ToVector256Unsafe()
                .WithUpper(Load128(in Unsafe.Add(ref Unsafe.AsRef(in source), 4), count - 4))
            : Load128(in source, count).ToVector256();
    }

    /// <summary>The elements 0 to <paramref name="count"/> - 1 in the first lanes and zero in the others.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="count">How many elements there are; above 4 counts as 4, below 1 as none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load128(ref readonly float source, int count)
    {
        if (count >= 4)
            return Vector128.LoadUnsafe(in source);
        if (count <= 0)
            return Vector128<float>.Zero;
        if (count == 1)
            return Vector128.CreateScalar(source);
        double bits = Unsafe.ReadUnaligned<double>(in Unsafe.As<float, byte>(ref Unsafe.AsRef(in source)));
        Vector128<float> pair = Vector128.CreateScalar(bits).AsSingle();
        return count == 2 ? pair : pair.WithElement(2, Unsafe.Add(ref Unsafe.AsRef(in source), 2));
    }

    /// <summary>Writes the first <paramref name="count"/> lanes and leaves all else as it is.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="destination">The first element.</param>
    /// <param name="count">How many elements to write; above 16 counts as 16, below 1 as none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store512(Vector512<float> value, ref float destination, int count)
    {
        if (count >= 16)
        {
            value.StoreUnsafe(ref destination);
        }
        else if (count > 8)
        {
            value.GetLower().StoreUnsafe(ref destination);
            Store256(value.GetUpper(), ref Unsafe.Add(ref destination, 8), count - 8);
        }
        else
        {
            Store256(value.GetLower(), ref destination, count);
        }
    }

    /// <summary>Writes the first <paramref name="count"/> lanes and leaves all else as it is.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="destination">The first element.</param>
    /// <param name="count">How many elements to write; above 8 counts as 8, below 1 as none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store256(Vector256<float> value, ref float destination, int count)
    {
        if (count >= 8)
        {
            value.StoreUnsafe(ref destination);
        }
        else if (count > 4)
        {
            value.GetLower().StoreUnsafe(ref destination);
            Store128(value.GetUpper(), ref Unsafe.Add(ref destination, 4), count - 4);
        }
        else
        {
            Store128(value.GetLower(), ref destination, count);
        }
    }

    /// <summary>Writes the first <paramref name="count"/> lanes and leaves all else as it is.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="destination">The first element.</param>
    /// <param name="count">How many elements to write; above 4 counts as 4, below 1 as none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store128(Vector128<float> value, ref float destination, int count)
    {
        if (count >= 4)
        {
            value.StoreUnsafe(ref destination);
        }
        else if (count >= 2)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref destination), value.AsDouble().ToScalar());
            if (count == 3)
                Unsafe.Add(ref destination, 2) = value.GetElement(2);
        }
        else if (count == 1)
        {
            destination = value.ToScalar();
        }
    }
}
