using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>The split of a range of units over the parts of a team.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Partition
{
    /// <summary>
    /// The share of one part: the shares are contiguous, in the order of the parts, and no two differ in length by more than one; the longer
    /// ones come first.
    /// </summary>
    /// <param name="units">The number of units, at least 0.</param>
    /// <param name="part">Which part, from 0 to <paramref name="parts"/> - 1.</param>
    /// <param name="parts">The number of parts, at least 1.</param>
    /// <returns>The first unit of the share and the one behind its last.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nint Start, nint End) Range(nint units, int part, int parts)
    {
        nint quotient = units / parts, remainder = units - (quotient * parts);
        nint start = (quotient * part) + nint.Min(part, remainder);
        return (start, start + quotient + (part < remainder ? 1 : 0));
    }
}
