using System.ComponentModel;

namespace NetGen;

/// <summary>A part's work at one step of a program, taken piece by piece: its own share first, then what other parts have not begun.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WorkShare
{
    /// <summary>Pieces of a share: enough that parts end together, few enough that taking them costs nothing.</summary>
    private const int Pieces = 16;

    private readonly TeamShares? shares;
    private readonly int part, parts, size, grain;
    private nint start;
    private readonly nint end;
    private int victim;

    /// <summary>A share that its part does alone.</summary>
    internal WorkShare(nint start, nint end)
    {
        this.start = start;
        this.end = end;
    }

    /// <summary>A share of which others may take what is not begun.</summary>
    internal WorkShare(TeamShares shares, int part, int parts, int start, int end, int grain)
    {
        this.shares = shares;
        this.part = part;
        this.parts = parts;
        this.grain = grain;
        size = Math.Max(grain, (end - start) / Pieces);
        shares.Open(part, start, end);
    }

    /// <summary>Takes the next units to do, if there are any.</summary>
    public bool Next(out nint start, out nint end)
    {
        if (shares is null)
        {
            (start, end) = (this.start, this.end);
            this.start = end;
            return start < end;
        }

        for (; victim < parts; victim++)
        {
            if (shares.TryTake((part + victim) % parts, victim == 0, size, grain, out start, out end))
                return true;
        }

        (start, end) = (0, 0);
        return false;
    }
}
