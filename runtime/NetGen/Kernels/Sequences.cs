using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>Which steps of sequences count, called by emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Sequences
{
    /// <summary>Rows [start, end) of Y (samples, time) = 1 before each sample's length X, else 0.</summary>
    public static void Mask(ref readonly float x, ref float y, nint time, nint start, nint end)
    {
        for (nint row = start; row < end; row++)
        {
            int length = (int)Math.Clamp(Unsafe.Add(ref Unsafe.AsRef(in x), row), 0, time);
            Span<float> steps = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, row * time), (int)time);
            steps[..length].Fill(1);
            steps[length..].Clear();
        }
    }

    /// <summary>Y (count,length) = the first rows of X (rows,length).</summary>
    /// <exception cref="ArgumentException">X has fewer.</exception>
    public static void FirstRows(ref readonly float x, ref float y, nint rows, nint count, nint length)
    {
        if (count > rows)
            throw new ArgumentException($"The sequences have {count} steps; there are vectors for {rows} positions.");
        Packing.Copy(in x, ref y, count * length);
    }

    /// <summary>Y (time,size) = sin((start + t) w) of even and cos((start + t) w) of odd features i, with w = wavelength^(-2 floor(i / 2) / size).</summary>
    public static void SinePositions(ref float y, nint start, nint time, nint size, nint wavelength)
    {
        for (nint i = 0; i < size; i += 2)
        {
            // The next position's sine and cosine follow from this one's by a rotation; in double the error stays below a float's over any sequence that fits memory.
            double turn = Math.Pow(wavelength, -(double)i / size);
            (double sine, double cosine) = Math.SinCos(start * turn);
            (double turnSine, double turnCosine) = Math.SinCos(turn);
            for (nint t = 0; t < time; t++)
            {
                Unsafe.Add(ref y, (t * size) + i) = (float)sine;
                if (i + 1 < size)
                    Unsafe.Add(ref y, (t * size) + i + 1) = (float)cosine;
                (sine, cosine) = ((sine * turnCosine) + (cosine * turnSine), (cosine * turnCosine) - (sine * turnSine));
            }
        }
    }
}
