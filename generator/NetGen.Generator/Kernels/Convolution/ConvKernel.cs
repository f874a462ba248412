namespace NetGen.Generator;

/// <summary>The sizes of a convolution over two axes whose input has its zeros around it already. One axis is two of which the first has size one.</summary>
/// <param name="Height">Rows of X, zeros included.</param>
/// <param name="Width">Columns of X, zeros included.</param>
/// <param name="Channels">Channels of X.</param>
/// <param name="KernelHeight">Rows of the filter.</param>
/// <param name="KernelWidth">Columns of the filter.</param>
/// <param name="StrideHeight">Rows of X from row to row of Y.</param>
/// <param name="StrideWidth">Columns of X from column to column of Y.</param>
/// <param name="DilationHeight">Rows of X from row to row of the filter.</param>
/// <param name="DilationWidth">Columns of X from column to column of the filter.</param>
internal sealed record ConvSizes(int Height, int Width, int Channels, int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth, int DilationHeight, int DilationWidth)
{
    public int OutputHeight => ((this.Height - (this.DilationHeight * (this.KernelHeight - 1)) - 1) / this.StrideHeight) + 1;

    public int OutputWidth => ((this.Width - (this.DilationWidth * (this.KernelWidth - 1)) - 1) / this.StrideWidth) + 1;

    /// <summary>Floats of X from row to row.</summary>
    public int Pitch => this.Width * this.Channels;

    /// <summary>Whether a row of the filter lies in one run of X: columns and channels are then one loop.</summary>
    public bool IsRowOneRun => this.DilationWidth == 1 || this.KernelWidth == 1;

    /// <summary>Elements of the filter for one output channel.</summary>
    public int Inner => this.KernelHeight * this.KernelWidth * this.Channels;

    public string Text
    {
        get
        {
            string strides = this.StrideHeight == 1 && this.StrideWidth == 1 ? "" : FormattableString.Invariant($"_s{this.StrideHeight}x{this.StrideWidth}");
            string dilations = this.DilationHeight == 1 && this.DilationWidth == 1 ? "" : FormattableString.Invariant($"_d{this.DilationHeight}x{this.DilationWidth}");
            return FormattableString.Invariant($"{this.KernelHeight}x{this.KernelWidth}_{this.Height}x{this.Width}x{this.Channels}{strides}{dilations}");
        }
    }
}

/// <summary>
/// Y (N,OH,OW,M) = X convolved with W, by register tiles of output pixels by channels straight from X: the pixels of a tile lie at constant places, so their
/// addresses fold into the instructions, and a row of the filter is one run of X. The filter lies in panels, [M/32][kh][kw][c][32], and streams.
/// Every output element is one chain of multiply-adds in the order of the filter, so the bits depend neither on tiles nor on threads.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Sizes2D">The geometry.</param>
/// <param name="Filters">M.</param>
/// <param name="Epilogue">What is done to the result in registers.</param>
/// <param name="Reason">Why it is this one, in the schedule's words.</param>
internal sealed record ConvKernel(Dim Samples, ConvSizes Sizes2D, int Filters, Epilogue Epilogue, string Reason) : Kernel
{
    /// <summary>Whether it leaves the moments of the blocks that it has just written.</summary>
    public bool HasMoments { get; init; }

    /// <summary>Pixels of a tile at most, by path: with two vectors of channels they fill the registers.</summary>
    private static readonly Dictionary<Isa, int> MostPixels = new() { [Isa.Avx512] = 14, [Isa.Avx2] = 6, [Isa.Portable] = 4 };

    /// <summary>Lines of one set of the first cache that a tile's pixels may take.</summary>
    private const int LinesOfASet = 7;

    /// <summary>Floats of a filter that stays in a core's second-level cache beside the rows of the map: a row is then read once for all panels.</summary>
    private const int CachedFilter = 32 * 1024;

    /// <summary>Pixels that with two vectors give enough independent chains.</summary>
    private const int FewestPixels = 5;

