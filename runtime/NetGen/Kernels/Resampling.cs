using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Maps at other places along one axis, called by emitted code: resized, shifted, mirrored, cropped.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Resampling
{
    private const nint Nearest = 1, Reflect = 2, Wrap = 3;

    /// <summary>Rows [start, end) of Y (rows,count,inner) = bands of weights (count,taps), which begin at <paramref name="starts"/> (count), times X (rows,size,inner).</summary>
    public static void Resample(
        ref readonly float x, ref readonly float starts, ref readonly float weights, ref float y, nint size, nint count, nint taps, nint inner, nint start, nint end)
    {
        for (nint row = start; row < end; row++)
        {
            for (nint o = 0; o < count; o++)
            {
                nint first = (row * size) + (nint)Unsafe.Add(ref Unsafe.AsRef(in starts), o);
                ref float to = ref Unsafe.Add(ref y, ((row * count) + o) * inner);
                Packing.Clear(ref to, inner);
                for (nint k = 0; k < taps; k++)
                {
                    float weight = Unsafe.Add(ref Unsafe.AsRef(in weights), (o * taps) + k);
                    if (weight != 0)
                    {
                        Direct.MultiplyAdd(ref to, ref Unsafe.Add(ref Unsafe.AsRef(in x), (first + k) * inner), weight, inner);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Samples [start, end) of Y (samples,outer,count,inner) = X (samples,outer,size,inner) at the places origin + i step of each sample, between two elements their mixture
    /// if <paramref name="linear"/> is 1. Outside stand zeros (0), the nearest element (1), the map mirrored (2) or again (3).
    /// </summary>
    public static void Sample(
        ref readonly float x, ref readonly float origin, ref readonly float step, ref float y, nint outer, nint size, nint count, nint inner, nint linear, nint outside, nint start, nint end)
    {
        for (nint sample = start; sample < end; sample++)
        {
            (float from, float by) = (Unsafe.Add(ref Unsafe.AsRef(in origin), sample), Unsafe.Add(ref Unsafe.AsRef(in step), sample));
            Packing.Clear(ref Unsafe.Add(ref y, sample * outer * count * inner), outer * count * inner);
            for (nint i = 0; i < count; i++)
            {
                (nint first, float part) = Split(from + (i * by), linear != 0);
                (nint a, nint b) = (Place(first, size, outside), part == 0 ? -1 : Place(first + 1, size, outside));
                for (nint o = sample * outer; o < (sample + 1) * outer; o++)
                {
                    ref float to = ref Unsafe.Add(ref y, ((o * count) + i) * inner);
                    if (a >= 0)
                    {
                        Direct.MultiplyAdd(ref to, ref Unsafe.Add(ref Unsafe.AsRef(in x), ((o * size) + a) * inner), 1 - part, inner);
                    }

                    if (b >= 0)
                    {
                        Direct.MultiplyAdd(ref to, ref Unsafe.Add(ref Unsafe.AsRef(in x), ((o * size) + b) * inner), part, inner);
                    }
                }
            }
        }
    }

    /// <summary>Samples [start, end) of dX (samples,outer,size,inner) from dY (samples,outer,count,inner).</summary>
    public static void SampleGradient(
        ref readonly float dy, ref readonly float origin, ref readonly float step, ref float dx, nint outer, nint size, nint count, nint inner, nint linear, nint outside, nint start, nint end)
    {
        for (nint sample = start; sample < end; sample++)
        {
            (float from, float by) = (Unsafe.Add(ref Unsafe.AsRef(in origin), sample), Unsafe.Add(ref Unsafe.AsRef(in step), sample));
            Packing.Clear(ref Unsafe.Add(ref dx, sample * outer * size * inner), outer * size * inner);
            for (nint i = 0; i < count; i++)
            {
                (nint first, float part) = Split(from + (i * by), linear != 0);
                (nint a, nint b) = (Place(first, size, outside), part == 0 ? -1 : Place(first + 1, size, outside));
                for (nint o = sample * outer; o < (sample + 1) * outer; o++)
                {
                    ref float gradient = ref Unsafe.Add(ref Unsafe.AsRef(in dy), ((o * count) + i) * inner);
                    if (a >= 0)
                    {
                        Direct.MultiplyAdd(ref Unsafe.Add(ref dx, ((o * size) + a) * inner), ref gradient, 1 - part, inner);
                    }

                    if (b >= 0)
                    {
                        Direct.MultiplyAdd(ref Unsafe.Add(ref dx, ((o * size) + b) * inner), ref gradient, part, inner);
                    }
                }
            }
        }
    }

    /// <summary>The element at or before a place and how far behind it the place lies; the nearest element and 0 where nothing is mixed.</summary>
    private static (nint First, float Part) Split(float at, bool isLinear)
    {
        float floor = MathF.Floor(isLinear ? at : at + 0.5f);
        return ((nint)floor, isLinear ? at - floor : 0);
    }

    /// <summary>The element that stands at an index, or -1 for zero.</summary>
    private static nint Place(nint index, nint size, nint outside)
    {
        if (index >= 0 && index < size)
        {
            return index;
        }

        nint period = outside == Reflect ? 2 * size : size;
        nint within = ((index % period) + period) % period;
        return outside switch
        {
            Nearest => index < 0 ? 0 : size - 1,
            Reflect => within < size ? within : period - 1 - within,
            Wrap => within,
            _ => -1,
        };
    }
}
