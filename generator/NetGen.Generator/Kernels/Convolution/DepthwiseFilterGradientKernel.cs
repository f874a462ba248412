namespace NetGen.Generator;

/// <summary>
/// dW (kh,kw,C) = for each channel the sums over all pixels of X (N,H,W,C) times dY (N,OH,OW,C). Sixteen channels are a unit of work, which goes over all pixels in one
/// order with its sums in registers, so the bits do not depend on threads. What of the map the filter does not meet is left out, so that no map is copied.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Rows">How the filter goes over the rows.</param>
/// <param name="Columns">How it goes over the columns.</param>
/// <param name="Channels">C.</param>
internal sealed record DepthwiseFilterGradientKernel(Dim Samples, WindowAxis Rows, WindowAxis Columns, int Channels) : Kernel
{
    /// <summary>Elements of a row of the filter in a tile, and elements of all its rows.</summary>
    private const int MostTaps = 8;
    private const int MostSums = 10;

    public override string Name => FormattableString.Invariant($"DepthwiseFilterGradient_{this.Rows.Text}_by_{this.Columns.Text}x{this.Channels}");

    public override string Summary =>
        $"dW ({this.Rows.Taps}, {this.Columns.Taps}, {this.Channels}) = sum over the pixels of X (n, {this.Rows.Inputs}, {this.Columns.Inputs}, {this.Channels}) times dY, vectors along the channels, because each has filters of its own; " +
        $"{this.TileRows}x{this.TileTaps} sums in registers, {string.Join(" and ", this.Runs.Select(r => r.Pixels))} pixels at a time.";

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadAll), new("dy", Access.ReadAll), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.Samples]);

    public override Dim? Units => Math.Max(1, this.Channels / DepthwiseFilterLoop.UnitChannels);

    public override Dim Work => this.Samples * ((long)this.Rows.Outputs * this.Columns.Outputs * this.Rows.Taps * this.Columns.Taps * this.Channels);

    public override IEnumerable<ITile> Shared => [this.Loop, .. this.Loop.Tiles];

    /// <summary>Whether zeros around a row lie in its first and its last tile alone.</summary>
    public static bool IsPossible(WindowAxis columns)
    {
        DepthwiseFilterGradientKernel kernel = new(1, columns, columns, 1);
        return kernel.TapGroups.All(t => kernel.Runs.All(r => kernel.ClipOf(t, r) is not null));
    }

    private int TileTaps
    {
        get
        {
            int groups = (this.Columns.Taps + MostTaps - 1) / MostTaps;
            return (this.Columns.Taps + groups - 1) / groups;
        }
    }

    private int TileRows => Math.Max(1, Math.Min(this.Rows.Taps, MostSums / this.TileTaps));

    /// <summary>The rows of the filter by tiles: the first, how many tiles, rows of each.</summary>
    private IEnumerable<(int First, int Tiles, int Rows)> RowGroups
    {
        get
        {
            int rows = this.TileRows, whole = this.Rows.Taps / rows, rest = this.Rows.Taps % rows;
            return [(0, whole, rows), .. rest > 0 ? [(whole * rows, 1, rest)] : Array.Empty<(int, int, int)>()];
        }
    }

    private IEnumerable<(int First, int Taps)> TapGroups =>
        Enumerable.Range(0, (this.Columns.Taps + this.TileTaps - 1) / this.TileTaps).Select(i => (i * this.TileTaps, Math.Min(this.TileTaps, this.Columns.Taps - (i * this.TileTaps))));

    /// <summary>The pixels of a row of dY by tiles: equal ones, and what is left over.</summary>
    private IEnumerable<(int Start, int Tiles, int Pixels)> Runs
    {
        get
        {
            int outputs = this.Columns.Outputs;
            if (outputs <= DepthwiseRow.Widths.Max())
            {
                return [(0, 1, outputs)];
            }

            int pixels = DepthwiseRow.Widths.FirstOrDefault(w => outputs % w == 0), rest = pixels > 0 ? 0 : outputs % DepthwiseRow.Widths[0];
            pixels = pixels > 0 ? pixels : DepthwiseRow.Widths[0];
            return [(0, outputs / pixels, pixels), .. rest > 0 ? [(outputs - rest, 1, rest)] : Array.Empty<(int, int, int)>()];
        }
    }

    private DepthwiseFilterLoop Loop
    {
        get
        {
            (int Start, int Tiles, int Pixels)[] runs = [.. this.Runs];
            return new DepthwiseFilterLoop(
                DepthwiseLoop.WidestFor(this.Channels),
                (from rows in this.RowGroups
                 from taps in this.TapGroups
                 select new DepthwiseFilterPart(rows.First, rows.Tiles, taps.First, this.Tile(rows.Rows, taps, runs[0]), runs.Length > 1 ? this.Tile(rows.Rows, taps, runs[1]) : null)).ToEquatableArray());
        }
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        (WindowAxis rows, WindowAxis columns) = (this.Rows, this.Columns);
        string[] sizes =
        [
            "start", "end", "C", $"samples: {Literal.Size(this.Samples)}", $"inputs: {rows.Inputs}", $"outputs: {rows.Outputs}", $"taps: {rows.Taps}", $"stride: {rows.Stride}", $"dilation: {rows.Dilation}",
            $"before: {rows.Before}", $"columns: {columns.Taps}", $"left: {columns.Before}", $"pitchX: {columns.Inputs} * C", $"pitchY: {columns.Outputs} * C", $"tiles: {this.Runs.First().Tiles}",
        ];
        using (this.Entry(code, optimize: false, options))
        {
            code.Line($"const int C = {this.Channels};");
            code.Line($"{this.Loop.Name}(ref x, ref dy, ref y, {string.Join(", ", sizes)});");
        }
    }

    private DepthwiseFilterTile Tile(int rows, (int First, int Taps) taps, (int Start, int Tiles, int Pixels) run)
    {
        (int left, int right) = this.ClipOf(taps, run) ?? throw new InvalidOperationException("The map has no zeros around it for this filter.");
        return new DepthwiseFilterTile(DepthwiseLoop.WidestFor(this.Channels), run.Pixels, rows, taps.Taps, this.Columns.Stride, this.Columns.Dilation)
        {
            Left = left,
            Right = right,
            Lanes = DepthwiseLoop.LanesOf(this.Channels),
        };
    }

    /// <summary>Columns of the first tile before the map and of the last behind it; null where others have such.</summary>
    private (int Left, int Right)? ClipOf((int First, int Taps) taps, (int Start, int Tiles, int Pixels) run)
    {
        WindowAxis part = this.Columns with { Taps = taps.Taps, Before = this.Columns.Before - (taps.First * this.Columns.Dilation) };
        (int left, int right) = (0, 0);
        for (int tile = 0; tile < run.Tiles; tile++)
        {
            int start = run.Start + (tile * run.Pixels);
            (int before, int behind) = part.Outside(start, run.Pixels);
            if ((before > 0 && start > 0) || (behind > 0 && start + run.Pixels < this.Columns.Outputs))
            {
                return null;
            }

            (left, right) = (Math.Max(left, before), Math.Max(right, behind));
        }

        return (left, right);
    }
}
