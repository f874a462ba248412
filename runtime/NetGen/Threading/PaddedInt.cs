using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>A number on cache lines of its own, so that threads that spin on it are not disturbed by writes beside it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedInt
{
    /// <summary>The number.</summary>
    [FieldOffset(64)]
    public int Value;
}