    public override string Name => FormattableString.Invariant($"Conv_{this.Sizes2D.Text}_to_{this.Filters}{EpilogueNames.Of(this.Epilogue)}{(this.HasMoments ? "_Moments" : "")}");

    public override string Summary =>
        $"Y (n, {this.Sizes2D.OutputHeight}, {this.Sizes2D.OutputWidth}, {this.Filters}) = {(this.Epilogue == Epilogue.None ? "x0" : this.Epilogue.Body)} of X (n, {this.Sizes2D.Height}, {this.Sizes2D.Width}, {this.Sizes2D.Channels}) " +
        $"convolved with {this.Sizes2D.KernelHeight}x{this.Sizes2D.KernelWidth}; direct, because {this.Reason}; tiles of {this.PixelsOf(Isa.Avx512)}x2 vectors{(this.TileRows > 1 ? $" over {this.TileRows} rows of the map" : "")}; W in panels of 32 channels{(this.HasMoments ? $"; {this.MomentBlocks.Reason}" : "")}.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        new("x", Access.ReadAll),
        new("w", Access.ReadAll),
        .. this.Epilogue.KernelOperands,
        new("y", Access.WriteScattered),
        .. this.HasMoments ? [new("moments", Access.WriteScattered)] : Array.Empty<KernelOperand>(),
    ];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => this.Samples * (this.Panels.Count * this.Blocks);

    /// <summary>Whether all panels of some rows follow each other, and not all rows of a panel.</summary>
    private bool PanelsComeFirst => this.Panels.Count > 1 && (long)this.Sizes2D.Inner * this.Filters <= CachedFilter;

    public override int? Grain => this.PanelsComeFirst ? this.Panels.Count : 1;

    public override Dim Work => this.Samples * ((long)this.Sizes2D.OutputHeight * this.Sizes2D.OutputWidth * this.Sizes2D.Inner * this.Filters);

    public override IEnumerable<RegisterTile> Tiles => Isa.All.SelectMany(isa => this.Panels.SelectMany(p => TileSet.Cut(isa, p.Valid)).Select(b => this.Tile(isa, b.Lanes))).Distinct();

    // The number of samples is not named in the code.
    public bool Equals(ConvKernel? other) => other is not null && this.Sizes2D == other.Sizes2D && this.Filters == other.Filters && this.Epilogue == other.Epilogue && this.HasMoments == other.HasMoments;

    public override int GetHashCode() => unchecked((this.Sizes2D.GetHashCode() * 31) + this.Filters);

    private IReadOnlyList<(int Column, int Width, int Valid)> Panels => PanelLayout.Panels(this.Filters);

    /// <summary>
    /// Pixels of a path's tile at most: fewer where they lie a multiple of a large power of two apart, because they then fall into the same sets of the first
    /// cache, which has 64 sets of 8 or 12 lines.
    /// </summary>
    internal static int MostOf(Isa isa, int apart)
    {
        int period = apart & -apart;
        return Math.Min(MostPixels[isa], Math.Max(4, LinesOfASet * (1024 / Math.Min(1024, period))));
    }

    private int MostOf(Isa isa) => MostOf(isa, this.Sizes2D.StrideWidth * this.Sizes2D.Channels);

    /// <summary>Rows of the map in one tile: several where a row is short, but not so that the last tile would compute many again.</summary>
    private int TileRows
    {
        get
        {
            int height = this.Sizes2D.OutputHeight, width = this.Sizes2D.OutputWidth;
            double Worth(int rows) => (double)height / ((height + rows - 1) / rows * rows) * Math.Min(1, rows * width / (double)FewestPixels);
            return Enumerable.Range(1, Math.Max(1, Math.Min(height, this.MostOf(Isa.Avx512) / width))).OrderByDescending(Worth).ThenByDescending(r => r).First();
        }
    }

    /// <summary>Groups of rows of the map: the units of work of one sample and one panel.</summary>
    private int Blocks => (this.Sizes2D.OutputHeight + this.TileRows - 1) / this.TileRows;

    /// <summary>The blocks of which it may leave moments: units of work.</summary>
    public MapBlocks MomentBlocks => new(this.Sizes2D.OutputHeight, this.Sizes2D.OutputWidth, this.TileRows, this.Sizes2D.OutputWidth);

    /// <summary>Pixels of a path's tile: whole rows of the map where several fit, else a row in as few equal parts as fit.</summary>
    private int PixelsOf(Isa isa)
    {
        int width = this.Sizes2D.OutputWidth, most = this.MostOf(isa);
        int parts = (width + most - 1) / most;
        return this.RowsOf(isa) > 1 ? this.TileRows * width : (width + parts - 1) / parts;
    }

    /// <summary>Rows of the map in a path's tile.</summary>
    private int RowsOf(Isa isa) => isa == Isa.Avx512 ? this.TileRows : 1;

    private RegisterTile Tile(Isa isa, int lanes)
    {
        ConvSizes s = this.Sizes2D;
        int step = s.StrideWidth * s.Channels;
        RegisterTile tile = new(isa, this.PixelsOf(isa), lanes)
        {
            Loops = (s.KernelHeight > 1 ? 1 : 0) + (s.IsRowOneRun ? 0 : 1),
            Epilogue = this.Epilogue,
        };
        return isa != Isa.Avx512 ? tile : tile with
        {
            Form = TileForm.Placed,
            Places = Enumerable.Range(0, tile.Rows).Select(i => ((i / s.OutputWidth) * s.StrideHeight * s.Pitch) + ((i % s.OutputWidth) * step)).ToEquatableArray(),
        };
    }

    public override IEnumerable<ITile> Shared => base.Shared.Append(this.Loop);

    private ConvLoop Loop
    {
        get
        {
            (_, int width, int valid) = this.Panels[this.Panels.Count - 1];
            EquatableArray<ConvLoopPath> paths = Isa.All.Select(isa => new ConvLoopPath(this.Tile(isa, TileSet.Vectors * isa.Width).Open, this.RowsOf(isa))).ToEquatableArray();
            return new ConvLoop(paths, this.TileRows, this.Filters >= PanelLayout.Width, valid == PanelLayout.Width ? default : (width, valid));
        }
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        ConvSizes s = this.Sizes2D;
        List<(long Count, long Jump)> loops = [];
        if (!s.IsRowOneRun)
        {
            loops.Add((s.KernelWidth, (long)s.DilationWidth * s.Channels));
        }

        if (s.KernelHeight > 1)
        {
            loops.Add((s.KernelHeight, ((long)s.DilationHeight * s.Pitch) - (s.IsRowOneRun ? 0 : (long)s.KernelWidth * s.DilationWidth * s.Channels)));
        }

        IEnumerable<string> arguments =
        [
            "ref x", "ref w", "ref y", this.HasMoments ? "ref moments" : "ref None", .. this.Epilogue == Epilogue.None ? Array.Empty<string>() : [new EpilogueType(this.Epilogue).Create], "start", "end", $"panels: {this.Panels.Count}", $"panelsFirst: {(this.PanelsComeFirst ? "true" : "false")}", $"height: {s.OutputHeight}", $"width: {s.OutputWidth}", $"m: {this.Filters}", $"inner: {s.Inner}",
            $"sampleX: {s.Height * s.Pitch}", $"rowX: {s.StrideHeight * s.Pitch}", $"step: {s.StrideWidth * s.Channels}", $"k: {(s.IsRowOneRun ? s.KernelWidth * s.Channels : s.Channels)}",
            .. loops.SelectMany((l, i) => new[] { FormattableString.Invariant($"count{i}: {l.Count}"), FormattableString.Invariant($"jump{i}: {l.Jump}") }),
        ];
        using (this.Entry(code, optimize: false, options))
        {
            code.Line($"{this.Loop.Name}{TypeArguments.List(this.Tile(Isa.Avx512, TileSet.Vectors * Isa.Avx512.Width).Types)}({string.Join(", ", arguments)});");
        }
    }
}
