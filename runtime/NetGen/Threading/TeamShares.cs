using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// What is left of each part's share of a step, which ends at a barrier: a part takes pieces of its own share from the front and, when it is done, of others' from the back, so
/// that one whose processor is slow or busy with something else does not hold up the rest. Units do not depend on who does them, so the bits do not either. A part opens its share
/// when it comes to the step, hence all that the share needs of earlier steps is there; all shares are empty when the last part reaches the barrier.
/// </summary>
internal sealed class TeamShares
{
    private Left[] left = [];

    /// <summary>Readies the shares for a job, while no part is running: one that failed may have left some.</summary>
    public void Begin(int parts)
    {
        if (left.Length < parts)
            left = new Left[parts];
        Array.Clear(left);
    }

    /// <summary>Opens a part's share, the units [start, end).</summary>
    public void Open(int part, int start, int end) => Volatile.Write(ref left[part].Units, Pack(start, end));

    /// <summary>
    /// Takes units from a part's share: from its front for the part itself, else from its back. Pieces begin at multiples of the grain, which the size is not below, but for the first.
    /// </summary>
    /// <returns>False if none are left.</returns>
    public bool TryTake(int part, bool isOwn, int size, int grain, out nint start, out nint end)
    {
        ref long units = ref left[part].Units;
        while (true)
        {
            long seen = Volatile.Read(ref units);
            int from = (int)(seen >> 32), to = (int)seen;
            if (from >= to)
            {
                (start, end) = (0, 0);
                return false;
            }

            int cut = isOwn ? Math.Min(to, (from + size) / grain * grain) : Math.Max(from, (to - size + grain - 1) / grain * grain);
            if (Interlocked.CompareExchange(ref units, isOwn ? Pack(cut, to) : Pack(from, cut), seen) != seen)
                continue;
            (start, end) = isOwn ? (from, cut) : (cut, to);
            return true;
        }
    }

    private static long Pack(int from, int to) => ((long)from << 32) | (uint)to;

    /// <summary>The first unit that is left and the end, in one number on cache lines of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Left
    {
        [FieldOffset(64)]
        public long Units;
    }
}
