namespace NetGen.Generator;

/// <summary>How a row of outputs falls into tiles: tiles of one width from the first output on, and where they do not come out even one more that ends with the row.</summary>
/// <param name="Axis">The axis along the row.</param>
/// <param name="Pixels">Outputs of a tile.</param>
/// <param name="Runs">Runs of equal tiles: the first output, how many.</param>
internal sealed record DepthwiseRow(WindowAxis Axis, int Pixels, IReadOnlyList<(int Start, int Tiles)> Runs)
{
    /// <summary>Widths of tiles: the better ones first. Most maps are a multiple of seven wide.</summary>
    public static readonly int[] Widths = [7, 8, 6, 5, 4];

    /// <summary>Elements of a row of the filter that fit the registers beside the sums.</summary>
    private const int MostTaps = 8;

    /// <summary>The columns of the first tile that lie before the map, and of the last that lie behind it, by phase.</summary>
    private (int Left, int Right)[] Clips { get; init; } = [];

    /// <summary>The tiles for an axis, or null where zeros reach beyond the first and the last tile, or a wide filter needs zeros.</summary>
    public static DepthwiseRow? Of(WindowAxis axis)
    {
        int outputs = axis.Outputs;
        IEnumerable<int> widths = outputs <= Widths.Max() ? [outputs] : Widths.OrderBy(w => Waste(outputs, w) == 0 ? 0 : 1).ThenBy(w => Waste(outputs, w));
        return widths.Select(w => Of(axis, w)).FirstOrDefault(r => r is not null);
    }

    /// <summary>The tile of a run.</summary>
    public DepthwiseTile Tile(Isa isa, int start, int lanes, Epilogue epilogue)
    {
        int phase = this.Axis.PhaseOf(start);
        bool isWide = this.Axis.Taps > MostTaps;
        return new DepthwiseTile(isa, this.Pixels, new WindowAxis(0, 0, isWide ? 1 : this.Axis.Taps, this.Axis.Stride, this.Axis.Dilation, 0, this.Axis.Spreads), phase)
        {
            IsWide = isWide,
            Left = this.Clips[phase].Left,
            Right = this.Clips[phase].Right,
            Lanes = lanes,
            Epilogue = epilogue,
        };
    }

    /// <summary>Outputs that are computed again.</summary>
    private static int Waste(int outputs, int pixels) => (pixels - (outputs % pixels)) % pixels;

    private static DepthwiseRow? Of(WindowAxis axis, int pixels)
    {
        int whole = axis.Outputs / pixels, last = axis.Outputs - pixels;
        if (whole > 1 && pixels % axis.Phases != 0)
        {
            return null;
        }

        (int Left, int Right)[] clips = new (int, int)[axis.Phases];
        foreach (int start in Enumerable.Range(0, whole).Select(t => t * pixels).Append(last).Distinct())
        {
            int phase = axis.PhaseOf(start);
            (int left, int right) = axis.Outside(start, pixels);
            if ((left > 0 && start > 0) || (right > 0 && start < last) || (left + right > 0 && axis.Taps > MostTaps))
            {
                return null;
            }

            clips[phase] = (Math.Max(clips[phase].Left, left), Math.Max(clips[phase].Right, right));
        }

        return axis.Spreads && axis.Taps > MostTaps ? null
            : new DepthwiseRow(axis, pixels, [(0, whole), .. last > (whole - 1) * pixels ? [(last, 1)] : Array.Empty<(int, int)>()]) { Clips = clips };
    }
}
