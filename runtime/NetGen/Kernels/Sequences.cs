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
}
