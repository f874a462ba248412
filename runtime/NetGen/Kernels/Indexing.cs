using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// What goes along an axis by numbers, called by emitted code: X is (outer, size, inner), of which a call takes [start, end) of the outer. Numbers count from the end where they are negative.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Indexing
{
    /// <summary>Y (outer,count,inner) = X (outer,size,inner) at the numbers: the same for all, or where <paramref name="sharing"/> is not 0 others after so many of the outer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number names no place.</exception>
    public static void GatherAxis(ref readonly float x, ref readonly float indices, ref float y, nint size, nint inner, nint count, nint sharing, nint start, nint end)
    {
        ref float source = ref Unsafe.AsRef(in x);
        for (nint outer = start; outer < end; outer++)
        {
            ref float numbers = ref Unsafe.Add(ref Unsafe.AsRef(in indices), sharing == 0 ? 0 : outer / sharing * count);
            ref float from = ref Unsafe.Add(ref source, outer * size * inner);
            ref float to = ref Unsafe.Add(ref y, outer * count * inner);
            for (nint i = 0; i < count; i++)
            {
                nint at = Place(Unsafe.Add(ref numbers, i), size);
                if (inner == 1)
                    Unsafe.Add(ref to, i) = Unsafe.Add(ref from, at);
                else
                    Packing.Copy(in Unsafe.Add(ref from, at * inner), ref Unsafe.Add(ref to, i * inner), inner);
            }
        }
    }

    /// <summary>dX (outer,size,inner) = at each place the sum of what <see cref="GatherAxis"/> took from it, in their order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number names no place.</exception>
    public static void GatherAxisGradient(ref readonly float x, ref readonly float indices, ref float y, nint size, nint inner, nint count, nint sharing, nint start, nint end)
    {
        ref float source = ref Unsafe.AsRef(in x);
        Packing.Clear(ref Unsafe.Add(ref y, start * size * inner), (end - start) * size * inner);
        for (nint outer = start; outer < end; outer++)
        {
            ref float numbers = ref Unsafe.Add(ref Unsafe.AsRef(in indices), sharing == 0 ? 0 : outer / sharing * count);
            for (nint i = 0; i < count; i++)
            {
                ref float from = ref Unsafe.Add(ref source, ((outer * count) + i) * inner);
                ref float to = ref Unsafe.Add(ref y, ((outer * size) + Place(Unsafe.Add(ref numbers, i), size)) * inner);
                for (nint k = 0; k < inner; k++)
                    Unsafe.Add(ref to, k) += Unsafe.Add(ref from, k);
            }
        }
    }

    /// <summary>Y (outer,count,inner) = of X (outer,size,inner) the elements at their numbers along the middle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number names no place.</exception>
    public static void GatherElements(ref readonly float x, ref readonly float indices, ref float y, nint size, nint inner, nint count, nint start, nint end)
    {
        for (nint outer = start; outer < end; outer++)
        {
            ref float from = ref Unsafe.Add(ref Unsafe.AsRef(in x), outer * size * inner);
            for (nint i = 0; i < count; i++)
            {
                nint row = ((outer * count) + i) * inner;
                for (nint k = 0; k < inner; k++)
                    Unsafe.Add(ref y, row + k) = Unsafe.Add(ref from, (Place(Unsafe.Add(ref Unsafe.AsRef(in indices), row + k), size) * inner) + k);
            }
        }
    }

    /// <summary>dX (outer,size,inner) = at each element the sum of what <see cref="GatherElements"/> took from it, in their order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number names no place.</exception>
    public static void GatherElementsGradient(ref readonly float x, ref readonly float indices, ref float y, nint size, nint inner, nint count, nint start, nint end)
    {
        Packing.Clear(ref Unsafe.Add(ref y, start * size * inner), (end - start) * size * inner);
        for (nint outer = start; outer < end; outer++)
        {
            ref float to = ref Unsafe.Add(ref y, outer * size * inner);
            for (nint i = 0; i < count; i++)
            {
                nint row = ((outer * count) + i) * inner;
                for (nint k = 0; k < inner; k++)
                    Unsafe.Add(ref to, (Place(Unsafe.Add(ref Unsafe.AsRef(in indices), row + k), size) * inner) + k) += Unsafe.Add(ref Unsafe.AsRef(in x), row + k);
            }
        }
    }

    /// <summary>Y (outer,inner) = the place along the middle of the largest element of X, or of the smallest; of equal ones the first, or the last. NaN is beyond all numbers.</summary>
    public static void ArgMax(ref readonly float x, ref float y, nint size, nint inner, nint isMinimum, nint selectLast, nint start, nint end)
    {
        for (nint outer = start; outer < end; outer++)
        {
            for (nint k = 0; k < inner; k++)
            {
                ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in x), (outer * size * inner) + k);
                float best = row;
                nint place = 0;
                for (nint i = 1; i < size; i++)
                {
                    float value = Unsafe.Add(ref row, i * inner);
                    bool isBeyond = isMinimum != 0 ? value < best : value > best;
                    if (isBeyond || (selectLast != 0 && value == best) || (float.IsNaN(value) && (selectLast != 0 || !float.IsNaN(best))))
                    {
                        best = value;
                        place = i;
                    }
                }

                Unsafe.Add(ref y, (outer * inner) + k) = place;
            }
        }
    }

    /// <summary>Y (outer,size,inner) = the sums of X along the middle so far, with the place itself or without it, from the beginning or from the end.</summary>
    public static void CumSum(ref readonly float x, ref float y, nint size, nint inner, nint isExclusive, nint isReverse, nint start, nint end)
    {
        for (nint outer = start; outer < end; outer++)
        {
            for (nint k = 0; k < inner; k++)
            {
                nint first = (outer * size * inner) + k;
                float sum = 0;
                for (nint i = 0; i < size; i++)
                {
                    nint place = first + ((isReverse != 0 ? size - 1 - i : i) * inner);
                    float value = Unsafe.Add(ref Unsafe.AsRef(in x), place);
                    Unsafe.Add(ref y, place) = isExclusive != 0 ? sum : sum + value;
                    sum += value;
                }
            }
        }
    }

    // Whole before it is looked at: what is between -1 and 0 is the first place, not the one behind the last.
    private static nint Place(float index, nint size) => index >= -size && index < size ? (nint)index + ((nint)index < 0 ? size : 0)
        : throw new ArgumentOutOfRangeException(nameof(index), $"The index {index} is not in [-{size}, {size}).");
}
